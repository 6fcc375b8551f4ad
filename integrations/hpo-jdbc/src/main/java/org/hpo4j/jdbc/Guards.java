package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.storage.optuna.AttributeKeys;

/**
 * The first statements of a commit: they see whether what it was planned from still holds, lock it
 * until the end of the transaction, and create the trials.
 */
final class Guards {

  private final Dialect dialect;
  private final Leases leases;
  private final StudyKey study;
  private final CommitPlan plan;
  private final Script script;

  /** The database's ids of new trials. */
  private final Map<Integer, Integer> ids = new HashMap<>();

  Guards(Dialect dialect, Leases leases, StudyKey study, CommitPlan plan) {
    this.dialect = dialect;
    this.leases = leases;
    this.study = study;
    this.plan = plan;
    this.script = new Script(dialect);
  }

  /**
   * Runs them.
   *
   * @param newest the highest id of a trial that is known
   * @return the ids of the new trials by those of the batch; empty if others have created some
   *     since
   * @throws StudyKey.DeletedException if the study is gone
   * @throws BatchWriter.LostException if a trial is no longer this worker's
   * @throws BatchWriter.OvertakenException if others have created trials or written attributes
   *     since, or a trial cannot be claimed or recovered
   */
  Map<Integer, Integer> run(Connection connection, int newest) throws SQLException {
    study.require(script, dialect);
    if (!plan.batch.created.isEmpty() || !plan.batch.first.isEmpty()) {
      lockStudy();
    }
    if (!plan.batch.first.isEmpty()) {
      requireAbsent(plan.batch.first);
    }
    plan.held.forEach(this::keep);
    plan.recovered.forEach(this::takeFrom);
    plan.claimed.forEach(this::claim);
    boolean first = true;
    for (ChangeBatch.NewTrial trial : plan.batch.created) {
      create(trial, first ? newest : Integer.MAX_VALUE);
      first = false;
    }
    script.run(connection);
    return ids;
  }

  /**
   * The lock that Optuna takes too: numbers are given out under it. A start does not wait for it,
   * since whoever has it takes the number, unless nobody has done so for too long.
   */
  private void lockStudy() {
    boolean waits = plan.waits() || !plan.isOneStart();
    script.add(
        result -> {
          if (waits) {
            StudyKey.requireThere(result);
          }
          BatchWriter.requireUntaken(result);
        },
        "SELECT study_id FROM studies WHERE study_id = ?"
            + (waits ? dialect.forUpdate() : dialect.skipLocked()),
        study.id());
  }

  /** What only the first may write is written by those who have the study's lock. */
  private void requireAbsent(List<String> keys) {
    requireAbsent(
        "SELECT study_id FROM study_system_attributes WHERE study_id = ? AND ",
        dialect.key(),
        keys);
    List<String> parameters =
        keys.stream()
            .filter(key -> key.startsWith(AttributeKeys.DOMAIN))
            .map(key -> key.substring(AttributeKeys.DOMAIN.length()))
            .toList();
    if (!parameters.isEmpty()) {
      // Programs that tell no domains use names too, and with them distributions.
      requireAbsent(
          "SELECT t.trial_id FROM trials t JOIN trial_params p ON p.trial_id = t.trial_id"
              + " WHERE t.study_id = ? AND ",
          "p.param_name",
          parameters);
    }
  }

  private void requireAbsent(String select, String column, List<String> names) {
    List<Object> bound = new ArrayList<>(names);
    bound.add(0, study.id());
    script.add(
        result -> {
          if (result.count() > 0) {
            throw new BatchWriter.OvertakenException();
          }
        },
        select
            + dialect.exactly(column)
            + " IN ("
            + String.join(", ", Collections.nCopies(names.size(), "?"))
            + ") LIMIT 1",
        bound.toArray());
  }

  /** Keeps a trial from being taken, by others with a lease and by those without. */
  private void keep(int trialId, int token) {
    Script.Check check =
        result -> {
          if (result.count() == 0) {
            throw new BatchWriter.LostException(trialId);
          }
        };
    leases.keep(script, trialId, token, plan.ends(trialId), check);
    script.add(
        check,
        "SELECT trial_id FROM trials WHERE trial_id = ? AND state = 'RUNNING'"
            + dialect.forUpdate(),
        trialId);
  }

  private void takeFrom(int trialId, String owner) {
    boolean dead = leases.isKnownDead(owner);
    boolean orphan = owner.equals(leases.worker()) && !leases.holds(trialId);
    String expired = dead || orphan ? "" : " AND expires_ms < " + dialect.now();
    script.add(
        result -> {
          if (result.count() == 0) {
            throw new BatchWriter.OvertakenException(trialId);
          }
        },
        "UPDATE hpo4j_leases SET worker = '', changes = changes + 1 WHERE trial_id = ? AND worker ="
            + " ?"
            + expired,
        trialId,
        owner);
  }

  /** Does not wait at first: a trial that another transaction has locked is as good as taken. */
  private void claim(int trialId) {
    script.add(
        BatchWriter::requireUntaken,
        "SELECT trial_id FROM trials WHERE trial_id = ? AND state = 'WAITING'"
            + (plan.waits() ? dialect.forUpdate() : dialect.skipLocked()),
        trialId);
  }

  /**
   * Creates a trial, unless there is one above an id, or another worker has asked for the start. A
   * database that is sent all statements at once gets to this one without the study's lock, and
   * must not wait for it here.
   */
  private void create(ChangeBatch.NewTrial trial, int newest) {
    List<Object> bound =
        new ArrayList<>(
            List.of(
                trial.number(),
                TrialRow.text(trial.state()),
                trial.started(),
                trial.completed(),
                study.id(),
                study.id(),
                newest));
    if (plan.leavesAsked()) {
      bound.addAll(List.of(study.id(), leases.worker()));
    }
    script.add(
        result -> {
          BatchWriter.requireUntaken(result);
          ids.put(trial.id(), result.values().get(0));
        },
        "INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) SELECT "
            + dialect.typed("integer", "?")
            + ", s.study_id, "
            + dialect.typed("trialstate", "?")
            + ", "
            + dialect.typed("timestamp", "?")
            + ", "
            + dialect.typed("timestamp", "?")
            + " FROM (SELECT study_id FROM studies WHERE study_id = ?"
            + (dialect.takesScripts() ? dialect.skipLocked() : "")
            // The largest is found from the end of an index, others than it are not looked at.
            + ") s WHERE COALESCE((SELECT MAX(t.trial_id) FROM trials t WHERE t.study_id = ?), 0)"
            + " <= ?"
            + (plan.leavesAsked() ? " AND " + AskedStarts.noOther(dialect) : "")
            + " RETURNING trial_id",
        bound.toArray());
  }
}

package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.storage.WorkerId;

/**
 * The first statements of a commit: they see whether what it was planned from still holds, lock it
 * until the end of the transaction, and create the trials.
 */
final class Guards {

  /** Looks at the result of a statement. */
  private interface Check {
    void on(Script.Result result) throws SQLException;
  }

  private final Dialect dialect;
  private final Leases leases;
  private final int studyId;
  private final CommitPlan plan;
  private final Script script;
  private final Map<Integer, Check> checks = new HashMap<>();

  /** The database's ids of new trials. */
  private final Map<Integer, Integer> ids = new HashMap<>();

  private boolean overtaken;

  Guards(Dialect dialect, Leases leases, int studyId, CommitPlan plan) {
    this.dialect = dialect;
    this.leases = leases;
    this.studyId = studyId;
    this.plan = plan;
    this.script = new Script(dialect);
  }

  /**
   * Runs them.
   *
   * @param newest the highest id of a trial that is known
   * @return the ids of the new trials by those of the batch; empty if others have created some
   *     since
   * @throws BatchWriter.LostException if a trial is no longer this worker's
   * @throws BatchWriter.OvertakenException if a trial cannot be claimed or recovered
   */
  Map<Integer, Integer> run(Connection connection, int newest) throws SQLException {
    if (!plan.batch.created.isEmpty()) {
      lockStudy();
    }
    plan.held.forEach(this::keep);
    plan.recovered.forEach(this::takeFrom);
    plan.claimed.forEach(this::claim);
    boolean first = true;
    for (ChangeBatch.NewTrial trial : plan.batch.created) {
      create(trial, first ? newest : Integer.MAX_VALUE);
      first = false;
    }
    List<Script.Result> results = script.run(connection);
    for (int i = 0; i < results.size(); i++) {
      Check check = checks.get(i);
      if (check != null) {
        check.on(results.get(i));
      }
    }
    if (overtaken) {
      ids.clear();
    }
    return ids;
  }

  /** The lock that Optuna takes too: numbers are given out under it. */
  private void lockStudy() {
    int place =
        script.add(
            "SELECT study_id FROM studies WHERE study_id = ?" + dialect.forUpdate(), studyId);
    checks.put(
        place,
        result -> {
          if (result.count() == 0) {
            throw new SQLException("the study was deleted by another program");
          }
        });
  }

  /** Keeps a trial from being taken, by others with a lease and by those without. */
  private void keep(int trialId) {
    Check check =
        result -> {
          if (result.count() == 0) {
            throw new BatchWriter.LostException(trialId);
          }
        };
    checks.put(leases.keep(script, trialId, plan.ends(trialId)), check);
    int place =
        script.add(
            "SELECT trial_id FROM trials WHERE trial_id = ? AND state = 'RUNNING'"
                + dialect.forUpdate(),
            trialId);
    checks.put(place, check);
  }

  private void takeFrom(int trialId, String owner) {
    boolean dead = WorkerId.parse(owner).filter(WorkerId::isDead).isPresent();
    boolean orphan = owner.equals(leases.worker()) && !leases.holds(trialId);
    String expired = dead || orphan ? "" : " AND expires_ms < " + dialect.now();
    int place =
        script.add(
            "UPDATE hpo4j_leases SET worker = '', changes = changes + 1 WHERE trial_id = ? AND"
                + " worker = ?"
                + expired,
            trialId,
            owner);
    checks.put(place, result -> requireOne(result, trialId));
  }

  private static void requireOne(Script.Result result, int trialId) {
    if (result.count() == 0) {
      throw new BatchWriter.OvertakenException(trialId);
    }
  }

  /** Never waits: a trial that another transaction has locked is as good as taken. */
  private void claim(int trialId) {
    int place =
        script.add(
            "SELECT trial_id FROM trials WHERE trial_id = ? AND state = 'WAITING'"
                + dialect.skipLocked(),
            trialId);
    checks.put(
        place,
        result -> {
          if (result.count() == 0) {
            throw new BatchWriter.OvertakenException();
          }
        });
  }

  private void create(ChangeBatch.NewTrial trial, int newest) {
    int place =
        script.add(
            "INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) SELECT "
                + dialect.typed("integer", "?")
                + ", s.study_id, "
                + dialect.typed("trialstate", "?")
                + ", "
                + dialect.typed("timestamp", "?")
                + ", "
                + dialect.typed("timestamp", "?")
                + " FROM studies s WHERE s.study_id = ? AND NOT EXISTS (SELECT 1 FROM trials t"
                // Without the sum the index of studies could be taken, of which all trials are in
                // one.
                + " WHERE t.study_id + 0 = ? AND t.trial_id > ?) RETURNING trial_id",
            trial.number(),
            TrialRow.text(trial.state()),
            trial.started(),
            trial.completed(),
            studyId,
            studyId,
            newest);
    checks.put(
        place,
        result -> {
          if (result.count() == 0) {
            overtaken = true;
          } else {
            ids.put(trial.id(), result.values().get(0));
          }
        });
  }
}

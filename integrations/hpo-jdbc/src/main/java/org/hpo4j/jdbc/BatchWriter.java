package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hpo4j.trial.TrialState;
import org.jspecify.annotations.Nullable;

/** Writes what was planned in a transaction, if what it was planned from still holds. */
final class BatchWriter {

  /** Others have changed what the batch was made from. */
  static final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The trial that cannot be recovered, or 0. */
    final int keptTrialId;

    OvertakenException() {
      this(0);
    }

    OvertakenException(int keptTrialId) {
      super("another worker was faster", null, false, false);
      this.keptTrialId = keptTrialId;
    }
  }

  /** A trial is no longer this worker's. */
  static final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int trialId;

    LostException(int trialId) {
      super("trial id " + trialId, null, false, false);
      this.trialId = trialId;
    }
  }

  private static final int MOST_ROWS = 16;

  private final Dialect dialect;
  private final Leases leases;
  private final StudyKey study;
  private final CommitPlan plan;
  private final Map<Integer, Integer> ids = new HashMap<>();

  /** The trials that begin: where the results tell the tokens of their leases. */
  private final Map<Integer, Integer> begun = new HashMap<>();

  BatchWriter(Dialect dialect, Leases leases, StudyKey study, CommitPlan plan) {
    this.dialect = dialect;
    this.leases = leases;
    this.study = study;
    this.plan = plan;
  }

  /** The database's id for one of the batch. */
  int id(int id) {
    return id < 0 ? ids.getOrDefault(id, id) : id;
  }

  /** Forgets what a transaction that was rolled back had begun. */
  void forget() {
    begun.keySet().forEach(leases::drop);
    begun.clear();
    ids.clear();
  }

  /**
   * Writes everything.
   *
   * @param newest the highest id of a trial that is known
   * @throws StudyKey.DeletedException if the study is gone
   * @throws OvertakenException if others have created trials since, or taken one of these
   * @throws LostException if a trial is no longer this worker's
   */
  void write(Connection connection, int newest) throws SQLException {
    forget();
    ids.putAll(new Guards(dialect, leases, study, plan).run(connection, newest));
    Script script = new Script(dialect);
    add(script, plan.staged);
    add(script, plan.batch);
    if (plan.takesTurn()) {
      Turns.take(script, dialect, study.id(), leases.worker());
    }
    if (plan.wasAskedFor()) {
      AskedStarts.end(script, study.id(), leases.worker());
    }
    List<Script.Result> results = script.run(connection);
    // Known here before others can see it.
    begun.forEach((trialId, place) -> leases.hold(trialId, results.get(place).values().get(0)));
  }

  private void add(Script script, ChangeBatch batch) {
    int i = 0;
    while (i < batch.steps.size()) {
      ChangeBatch.Step step = batch.steps.get(i);
      if (step instanceof ChangeBatch.NewRow first) {
        i = addRows(script, batch.steps, i, first.kind());
      } else {
        if (step instanceof ChangeBatch.NewState state) {
          change(script, state);
        }
        i++;
      }
    }
    batch.states.forEach((id, state) -> lease(script, id, state));
  }

  /** Rows of one kind go out together, as long as no key comes twice. */
  private int addRows(Script script, List<ChangeBatch.Step> steps, int from, Row kind) {
    List<@Nullable Object> cells = new ArrayList<>();
    Set<List<Object>> keys = new HashSet<>();
    int i = from;
    while (i < steps.size()
        && i - from < MOST_ROWS
        && steps.get(i) instanceof ChangeBatch.NewRow row
        && row.kind() == kind
        && keys.add(List.of(row.id(), String.valueOf(row.cells().get(0))))) {
      cells.add(kind.isOfStudy() ? row.id() : id(row.id()));
      cells.addAll(row.cells());
      i++;
    }
    script.add(dialect.insert(kind, i - from), cells.toArray());
    return i;
  }

  private void change(Script script, ChangeBatch.NewState change) {
    int trialId = id(change.id());
    TrialState state = change.state();
    script.add(
        BatchWriter::requireUntaken,
        "UPDATE trials SET state = "
            + dialect.typed("trialstate", "?")
            + (state.isFinished() ? ", datetime_complete = ?" : ", datetime_start = ?")
            + " WHERE trial_id = ? AND state "
            + (state == TrialState.RUNNING ? "= 'WAITING'" : "IN ('RUNNING', 'WAITING')"),
        TrialRow.text(state),
        change.time(),
        trialId);
    if (state == TrialState.WAITING) {
      // The next worker starts from the beginning.
      script.add("DELETE FROM trial_intermediate_values WHERE trial_id = ?", trialId);
      script.add(
          "DELETE FROM trial_system_attributes WHERE trial_id = ? AND ("
              + dialect.key()
              + " LIKE 'hpo4j:report:%' OR "
              + dialect.key()
              + " = 'constraints' OR "
              + dialect.key()
              + " LIKE 'constraints:%')",
          trialId);
    }
  }

  /** Checks that a statement has found what it was for. */
  static void requireUntaken(Script.Result result) {
    if (result.count() == 0) {
      throw new OvertakenException();
    }
  }

  private void lease(Script script, int id, TrialState state) {
    if (state == TrialState.RUNNING) {
      begun.put(id(id), leases.take(script, id(id)));
    } else if (id >= 0 && !(state.isFinished() && plan.held.containsKey(id))) {
      // Otherwise it has ended with its guard.
      Leases.release(script, id, state.isFinished());
    }
  }

  /** Whether what was written last is in the database: asked when no answer to its commit came. */
  boolean isApplied(Connection connection) throws SQLException {
    return new Witness(dialect, leases, study, plan, this::id).isApplied(connection);
  }
}

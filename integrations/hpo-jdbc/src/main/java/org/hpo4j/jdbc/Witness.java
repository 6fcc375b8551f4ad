package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.hpo4j.trial.TrialState;

/**
 * Tells whether a commit whose answer never came is in the database, by one of the trials that it
 * changes: all is written, or nothing. What is asked of that trial must be the commit's own, which
 * nobody else can have brought about, and must last, whatever other workers did since.
 */
final class Witness {

  private final Dialect dialect;
  private final Leases leases;
  private final StudyKey study;
  private final CommitPlan plan;
  private final IntUnaryOperator ids;

  /**
   * A witness of a plan.
   *
   * @param ids the database's ids of the batch's
   */
  Witness(Dialect dialect, Leases leases, StudyKey study, CommitPlan plan, IntUnaryOperator ids) {
    this.dialect = dialect;
    this.leases = leases;
    this.study = study;
    this.plan = plan;
    this.ids = ids;
  }

  /**
   * Whether it is there. A server goes on with a commit whose connection is gone, so that nothing
   * is told before the locks are free: a new trial's row, not yet seen, is locked by the study's.
   */
  boolean isApplied(Connection connection) throws SQLException {
    Map<Integer, TrialState> states = new HashMap<>(plan.staged.states);
    states.putAll(plan.batch.states);
    Optional<Map.Entry<Integer, TrialState>> best =
        states.entrySet().stream()
            .min(Comparator.comparingInt(Witness::rank).thenComparing(Map.Entry.comparingByKey()));
    if (best.isEmpty()) {
      // Rows under keys: writing them again changes nothing. An attribute of the study that another
      // worker has set meanwhile is set once more, as by a commit that came a moment later.
      return false;
    }
    if (!plan.batch.created.isEmpty()) {
      Sql.exists(
          connection,
          "SELECT study_id FROM studies WHERE study_id = ?" + dialect.forUpdate(),
          study.id());
    }
    return isThere(connection, best.get().getKey(), best.get().getValue());
  }

  /** The best first: an end lasts, and so does a new trial, but not that a trial runs or waits. */
  private static int rank(Map.Entry<Integer, TrialState> change) {
    if (change.getValue().isFinished()) {
      return 0;
    }
    if (change.getKey() < 0) {
      return change.getValue() == TrialState.WAITING ? 1 : 2;
    }
    return 3;
  }

  private boolean isThere(Connection connection, int id, TrialState state) throws SQLException {
    int trialId = ids.applyAsInt(id);
    Optional<Found> found = find(connection, trialId);
    if (found.isEmpty()) {
      return false;
    }
    if (state.isFinished()) {
      return found.get().state().equals(TrialRow.text(state)) && isSame(found.get().end(), end(id));
    }
    if (state == TrialState.RUNNING) {
      return found.get().state().equals(TrialRow.text(state)) && leases.isOwn(connection, trialId);
    }
    if (id < 0) {
      // Others may have claimed it, and even ended it.
      return isCreated(connection, id, trialId, found.get());
    }
    // One that was this worker's waits, or another one has it by now, as was wanted.
    return plan.held.containsKey(id)
        ? !leases.isOwn(connection, trialId)
        : found.get().state().equals(TrialRow.text(state));
  }

  /** A trial as it is now. */
  private record Found(int studyId, int number, String state, Optional<Instant> end) {}

  private Optional<Found> find(Connection connection, int trialId) throws SQLException {
    String sql =
        "SELECT study_id, number, "
            + dialect.asText("state")
            + ", "
            + dialect.asText("datetime_complete")
            + " FROM trials WHERE trial_id = ?"
            + dialect.forUpdate();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Sql.bind(statement, 1, trialId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Found(
                    row.getInt(1),
                    row.getInt(2),
                    row.getString(3),
                    SqlTime.parse(row.getString(4))))
            : Optional.empty();
      }
    }
  }

  // ---- Ends ----

  /** When the batch, or what was staged, lets a trial end. */
  private Optional<Instant> end(int id) {
    Optional<Instant> end = Optional.empty();
    List<ChangeBatch.Step> steps = new ArrayList<>(plan.staged.steps);
    steps.addAll(plan.batch.steps);
    for (ChangeBatch.Step step : steps) {
      if (step instanceof ChangeBatch.NewTrial trial && trial.id() == id) {
        end = trial.completed();
      } else if (step instanceof ChangeBatch.NewState change && change.id() == id) {
        end = change.time();
      }
    }
    return end;
  }

  /** Tables that Optuna has made in MariaDB have no fractions of seconds. */
  private static boolean isSame(Optional<Instant> kept, Optional<Instant> written) {
    return kept.equals(written) || kept.equals(written.map(t -> t.truncatedTo(ChronoUnit.SECONDS)));
  }

  // ---- New trials ----

  /**
   * Whether a trial was created by this commit: a server that crashed may have given its id, and
   * its number, to a trial of another worker. Its own system attributes are never changed.
   */
  private boolean isCreated(Connection connection, int id, int trialId, Found found)
      throws SQLException {
    boolean same =
        found.studyId() == study.id()
            && plan.batch.created.stream()
                .anyMatch(trial -> trial.id() == id && trial.number() == found.number());
    return same
        && attributes(connection, trialId).entrySet().containsAll(attributes(id).entrySet());
  }

  private Map<String, String> attributes(int id) {
    Map<String, String> written = new HashMap<>();
    for (ChangeBatch.Step step : plan.batch.steps) {
      if (step instanceof ChangeBatch.NewRow row
          && row.kind() == Row.TRIAL_SYSTEM_ATTRIBUTE
          && row.id() == id) {
        written.put(String.valueOf(row.cells().get(0)), String.valueOf(row.cells().get(1)));
      }
    }
    return written;
  }

  private Map<String, String> attributes(Connection connection, int trialId) throws SQLException {
    String sql =
        "SELECT " + dialect.key() + ", value_json FROM trial_system_attributes WHERE trial_id = ?";
    Map<String, String> kept = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Sql.bind(statement, 1, trialId);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          kept.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return kept;
  }
}

package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hpo4j.storage.WorkerId;
import org.hpo4j.trial.TrialState;

/** Writes a batch in a transaction, if what it was made from still holds. */
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
  private final int studyId;
  private final CommitPlan plan;
  private final ChangeBatch batch;
  private final Map<Integer, Integer> ids = new HashMap<>();

  BatchWriter(Dialect dialect, Leases leases, int studyId, CommitPlan plan) {
    this.dialect = dialect;
    this.leases = leases;
    this.studyId = studyId;
    this.plan = plan;
    this.batch = plan.batch;
  }

  /** The database's id for one of the batch. */
  int id(int id) {
    return id < 0 ? ids.getOrDefault(id, id) : id;
  }

  /** Forgets what a transaction that was rolled back had begun. */
  void forget() {
    ids.values().forEach(leases::drop);
    ids.clear();
  }

  /**
   * Writes everything.
   *
   * @param newest the highest id of a trial that is known
   */
  void write(Connection connection, int newest) throws SQLException {
    forget();
    if (!batch.created.isEmpty()) {
      lockStudy(connection, newest);
    }
    for (int trialId : plan.held.stream().sorted().toList()) {
      if (!leases.keep(connection, trialId)) {
        throw new LostException(trialId);
      }
    }
    for (Map.Entry<Integer, String> lost : plan.recovered.entrySet()) {
      takeFrom(connection, lost.getKey(), lost.getValue());
    }
    int i = 0;
    while (i < batch.steps.size()) {
      i = step(connection, i);
    }
    leases(connection);
  }

  /** The lock that Optuna takes too: numbers are given out under it. */
  private void lockStudy(Connection connection, int newest) throws SQLException {
    if (!Sql.exists(
        connection,
        "SELECT study_id FROM studies WHERE study_id = ?" + dialect.forUpdate(),
        studyId)) {
      throw new SQLException("the study was deleted by another program");
    }
    if (Sql.exists(
        connection,
        "SELECT 1 FROM trials WHERE study_id + 0 = ? AND trial_id > ? LIMIT 1",
        studyId,
        newest)) {
      throw new OvertakenException();
    }
  }

  private void takeFrom(Connection connection, int trialId, String owner) throws SQLException {
    boolean dead = WorkerId.parse(owner).filter(WorkerId::isDead).isPresent();
    boolean orphan = owner.equals(leases.worker()) && !leases.holds(trialId);
    String expired = dead || orphan ? "" : " AND expires_ms < " + dialect.now();
    int taken =
        Sql.update(
            connection,
            "UPDATE hpo4j_leases SET worker = '', changes = changes + 1 WHERE trial_id = ? AND"
                + " worker = ?"
                + expired,
            trialId,
            owner);
    if (taken == 0) {
      throw new OvertakenException(trialId);
    }
  }

  private int step(Connection connection, int from) throws SQLException {
    ChangeBatch.Step step = batch.steps.get(from);
    if (step instanceof ChangeBatch.NewTrial trial) {
      insert(connection, trial);
    } else if (step instanceof ChangeBatch.NewState state) {
      change(connection, state);
    } else if (step instanceof ChangeBatch.NewRow first) {
      return insertRows(connection, from, first.kind());
    }
    return from + 1;
  }

  private void insert(Connection connection, ChangeBatch.NewTrial trial) throws SQLException {
    String sql =
        "INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) VALUES"
            + " (?, ?, "
            + dialect.typed("trialstate", "?")
            + ", ?, ?)";
    try (PreparedStatement statement =
        connection.prepareStatement(sql, new String[] {"trial_id"})) {
      Sql.bind(statement, 1, trial.number(), studyId, TrialRow.text(trial.state()));
      dialect.bindTime(statement, 4, trial.started());
      dialect.bindTime(statement, 5, trial.completed());
      statement.executeUpdate();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        keys.next();
        ids.put(trial.id(), keys.getInt(1));
      }
    }
  }

  /** Rows of one kind go out together, as long as no key comes twice. */
  private int insertRows(Connection connection, int from, Row kind) throws SQLException {
    List<ChangeBatch.NewRow> rows = new ArrayList<>();
    Set<List<Object>> keys = new HashSet<>();
    int i = from;
    while (i < batch.steps.size()
        && rows.size() < MOST_ROWS
        && batch.steps.get(i) instanceof ChangeBatch.NewRow row
        && row.kind() == kind
        && keys.add(List.of(row.id(), String.valueOf(row.cells().get(0))))) {
      rows.add(row);
      i++;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(dialect.insert(kind, rows.size()))) {
      int index = 1;
      for (ChangeBatch.NewRow row : rows) {
        statement.setInt(index++, kind.isOfStudy() ? row.id() : id(row.id()));
        index = Sql.bind(statement, index, row.cells().toArray());
      }
      statement.executeUpdate();
    }
    return i;
  }

  private void change(Connection connection, ChangeBatch.NewState change) throws SQLException {
    int trialId = id(change.id());
    TrialState state = change.state();
    boolean begins = state == TrialState.RUNNING;
    if (begins
        && !Sql.exists(
            connection,
            "SELECT trial_id FROM trials WHERE trial_id = ? AND state = 'WAITING'"
                + dialect.skipLocked(),
            trialId)) {
      throw new OvertakenException();
    }
    String sql =
        "UPDATE trials SET state = "
            + dialect.typed("trialstate", "?")
            + (state.isFinished() ? ", datetime_complete = ?" : ", datetime_start = ?")
            + " WHERE trial_id = ? AND state "
            + (begins ? "= 'WAITING'" : "IN ('RUNNING', 'WAITING')");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, TrialRow.text(state));
      dialect.bindTime(statement, 2, change.time());
      statement.setInt(3, trialId);
      if (statement.executeUpdate() == 0) {
        throw new OvertakenException();
      }
    }
    if (state == TrialState.WAITING) {
      forgetReports(connection, trialId);
    }
  }

  /** The next worker starts from the beginning. */
  private void forgetReports(Connection connection, int trialId) throws SQLException {
    Sql.update(connection, "DELETE FROM trial_intermediate_values WHERE trial_id = ?", trialId);
    Sql.update(
        connection,
        "DELETE FROM trial_system_attributes WHERE trial_id = ? AND "
            + dialect.key()
            + " LIKE 'hpo4j:report:%'",
        trialId);
  }

  private void leases(Connection connection) throws SQLException {
    for (Map.Entry<Integer, TrialState> last : batch.states.entrySet()) {
      int trialId = id(last.getKey());
      if (last.getValue() == TrialState.RUNNING) {
        boolean claimed = last.getKey() >= 0;
        leases.take(connection, trialId);
        if (claimed) {
          ids.put(trialId, trialId);
        }
      } else if (last.getKey() >= 0) {
        if (last.getValue().isFinished()) {
          Leases.end(connection, trialId);
        } else {
          Leases.free(connection, trialId);
        }
      }
    }
  }
}

package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hpo4j.storage.LostTrial;

/** The search for leases of workers that are dead, or have not been heard of for too long. */
final class LostLeases {

  private final Database database;
  private final Leases leases;
  private final Duration length;

  /**
   * A search.
   *
   * @param leases this worker's
   * @param length of a lease
   */
  LostLeases(Database database, Leases leases, Duration length) {
    this.database = database;
    this.leases = leases;
    this.length = length;
  }

  /**
   * The trials of a study whose leases have ended, or whose workers are known to be dead. Found by
   * their leases, which are few: of the trials no index tells which run.
   */
  List<LostTrial> find(int studyId) {
    return database.read(
        connection -> {
          Map<Integer, String> owners = lostLeases(connection);
          return owners.isEmpty() ? List.of() : lostTrials(connection, studyId, owners);
        });
  }

  /** The owners of the leases that others may take, by trial. */
  private Map<Integer, String> lostLeases(Connection connection) throws SQLException {
    String sql =
        "SELECT trial_id, worker, CASE WHEN expires_ms < "
            + database.dialect().now()
            + " THEN 1 ELSE 0 END FROM hpo4j_leases WHERE worker <> ''";
    Map<Integer, String> owners = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (isLost(rows.getInt(1), rows.getString(2), rows.getInt(3) == 1)) {
          owners.put(rows.getInt(1), rows.getString(2));
        }
      }
    }
    return owners;
  }

  /** Those of them that are trials of a study and run. */
  private List<LostTrial> lostTrials(
      Connection connection, int studyId, Map<Integer, String> owners) throws SQLException {
    Dialect.IdCondition trials = database.dialect().isOneOf("trial_id", owners.keySet());
    String sql =
        "SELECT trial_id, number FROM trials WHERE "
            + trials.sql()
            + " AND study_id = ? AND state = 'RUNNING' ORDER BY number";
    List<LostTrial> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = Sql.bind(statement, 1, trials.parameters().toArray());
      Sql.bind(statement, index, studyId);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new LostTrial(rows.getInt(2), Objects.requireNonNull(owners.get(rows.getInt(1)))));
        }
      }
    }
    return found;
  }

  private boolean isLost(int trialId, String owner, boolean expired) {
    if (owner.equals(leases.worker())) {
      // Begun by a commit whose answer never came.
      return !leases.holds(trialId);
    }
    // Whoever could not renew a lease while the database was away gets the time to do so now.
    boolean ended = expired && !database.wasAway(length.dividedBy(2));
    return ended || leases.isKnownDead(owner);
  }
}

package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hpo4j.storage.StorageException;

/**
 * The leases of the trials that this storage runs. A lease names the worker, a fencing token that
 * grows with every start of the trial, and the time by the database's clock at which others may
 * take the trial; a thread renews all of them now and then.
 */
final class Leases implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Leases.class.getName());

  private final Database database;
  private final String worker;
  private final Duration lease;
  private final ScheduledExecutorService thread;

  /** The tokens of running trials by trial id. */
  private final Map<Integer, Integer> held = new ConcurrentHashMap<>();

  Leases(Database database, String worker, Duration lease, Duration heartbeat) {
    this.database = database;
    this.worker = worker;
    this.lease = lease;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread beat = new Thread(task, "hpo4j heartbeat");
              beat.setDaemon(true);
              return beat;
            });
    var beats =
        thread.scheduleWithFixedDelay(
            this::renew, heartbeat.toMillis(), heartbeat.toMillis(), TimeUnit.MILLISECONDS);
    LOG.log(System.Logger.Level.DEBUG, "leases of {0} are renewed: {1}", worker, beats);
  }

  String worker() {
    return worker;
  }

  boolean holds(int trialId) {
    return held.containsKey(trialId);
  }

  int token(int trialId) {
    return held.getOrDefault(trialId, 0);
  }

  void drop(int trialId) {
    held.remove(trialId);
  }

  /** The end of a lease that begins now, in the database's words. */
  String end() {
    return database.dialect().now() + " + " + lease.toMillis();
  }

  /** Takes the lease of a trial that starts; known here before others can see it. */
  void take(Connection connection, int trialId) throws SQLException {
    Dialect dialect = database.dialect();
    Sql.update(
        connection,
        "INSERT INTO hpo4j_leases (trial_id, worker, token, changes, expires_ms) VALUES (?, ?, 1,"
            + " 1, "
            + end()
            + ")"
            + dialect.orReplace(
                List.of("trial_id"),
                List.of(
                    "worker = " + dialect.inserted("worker"),
                    "token = hpo4j_leases.token + 1",
                    "changes = hpo4j_leases.changes + 1",
                    "expires_ms = " + dialect.inserted("expires_ms"))),
        trialId,
        worker);
    held.put(trialId, readToken(connection, trialId));
  }

  private static int readToken(Connection connection, int trialId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT token FROM hpo4j_leases WHERE trial_id = ?")) {
      statement.setInt(1, trialId);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  /** Whether a running trial is still this worker's; its lease begins anew and cannot be taken. */
  boolean keep(Connection connection, int trialId) throws SQLException {
    return Sql.update(
            connection,
            "UPDATE hpo4j_leases SET changes = changes + 1, expires_ms = "
                + end()
                + " WHERE trial_id = ? AND worker = ? AND token = ? AND EXISTS (SELECT 1 FROM"
                + " trials WHERE trials.trial_id = hpo4j_leases.trial_id AND trials.state ="
                + " 'RUNNING')",
            trialId,
            worker,
            token(trialId))
        == 1;
  }

  /** Ends a lease with its trial. */
  static void end(Connection connection, int trialId) throws SQLException {
    Sql.update(connection, "DELETE FROM hpo4j_leases WHERE trial_id = ?", trialId);
  }

  /** Ends a lease whose trial waits again. */
  static void free(Connection connection, int trialId) throws SQLException {
    Sql.update(
        connection,
        "UPDATE hpo4j_leases SET worker = '', changes = changes + 1 WHERE trial_id = ?",
        trialId);
  }

  private void renew() {
    Set<Integer> ids = Set.copyOf(held.keySet());
    if (ids.isEmpty()) {
      return;
    }
    Dialect.IdCondition trials = database.dialect().isOneOf("trial_id", ids);
    try {
      database.write(
          connection ->
              Sql.update(
                  connection,
                  "UPDATE hpo4j_leases SET expires_ms = "
                      + end()
                      + " WHERE worker = ? AND "
                      + trials.sql(),
                  concat(worker, trials)),
          connection -> false);
    } catch (StorageException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the leases of {0} running trials could not be renewed: {1}",
          ids.size(),
          e.getMessage());
    }
  }

  private static Object[] concat(String first, Dialect.IdCondition rest) {
    List<Object> all = new ArrayList<>();
    all.add(first);
    all.addAll(rest.parameters());
    return all.toArray();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

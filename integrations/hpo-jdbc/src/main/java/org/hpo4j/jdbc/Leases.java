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
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.WorkerId;

/**
 * The leases of the trials that this storage runs. A lease names the worker, a fencing token that
 * grows with every start of the trial, and the time by the database's clock at which others may
 * take the trial; a thread renews all of them now and then.
 */
final class Leases implements AutoCloseable {

  private static final int LONGEST_NOTE = 2_000;
  private static final System.Logger LOG = System.getLogger(Leases.class.getName());

  private final Database database;
  private final String worker;
  private final Duration lease;
  private final ScheduledExecutorService thread;

  /** The tokens of running trials by trial id. */
  private final Map<Integer, Integer> held = new ConcurrentHashMap<>();

  /** Trials that ran here and were taken away: what is still written of them is refused. */
  private final Set<Integer> lost = ConcurrentHashMap.newKeySet();

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

  /** The worker whose leases these are. */
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

  boolean hasLost(int trialId) {
    return lost.contains(trialId);
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
    lost.remove(trialId);
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

  /** Whether this worker has the lease of a trial in the database. */
  boolean isOwn(Connection connection, int trialId) throws SQLException {
    return Sql.exists(
        connection,
        "SELECT 1 FROM hpo4j_leases WHERE trial_id = ? AND worker = ?",
        trialId,
        worker);
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

  // ---- Trials that are lost ----

  /** The trials of a study whose leases have ended, or whose workers are known to be dead. */
  List<LostTrial> findLost(int studyId) {
    String sql =
        "SELECT t.trial_id, t.number, l.worker, CASE WHEN l.expires_ms < "
            + database.dialect().now()
            + " THEN 1 ELSE 0 END FROM hpo4j_leases l JOIN trials t ON t.trial_id = l.trial_id"
            + " WHERE t.study_id = ? AND t.state = 'RUNNING' AND l.worker <> '' ORDER BY t.number";
    return database.read(
        connection -> {
          List<LostTrial> found = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, studyId);
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                String owner = rows.getString(3);
                if (isLost(rows.getInt(1), owner, rows.getInt(4) == 1)) {
                  found.add(new LostTrial(rows.getInt(2), owner));
                }
              }
            }
          }
          return found;
        });
  }

  private boolean isLost(int trialId, String owner, boolean expired) {
    if (owner.equals(worker)) {
      // Begun by a commit whose answer never came.
      return !holds(trialId);
    }
    return expired || WorkerId.parse(owner).filter(WorkerId::isDead).isPresent();
  }

  /** Gives up a trial that was taken away, and notes where others can find it what came late. */
  void lose(int trialId, List<StudyChange> changes) {
    int token = token(trialId);
    lost.add(trialId);
    drop(trialId);
    String text = changes.toString();
    String note = text.substring(0, Math.min(LONGEST_NOTE, text.length()));
    database.write(
        connection ->
            Sql.update(
                connection,
                "INSERT INTO hpo4j_late_writes (trial_id, worker, token, written_ms, changes)"
                    + " VALUES (?, ?, ?, "
                    + database.dialect().now()
                    + ", ?)",
                trialId,
                worker,
                token,
                note),
        connection -> false);
  }

  // ---- Heartbeats ----

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

package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.WorkerId;

/**
 * The leases of the trials that a storage runs. A lease names the worker, a fencing token that
 * grows with every start of the trial, and the time by the database's clock at which others may
 * take the trial.
 */
final class Leases {

  private static final System.Logger LOG = System.getLogger(Leases.class.getName());

  /** The end of a lease that its worker has given up; a heartbeat under way does not renew it. */
  private static final long GIVEN_UP = 0;

  /** Nobody has to wait longer for the end of a storage: leases end by themselves. */
  private static final Duration PATIENCE_TO_GIVE_UP = Duration.ofSeconds(2);

  /** A lease as this process knows it. */
  private record Lease(int token, long startedNanos, long renewedNanos) {}

  private final Database database;
  private final String worker;
  private final Duration length;

  /** The leases of running trials by trial id. */
  private final Map<Integer, Lease> held = new ConcurrentHashMap<>();

  /**
   * Trials that ran here and were taken away, with the tokens that they had: what is still written
   * of them is refused. A trial that begins here again stays among them, since its lease counts.
   */
  private final Map<Integer, Integer> lost = new ConcurrentHashMap<>();

  /** Held ones that are not renewed: nothing here ends their trials. */
  private final Set<Integer> abandoned = ConcurrentHashMap.newKeySet();

  Leases(Database database, String worker, Duration length) {
    this.database = database;
    this.worker = worker;
    this.length = length;
  }

  /** The worker whose leases these are. */
  String worker() {
    return worker;
  }

  // ---- As this process knows them ----

  boolean holds(int trialId) {
    return held.containsKey(trialId);
  }

  /** Whether a lease is held that will not end soon. */
  boolean isFresh(int trialId) {
    Lease lease = held.get(trialId);
    return lease != null && System.nanoTime() - lease.renewedNanos() < length.toNanos() / 2;
  }

  void hold(int trialId, int token) {
    long now = System.nanoTime();
    held.put(trialId, new Lease(token, now, now));
    abandoned.remove(trialId);
  }

  /** The trial of a lease begins: what it took to record that is not its time. */
  void begin(int trialId) {
    long now = System.nanoTime();
    held.computeIfPresent(
        trialId, (id, lease) -> new Lease(lease.token(), now, lease.renewedNanos()));
  }

  /** How long ago the trial of a lease has begun, or zero if the lease is not held. */
  long nanosSinceBegin(int trialId) {
    Lease lease = held.get(trialId);
    return lease == null ? 0 : System.nanoTime() - lease.startedNanos();
  }

  void drop(int trialId) {
    held.remove(trialId);
    abandoned.remove(trialId);
  }

  /** Lets an attempt's lease end, but writes under it as long as nobody has taken it. */
  void abandon(int trialId, int token) {
    if (holds(trialId) && token == token(trialId)) {
      abandoned.add(trialId);
    }
  }

  /** Gives up a trial that was taken away, if it is held. */
  void lose(int trialId) {
    Lease lease = held.remove(trialId);
    abandoned.remove(trialId);
    if (lease != null) {
      lost.put(trialId, lease.token());
    }
  }

  /** Whether a trial was taken away and did not begin here again. */
  boolean hasLost(int trialId) {
    return lost.containsKey(trialId) && !holds(trialId);
  }

  /** What the attempt that runs here has, or zero if there is none. */
  int token(int trialId) {
    Lease lease = held.get(trialId);
    return lease == null ? 0 : lease.token();
  }

  // ---- In the database ----

  /** The end of a lease that begins now, in the database's words. */
  private String end() {
    return database.dialect().now() + " + " + length.toMillis();
  }

  /** Takes the lease of a trial that starts; its token is the statement's result. */
  int take(Script script, int trialId) {
    Dialect dialect = database.dialect();
    return script.add(
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
                    "expires_ms = " + dialect.inserted("expires_ms")))
            + " RETURNING token",
        trialId,
        worker);
  }

  /**
   * Changes one row if a trial is still this worker's, and the attempt with this token: its lease
   * begins anew, or ends with it, and cannot be taken meanwhile.
   */
  void keep(Script script, int trialId, int token, boolean ends, Script.Check check) {
    script.add(
        check,
        (ends
                ? "DELETE FROM hpo4j_leases"
                : "UPDATE hpo4j_leases SET changes = changes + 1, expires_ms = " + end())
            + " WHERE trial_id = ? AND worker = ? AND token = ?",
        trialId,
        worker,
        token);
  }

  /** Frees the lease of a trial that waits again, or ends it with its trial. */
  static void release(Script script, int trialId, boolean ends) {
    script.add(
        (ends
                ? "DELETE FROM hpo4j_leases"
                : "UPDATE hpo4j_leases SET worker = '', changes = changes + 1")
            + " WHERE trial_id = ?",
        trialId);
  }

  /** Whether this worker has the lease of a trial in the database. */
  boolean isOwn(Connection connection, int trialId) throws SQLException {
    return Sql.exists(
        connection,
        "SELECT 1 FROM hpo4j_leases WHERE trial_id = ? AND worker = ?",
        trialId,
        worker);
  }

  /**
   * Renews all leases that this worker still has in the database and has not abandoned. One that is
   * not there is kept here: it may be of a trial that is about to begin. It is given up once the
   * trial is read, or written to in vain.
   */
  void renew() {
    Set<Integer> ids = new HashSet<>(held.keySet());
    ids.removeAll(abandoned);
    if (ids.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    Own own = own(ids);
    String where = own.where() + " AND expires_ms <> " + GIVEN_UP;
    Set<Integer> renewed =
        database.write(
            connection -> {
              Sql.update(
                  connection, "UPDATE hpo4j_leases SET expires_ms = " + end() + where, own.bound());
              return ids(connection, "SELECT trial_id FROM hpo4j_leases" + where, own.bound());
            },
            connection -> false);
    for (int trialId : renewed) {
      held.computeIfPresent(
          trialId, (id, lease) -> new Lease(lease.token(), lease.startedNanos(), now));
    }
  }

  /**
   * Ends all leases now: this worker writes no more, and others shall not wait for its trials.
   *
   * @throws StorageException if the database did not answer; then they end when their time is over
   */
  void giveUp() {
    Set<Integer> ids = Set.copyOf(held.keySet());
    if (ids.isEmpty()) {
      return;
    }
    held.keySet().removeAll(ids);
    Own own = own(ids);
    database.write(
        connection ->
            Sql.update(
                connection,
                "UPDATE hpo4j_leases SET expires_ms = " + GIVEN_UP + own.where(),
                own.bound()),
        PATIENCE_TO_GIVE_UP);
  }

  /** The rows of this worker's leases: a condition, and what to bind to it. */
  private record Own(String where, List<Object> parameters) {
    Object[] bound() {
      return parameters.toArray();
    }
  }

  private Own own(Set<Integer> ids) {
    Dialect.IdCondition trials = database.dialect().isOneOf("trial_id", ids);
    List<Object> parameters = new ArrayList<>();
    parameters.add(worker);
    parameters.addAll(trials.parameters());
    return new Own(" WHERE worker = ? AND " + trials.sql(), parameters);
  }

  private static Set<Integer> ids(Connection connection, String sql, Object... parameters)
      throws SQLException {
    Set<Integer> ids = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Sql.bind(statement, 1, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getInt(1));
        }
      }
    }
    return ids;
  }

  // ---- Trials that are lost ----

  /** The trials of a study that others may take from their workers. */
  List<LostTrial> findLost(int studyId) {
    return new LostLeases(database, this, length).find(studyId);
  }

  /**
   * Whether a worker of this machine is dead. One that ran before the machine was last started
   * could as well be of another machine with the same name, so that its lease has to end first.
   */
  boolean isKnownDead(String owner) {
    return WorkerId.parse(owner).filter(WorkerId::hasDiedHere).isPresent();
  }

  /**
   * Gives up an attempt at a trial for good, and notes what came late. The attempt that has begun
   * here since goes on.
   */
  void refuse(int trialId, int token, List<? extends StudyChange> changes) {
    if (token == token(trialId)) {
      lose(trialId);
    }
    lost.putIfAbsent(trialId, token);
    note(trialId, changes);
    dropOfEnded(trialId);
  }

  /** Whoever ends a trial without knowing of leases leaves its lease. */
  private void dropOfEnded(int trialId) {
    try {
      database.write(
          connection ->
              Sql.update(
                  connection,
                  "DELETE FROM hpo4j_leases WHERE trial_id = ? AND worker = ? AND EXISTS (SELECT 1"
                      + " FROM trials t WHERE t.trial_id = hpo4j_leases.trial_id AND t.state NOT IN"
                      + " ('RUNNING', 'WAITING'))",
                  trialId,
                  worker),
          connection -> false);
    } catch (StorageException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the lease of the trial with id {0}, which has ended, stays: {1}",
          trialId,
          e.getMessage());
    }
  }

  /** Notes what came late of a trial that was taken away. */
  void note(int trialId, List<? extends StudyChange> changes) {
    new LateWrites(database, worker).note(trialId, lost.getOrDefault(trialId, 0), changes);
  }
}

package org.hpo4j.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hpo4j.storage.StorageException;
import org.jspecify.annotations.Nullable;

/** A database with its pool of connections: transactions that are tried again while that helps. */
final class Database implements AutoCloseable {

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private static final System.Logger LOG = System.getLogger(Database.class.getName());
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A server that says nothing for this part of the patience, within limits, is asked again. */
  private static final int SILENCES = 2;

  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(5);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  /** So long nothing is said of a database that does not answer, or of a lock. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final String CLOSED = "Connection is closed";

  private final DatabaseUrl url;
  private final Dialect dialect;
  private final HikariDataSource pool;
  private final Duration patience;

  /** When the database did not answer last. */
  private volatile OptionalLong lastAway = OptionalLong.empty();

  /** Whether it has taken a write, so that being read-only can pass. */
  private volatile boolean hasWritten;

  private Database(DatabaseUrl url, Dialect dialect, HikariDataSource pool, Duration patience) {
    this.url = url;
    this.dialect = dialect;
    this.pool = pool;
    this.patience = patience;
  }

  static Database open(
      DatabaseUrl url,
      Optional<String> user,
      Optional<String> password,
      int connections,
      Duration patience) {
    Dialect dialect = Dialect.of(url);
    if (DriverManager.drivers().noneMatch(driver -> accepts(driver, url, url.text()))) {
      boolean present =
          DriverManager.drivers().anyMatch(driver -> accepts(driver, url, url.example()));
      throw new StorageException(
          url
              + (present
                  ? ": its driver cannot read this URL; it must be like "
                      + url.example()
                      + ", with two slashes before a host, a number for a port, and %25 for a %"
                  : ": its driver is not on the class path; add "
                      + url.driver()
                      + " to the project"));
    }
    dialect.requireReachable(url);
    HikariConfig config = new HikariConfig();
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(5));
    config.setPoolName("hpo4j");
    dialect.configure(config, silence(patience));
    Properties properties = new Properties();
    properties.putAll(config.getDataSourceProperties());
    user.ifPresent(name -> properties.setProperty("user", name));
    url.password().or(() -> password).ifPresent(word -> properties.setProperty("password", word));
    config.setDataSource(new DriverSource(url, properties));
    return new Database(url, dialect, connect(url, dialect, config, patience), patience);
  }

  private static Duration silence(Duration patience) {
    Duration part = patience.dividedBy(SILENCES);
    Duration enough = part.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : part;
    return enough.compareTo(LONGEST_SILENCE) > 0 ? LONGEST_SILENCE : enough;
  }

  /** Others who open a new file of SQLite at the same time can be in the way for a moment. */
  private static HikariDataSource connect(
      DatabaseUrl url, Dialect dialect, HikariConfig config, Duration patience) {
    long start = System.nanoTime();
    while (true) {
      try {
        return new HikariDataSource(config);
      } catch (PoolInitializationException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        boolean again =
            cause instanceof SQLException sql && dialect.classify(sql) == Dialect.Failure.CONFLICT;
        if (!again || System.nanoTime() - start > patience.toNanos()) {
          throw new StorageException(url + ": cannot be opened: " + withReason(cause), cause);
        }
        LOG.log(System.Logger.Level.DEBUG, "{0}: trying again: {1}", url, cause.getMessage());
      }
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS / 10));
    }
  }

  /** What an error says, and, where it does not say that too, what has led to it. */
  private static String withReason(Throwable error) {
    Throwable last = error;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    String message = String.valueOf(error.getMessage());
    String reason = String.valueOf(last.getMessage());
    return message.contains(reason) ? message : message + " (" + MaskedErrors.text(last) + ")";
  }

  private static boolean accepts(java.sql.Driver driver, DatabaseUrl url, String text) {
    try {
      return driver.acceptsURL(text);
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "not for {0}: {1}", url, url.masked(e.getMessage()));
      return false;
    }
  }

  Dialect dialect() {
    return dialect;
  }

  DatabaseUrl url() {
    return url;
  }

  /** Whether there was a time without an answer in the last so much time. */
  boolean wasAway(Duration within) {
    OptionalLong last = lastAway;
    return last.isPresent() && System.nanoTime() - last.getAsLong() < within.toNanos();
  }

  /** Reads, without a transaction. */
  <T> T read(Work<T> work) {
    return repeat(work, connection -> false, false, patience);
  }

  /**
   * Does something in a transaction.
   *
   * @param work may be done several times, but its changes are kept once
   * @param applied whether the last work is in the database, asked in a transaction, which is
   *     rolled back, when the connection broke while the work was committed. The server may be at
   *     it still, so that this has to lock first what the work had locked.
   */
  <T> T write(Work<T> work, Work<Boolean> applied) {
    return repeat(work, applied, true, patience);
  }

  /**
   * Does something in a transaction that does no harm if it is done again, or not at all.
   *
   * @param longest tried again for no longer than this
   */
  <T> T write(Work<T> work, Duration longest) {
    return repeat(work, connection -> false, true, longest);
  }

  private <T> T repeat(Work<T> work, Work<Boolean> applied, boolean writes, Duration longest) {
    // An interrupt must not keep what a trial has found from being recorded.
    boolean interrupted = Thread.interrupted();
    Attempt<T> attempt = new Attempt<>(work, applied, writes);
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    boolean warned = false;
    try {
      while (true) {
        try {
          return attempt.run();
        } catch (SQLException e) {
          Dialect.Failure failure = classify(e);
          if (isOutage(failure)) {
            lastAway = OptionalLong.of(System.nanoTime());
          }
          boolean again = failure == Dialect.Failure.CONFLICT || attempt.mayReach(failure);
          long waited = System.nanoTime() - start;
          if (pool.isClosed()) {
            throw new StorageException(url + ": is closed; open it again", e);
          }
          if (!again || waited > longest.toNanos()) {
            throw failure(e, failure, longest);
          }
          boolean tells = !warned && waited > QUIET_NANOS;
          warned |= tells;
          LOG.log(
              tells ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
              "{0}: {1}: trying again for up to {2} s: {3}",
              url,
              reason(failure),
              longest.toSeconds(),
              url.masked(withReason(e)));
        }
        interrupted |= Thread.interrupted();
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause / 2, pause));
        pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether the database is away, or what there is of it cannot be written to any more. */
  private boolean isOutage(Dialect.Failure failure) {
    return failure == Dialect.Failure.AWAY || (failure == Dialect.Failure.READ_ONLY && hasWritten);
  }

  /** What an error means, be it the database's or the pool's. */
  Dialect.Failure classify(SQLException e) {
    boolean interrupted = e.getCause() instanceof InterruptedException;
    // What the pool says of a connection that broke, to whatever is done with it after that.
    boolean broken = e.getSQLState() == null && CLOSED.equals(e.getMessage());
    return !pool.isClosed() && (interrupted || broken) ? Dialect.Failure.AWAY : dialect.classify(e);
  }

  /** The tries of one piece of work. */
  private final class Attempt<T> {
    private final Work<T> work;
    private final Work<Boolean> applied;
    private final boolean writes;

    /** What a commit had returned whose fate is not known. */
    private @Nullable T uncertain;

    /** Whether the database was read-only. */
    private boolean isKnownReadOnly;

    Attempt(Work<T> work, Work<Boolean> applied, boolean writes) {
      this.work = work;
      this.applied = applied;
      this.writes = writes;
    }

    T run() throws SQLException {
      Connection connection = pool.getConnection();
      try {
        return writes ? write(connection) : work.run(connection);
      } finally {
        close(connection);
      }
    }

    /**
     * Whether another try may find a database that can be written to. One that is read-only is
     * asked again on a new connection, since those of the pool may lead to a server that another
     * one has taken over from. Where nothing was written before, that is all: it is a standby, or
     * meant to be looked at, and nobody has to wait for it.
     */
    boolean mayReach(Dialect.Failure failure) {
      if (failure != Dialect.Failure.READ_ONLY) {
        return isOutage(failure);
      }
      boolean wasAskedAgain = isKnownReadOnly;
      isKnownReadOnly = true;
      pool.getHikariPoolMXBean().softEvictConnections();
      return hasWritten || !wasAskedAgain;
    }

    private T write(Connection connection) throws SQLException {
      T before = uncertain;
      if (before != null && isApplied(connection)) {
        return before;
      }
      uncertain = null;
      dialect.begin(connection);
      boolean committed = false;
      try {
        T result = work.run(connection);
        hasWritten = true;
        commit(connection, result);
        committed = true;
        return result;
      } finally {
        if (!committed) {
          rollback(connection);
        }
      }
    }

    /** In a transaction, so that it can wait by locks for the one that it is about. */
    private boolean isApplied(Connection connection) throws SQLException {
      dialect.begin(connection);
      try {
        return applied.run(connection);
      } finally {
        rollback(connection);
      }
    }

    private void commit(Connection connection, T result) throws SQLException {
      try {
        dialect.commit(connection);
      } catch (SQLException e) {
        if (dialect.classify(e) == Dialect.Failure.AWAY) {
          uncertain = result;
        }
        throw e;
      }
    }
  }

  /** Gives a connection back, which says something to the server and so may find it broken. */
  private void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // What was done with it is done, or has failed with an error of its own.
      LOG.log(
          System.Logger.Level.DEBUG, "{0}: not given back: {1}", url, url.masked(e.getMessage()));
    }
  }

  private void rollback(Connection connection) {
    try {
      dialect.rollback(connection);
    } catch (SQLException e) {
      // The connection is gone, and the transaction with it; the first error is the one to tell.
      LOG.log(System.Logger.Level.DEBUG, "{0}: no rollback: {1}", url, url.masked(e.getMessage()));
    }
  }

  private StorageException failure(SQLException error, Dialect.Failure failure, Duration longest) {
    SQLException e = MaskedErrors.of(url, error);
    boolean waited = failure == Dialect.Failure.CONFLICT || isOutage(failure);
    boolean told = failure == Dialect.Failure.READ_ONLY && !waited;
    return new StorageException(
        url
            + ": "
            + (waited ? reason(failure) + " for more than " + longest.toMillis() + " ms: " : "")
            + (told ? "the database is read-only: " : "")
            + e.getMessage()
            + "; nothing that was recorded before is lost",
        e);
  }

  private static String reason(Dialect.Failure failure) {
    return switch (failure) {
      case CONFLICT -> "a lock of another connection was in the way";
      case READ_ONLY -> "the database was read-only";
      default -> "the database did not answer";
    };
  }

  @Override
  public void close() {
    pool.close();
  }
}

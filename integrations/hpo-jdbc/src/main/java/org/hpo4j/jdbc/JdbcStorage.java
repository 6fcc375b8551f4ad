package org.hpo4j.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StorageProvider;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.WorkerId;
import org.hpo4j.trial.Direction;
import org.jspecify.annotations.Nullable;

/**
 * Studies in SQLite, PostgreSQL or MariaDB, in the tables of Optuna 4 and 5 (schema v3.2.0.a),
 * which other processes with this library, Optuna and its dashboard may use at the same time.
 *
 * <p>The database's driver is not part of this library; an error names the one to add. Every commit
 * is durable. A running trial has a lease that a thread of this storage renews; if it ends, by the
 * database's clock, other workers run the trial again and what this one still writes is refused.
 */
public final class JdbcStorage implements Storage {

  private static final System.Logger LOG = System.getLogger(JdbcStorage.class.getName());

  private final DatabaseUrl url;
  private final WorkerId worker = WorkerId.create();
  private final Database database;
  private final Leases leases;
  private final Heartbeat heartbeat;

  private JdbcStorage(Builder options) {
    url = options.url;
    database =
        Database.open(url, options.user, options.password, options.connections, options.patience);
    try {
      Schema.prepare(database);
      database.read(this::inspect);
      leases = new Leases(database, worker.toString(), options.lease);
      heartbeat = new Heartbeat(leases::renew, options.heartbeat);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Opens a database and makes the tables where there are none.
   *
   * @param url a JDBC URL such as {@code jdbc:sqlite:studies.db} or {@code
   *     jdbc:postgresql://host/db?user=name&password=word}
   * @throws StorageException if it cannot be opened or has tables of another version
   * @throws IllegalArgumentException if the URL is of another database
   */
  public static JdbcStorage open(String url) {
    return builder(url).open();
  }

  /**
   * Options of a database.
   *
   * @throws IllegalArgumentException if the URL is of another database
   */
  public static Builder builder(String url) {
    return new Builder(DatabaseUrl.parse(url));
  }

  /** Opens databases by their URL, for workers. */
  public static final class Provider implements StorageProvider {

    /** For the service loader. */
    public Provider() {}

    @Override
    public boolean accepts(String address) {
      return address.startsWith("jdbc:");
    }

    /**
     * {@inheritDoc}
     *
     * @param options {@code user} and {@code password}, unless the URL has them
     */
    @Override
    public Storage open(String address, Map<String, String> options) {
      Builder builder = builder(address);
      options.forEach(
          (name, value) -> {
            switch (name) {
              case "user" -> builder.user(value);
              case "password" -> builder.password(value);
              default ->
                  throw new IllegalArgumentException(
                      "a database takes the options user and password, got " + name);
            }
          });
      return builder.open();
    }
  }

  /** How to open a database. */
  public static final class Builder {
    private static final Duration LONGEST = Duration.ofDays(365);

    private final DatabaseUrl url;
    private Optional<String> user = Optional.empty();
    private Optional<String> password = Optional.empty();
    private int connections = 4;
    private Duration lease = Duration.ofSeconds(60);
    private Duration heartbeat = Duration.ofSeconds(15);
    private Duration patience = Duration.ofSeconds(60);

    private Builder(DatabaseUrl url) {
      this.url = url;
    }

    /** The user's name, unless the URL has it. */
    public Builder user(String name) {
      user = Optional.of(name);
      return this;
    }

    /** The password, unless the URL has it; never printed. */
    public Builder password(String word) {
      password = Optional.of(word);
      return this;
    }

    /** How many connections there are at most; at least 2, by default 4. None waits for trials. */
    public Builder connections(int most) {
      if (most < 2) {
        throw new IllegalArgumentException("connections must be at least 2, got " + most);
      }
      connections = most;
      return this;
    }

    /**
     * How long a worker that is not heard of keeps its trials, by default 60 s, and how often it
     * makes itself heard, by default every 15 s.
     *
     * @throws IllegalArgumentException unless the heartbeat is at least 1 ms, and the lease at
     *     least twice the heartbeat and at most 365 days
     */
    public Builder lease(Duration length, Duration every) {
      requireAtMost("lease", length);
      requireAtMost("heartbeat", every);
      if (every.compareTo(Duration.ofMillis(1)) < 0
          || length.compareTo(every.multipliedBy(2)) < 0) {
        throw new IllegalArgumentException(
            "heartbeat must be at least 1 ms and lease at least twice the heartbeat, got lease "
                + length
                + " and heartbeat "
                + every);
      }
      lease = length;
      heartbeat = every;
      return this;
    }

    /**
     * How long a commit waits for a database that does not answer or other transactions in the way
     * before it fails, by default 60 s.
     *
     * @throws IllegalArgumentException unless it is from 0 to 365 days
     */
    public Builder patience(Duration longest) {
      requireAtMost("patience", longest);
      if (longest.isNegative()) {
        throw new IllegalArgumentException("patience must be at least 0, got " + longest);
      }
      patience = longest;
      return this;
    }

    /** Times are counted in nanoseconds, of which a long holds those of 292 years. */
    private static void requireAtMost(String what, Duration length) {
      if (length.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            what + " must be at most " + LONGEST.toDays() + " days, got " + length);
      }
    }

    /**
     * Opens the database.
     *
     * @throws StorageException if it cannot be opened or has tables of another version
     */
    public JdbcStorage open() {
      return new JdbcStorage(this);
    }
  }

  @Override
  public List<String> studyNames() {
    return database.read(
        connection -> {
          List<String> names = new ArrayList<>();
          try (PreparedStatement statement =
                  connection.prepareStatement("SELECT study_name FROM studies ORDER BY study_id");
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              names.add(rows.getString(1));
            }
          }
          return names;
        });
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the name has more than 512 characters, or one that its
   *     column cannot hold
   */
  @Override
  public StudyStorage create(String name, List<Direction> directions) {
    limits().requireName("study", NameColumns.STUDY, name);
    AtomicReference<@Nullable StudyKey> made = new AtomicReference<>();
    try {
      database.write(
          connection -> {
            made.set(insert(connection, name, directions));
            return true;
          },
          connection -> isThere(connection, name, Objects.requireNonNull(made.get())));
    } catch (StorageException e) {
      if (e.getCause() instanceof SQLException cause
          && database.dialect().classify(cause) == Dialect.Failure.DUPLICATE) {
        throw new IllegalStateException(
            url
                + ": there is already a study named '"
                + name
                + (find(name).isPresent() ? "'" : "', or with a name that it takes for the same"),
            e);
      }
      throw e;
    }
    return find(name).orElseThrow();
  }

  @Override
  public void requireStorable(StudyChange change) {
    limits().requireStorable(change);
  }

  private TextLimits limits() {
    return database.dialect().limits();
  }

  private boolean inspect(Connection connection) throws SQLException {
    database.dialect().inspect(connection);
    return true;
  }

  /** Whether the study of a name is this one: waits for whoever is about to create one. */
  private boolean isThere(Connection connection, String name, StudyKey key) throws SQLException {
    Dialect dialect = database.dialect();
    Sql.update(
        connection,
        "INSERT INTO studies (study_name) VALUES (?)"
            + dialect.orReplace(
                List.of("study_name"), List.of("study_name = " + dialect.inserted("study_name"))),
        name);
    return StudyKey.find(connection, dialect, name).filter(key::equals).isPresent();
  }

  private StudyKey insert(Connection connection, String name, List<Direction> directions)
      throws SQLException {
    Sql.update(connection, "INSERT INTO studies (study_name) VALUES (?)", name);
    for (int objective = 0; objective < directions.size(); objective++) {
      Sql.update(
          connection,
          "INSERT INTO study_directions (direction, study_id, objective) SELECT "
              + database.dialect().typed("studydirection", "?")
              + ", study_id, "
              + objective
              + " FROM studies WHERE study_name = ?",
          directions.get(objective).name(),
          name);
    }
    return StudyKey.find(connection, database.dialect(), name).orElseThrow();
  }

  @Override
  public Optional<StudyStorage> find(String name) {
    if (name.indexOf('\0') >= 0 || !limits().columns().canHold(NameColumns.STUDY, name)) {
      // The server does not even compare it.
      return Optional.empty();
    }
    List<Direction> directions = new ArrayList<>();
    Optional<StudyKey> key =
        database.read(
            connection -> {
              directions.clear();
              Optional<StudyKey> found = StudyKey.find(connection, database.dialect(), name);
              if (found.isPresent()) {
                readDirections(connection, found.get().id(), directions);
              }
              return directions.isEmpty() ? Optional.empty() : found;
            });
    return key.map(found -> new JdbcStudy(found, directions, database, leases));
  }

  private static void readDirections(Connection connection, int id, List<Direction> directions)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT direction FROM study_directions WHERE study_id = ? ORDER BY objective")) {
      statement.setInt(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          // Optuna minimizes where no direction was set.
          boolean maximize = "MAXIMIZE".equals(rows.getString(1));
          directions.add(maximize ? Direction.MAXIMIZE : Direction.MINIMIZE);
        }
      }
    }
  }

  /** Beside the file of SQLite; a server has none. */
  @Override
  public Optional<Path> artifactFolder() {
    return url.isFile() ? Optional.of(Path.of(url.path() + ".artifacts")) : Optional.empty();
  }

  /**
   * Closes all connections. The leases of trials that still run here end at once, so that others
   * may run them; if the database does not answer within some seconds, which is logged as a
   * warning, they end when their time is over, or with this process for others on this machine.
   */
  @Override
  public void close() {
    worker.retire();
    heartbeat.close();
    try {
      leases.giveUp();
    } catch (StorageException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the trials that still run here are not free for others before their leases end: {0}",
          e.getMessage());
    } finally {
      database.close();
    }
  }

  @Override
  public String toString() {
    return url.toString();
  }
}

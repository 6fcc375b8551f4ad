package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hpo4j.storage.StorageException;

/** Makes Optuna's tables where there are none, and refuses those of another version. */
final class Schema {

  private static final String VERSION = "v3.2.0.a";
  private static final int SCHEMA_VERSION = 12;
  private static final String LIBRARY = "hpo4j";

  /** The table that Optuna makes first. */
  private static final String FIRST = "studies";

  private Schema() {}

  /** Creates or joins the schema; never changes one. */
  static void prepare(Database database) {
    Dialect dialect = database.dialect();
    if (!database.read(connection -> missing(connection, dialect)).isEmpty()) {
      if (!database.read(dialect::hasDatabase)) {
        throw new StorageException(
            database.url()
                + ": cannot be opened: the URL names no database, as in jdbc:mariadb://host/db; on"
                + " the server one can be made with CREATE DATABASE");
      }
      create(database);
    }
    List<String> versions = database.read(connection -> versions(connection, dialect));
    Set<String> missing = database.read(connection -> missing(connection, dialect));
    if (missing.contains(FIRST)) {
      throw new StorageException(
          database.url()
              + ": has tables of another program under the names of Optuna's ("
              + String.join(", ", others(dialect, missing))
              + "), but none that is named "
              + FIRST
              + "; nothing was changed; use another database, or another schema of this one");
    }
    if (!versions.equals(List.of(VERSION))) {
      boolean optunas = !versions.isEmpty() && !missing.contains("version_info");
      throw new StorageException(
          database.url()
              + ": has a table studies of "
              + (optunas ? "version " + String.join(", ", versions) : "no version")
              + " of Optuna's schema, needed is "
              + VERSION
              + "; nothing was changed; "
              + (optunas
                  ? "`optuna storage upgrade` brings an older one up to date, a newer one needs a newer"
                      + " version of this library"
                  : "what another program keeps there is left alone, use another database"));
    }
    if (!missing.isEmpty()) {
      throw new StorageException(
          database.url()
              + ": says to have version "
              + VERSION
              + " of Optuna's schema, but lacks "
              + String.join(", ", missing)
              + "; nothing was changed; bring back what was deleted, from a backup");
    }
  }

  private static void create(Database database) {
    try {
      database.write(connection -> create(connection, database.dialect()), connection -> false);
    } catch (StorageException e) {
      if (e.getCause() instanceof SQLException cause && isPassing(database.classify(cause))) {
        throw e;
      }
      throw new StorageException(
          database.url()
              + ": its tables are not complete and could not be made; a user with the right to"
              + " create tables has to open it once: "
              + e.getMessage(),
          e);
    }
  }

  private static boolean isPassing(Dialect.Failure failure) {
    return failure == Dialect.Failure.CONFLICT || failure == Dialect.Failure.AWAY;
  }

  private static boolean create(Connection connection, Dialect dialect) throws SQLException {
    dialect.lockSchema(connection);
    boolean made;
    try {
      made = createLocked(connection, dialect);
    } catch (SQLException | RuntimeException e) {
      try {
        dialect.unlockSchema(connection);
      } catch (SQLException next) {
        // The lock is gone with the connection; the first error is the one to tell.
        e.addSuppressed(next);
      }
      throw e;
    }
    dialect.unlockSchema(connection);
    return made;
  }

  private static boolean createLocked(Connection connection, Dialect dialect) throws SQLException {
    List<String> versions = versions(connection, dialect);
    Set<String> missing = missing(connection, dialect);
    if (missing.contains(FIRST) && !others(dialect, missing).isEmpty()) {
      return false;
    } else if (missing.contains(FIRST)) {
      createOptunas(connection, dialect, dialect.schema());
    } else if (versions.isEmpty() && dialect.isHalfMade(connection)) {
      List<String> all = dialect.schema();
      createOptunas(connection, dialect, all.subList(1, all.size()));
    } else if (versions.isEmpty() && isOptunas(connection)) {
      throw Dialect.conflict(
          "has tables of Optuna without a version; Optuna says it when all are made; if nothing"
              + " makes them at the moment, whatever did so was ended: open it once with Optuna,"
              + " which makes the rest",
          null);
    } else if (!versions.equals(List.of(VERSION)) || lacksOptunas(connection, dialect)) {
      return false;
    }
    try (Statement statement = connection.createStatement()) {
      for (String sql : dialect.own()) {
        statement.execute(sql);
      }
    }
    return true;
  }

  private static void createOptunas(Connection connection, Dialect dialect, List<String> tables)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : tables) {
        statement.execute(sql);
      }
      statement.execute(
          "INSERT INTO version_info SELECT 1, "
              + SCHEMA_VERSION
              + ", '"
              + LIBRARY
              + "' FROM (SELECT COUNT(*) AS n FROM version_info) v WHERE n = 0");
      statement.execute("INSERT INTO alembic_version VALUES ('" + VERSION + "')");
    } catch (SQLException e) {
      if (dialect.classify(e) == Dialect.Failure.DUPLICATE) {
        // Optuna does not take the lock. Its tables are joined when they are complete.
        throw Dialect.conflict("another program makes tables at the moment: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /** Whether the table of studies is Optuna's, of any version, or another program's. */
  private static boolean isOptunas(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM studies WHERE 1 = 0")) {
      ResultSetMetaData columns = none.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        if (columns.getColumnName(i).equals("study_name")) {
          return true;
        }
      }
      return false;
    }
  }

  /** Those of Optuna's names that there are tables of. */
  private static Set<String> others(Dialect dialect, Set<String> missing) {
    Set<String> there = new TreeSet<>(dialect.names());
    there.removeAll(missing);
    there.removeIf(name -> name.startsWith(LIBRARY));
    return there;
  }

  /** What is needed and not there. */
  private static Set<String> missing(Connection connection, Dialect dialect) throws SQLException {
    Set<String> missing = new TreeSet<>(dialect.names());
    missing.removeAll(new HashSet<>(texts(connection, dialect.namesQuery())));
    return missing;
  }

  private static boolean lacksOptunas(Connection connection, Dialect dialect) throws SQLException {
    return missing(connection, dialect).stream().anyMatch(name -> !name.startsWith(LIBRARY));
  }

  private static List<String> versions(Connection connection, Dialect dialect) throws SQLException {
    return missing(connection, dialect).contains("alembic_version")
        ? List.of()
        : texts(connection, "SELECT version_num FROM alembic_version");
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}

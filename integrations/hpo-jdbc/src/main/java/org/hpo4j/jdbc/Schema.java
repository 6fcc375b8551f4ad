package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.storage.StorageException;

/** Makes Optuna's tables where there are none, and refuses those of another version. */
final class Schema {

  private static final String VERSION = "v3.2.0.a";
  private static final int SCHEMA_VERSION = 12;
  private static final String LIBRARY = "hpo4j";

  private Schema() {}

  /** Creates or joins the schema; never changes one. */
  static void prepare(Database database) {
    boolean ready =
        database.read(
            connection ->
                database.dialect().hasTable(connection, "hpo4j_turns")
                    && database.dialect().hasTable(connection, "studies"));
    if (!ready) {
      create(database);
    }
    List<String> versions = database.read(connection -> versions(connection, database.dialect()));
    if (!versions.equals(List.of(VERSION))) {
      throw new StorageException(
          database.url()
              + ": has a table studies of "
              + (versions.isEmpty()
                  ? "no version of Optuna's schema"
                  : "version " + String.join(", ", versions) + " of Optuna's schema")
              + ", needed is "
              + VERSION
              + "; nothing was changed; `optuna storage upgrade` brings older ones up to date");
    }
  }

  private static void create(Database database) {
    try {
      database.write(connection -> create(connection, database.dialect()), connection -> false);
    } catch (StorageException e) {
      if (e.getCause() instanceof SQLException cause
          && database.dialect().classify(cause) == Dialect.Failure.CONFLICT) {
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

  private static boolean create(Connection connection, Dialect dialect) throws SQLException {
    dialect.lockSchema(connection);
    try {
      if (!dialect.hasTable(connection, "studies")) {
        createOptunas(connection, dialect);
      } else {
        List<String> versions = versions(connection, dialect);
        if (versions.isEmpty() && isOptunas(connection)) {
          throw Dialect.conflict(
              "has tables of Optuna without a version; Optuna says it when all are made", null);
        }
        if (!versions.equals(List.of(VERSION))) {
          return false;
        }
      }
      try (Statement statement = connection.createStatement()) {
        for (String sql : SchemaText.own()) {
          statement.execute(sql);
        }
      }
      return true;
    } finally {
      dialect.unlockSchema(connection);
    }
  }

  private static void createOptunas(Connection connection, Dialect dialect) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : dialect.schema()) {
        statement.execute(sql);
      }
      statement.execute(
          "INSERT INTO version_info VALUES (1, " + SCHEMA_VERSION + ", '" + LIBRARY + "')");
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
    try (ResultSet columns =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), "studies", "study_name")) {
      return columns.next();
    }
  }

  private static List<String> versions(Connection connection, Dialect dialect) throws SQLException {
    List<String> versions = new ArrayList<>();
    if (!dialect.hasTable(connection, "alembic_version")) {
      return versions;
    }
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT version_num FROM alembic_version");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        versions.add(rows.getString(1));
      }
    }
    return versions;
  }
}

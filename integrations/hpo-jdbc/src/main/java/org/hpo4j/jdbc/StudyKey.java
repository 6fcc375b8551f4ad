package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Which study is meant. SQLite gives the id of a study that was deleted to the next one, so that it
 * takes the number of times that this happened to tell them apart.
 *
 * @param deletions how many studies of this id were deleted before; 0 where none is used again
 */
record StudyKey(String name, int id, int deletions) {

  private static final String SAME =
      "SELECT 1 FROM studies s WHERE s.study_id = ? AND " + deletions("s.study_id") + " = ?";

  /** The study of this name. */
  static Optional<StudyKey> find(Connection connection, Dialect dialect, String name)
      throws SQLException {
    String sql =
        "SELECT s.study_id, s.study_name, "
            + (dialect.reusesIds() ? deletions("s.study_id") : "0")
            + " FROM studies s WHERE s.study_name = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          // To some tables, names that differ in case or in spaces at the end are the same.
          if (name.equals(rows.getString(2))) {
            return Optional.of(new StudyKey(name, rows.getInt(1), rows.getInt(3)));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static String deletions(String id) {
    return "COALESCE((SELECT d.deletions FROM hpo4j_deletions d WHERE d.study_id = " + id + "), 0)";
  }

  /** Whether the study is still there. */
  boolean exists(Connection connection, Dialect dialect) throws SQLException {
    return dialect.reusesIds()
        ? Sql.exists(connection, SAME, id, deletions)
        : Sql.exists(connection, "SELECT 1 FROM studies WHERE study_id = ?", id);
  }

  /** Checks in a transaction that the id still means this study, where it may mean another one. */
  void require(Script script, Dialect dialect) {
    if (dialect.reusesIds()) {
      script.add(StudyKey::requireThere, SAME, id, deletions);
    }
  }

  /** Checks that a statement has found the study. */
  static void requireThere(Script.Result result) {
    if (result.count() == 0) {
      throw new DeletedException();
    }
  }

  /** The study is gone. */
  static final class DeletedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeletedException() {
      super("the study was deleted", null, false, false);
    }
  }

  /** The message for the user. */
  String deleted(DatabaseUrl url) {
    return url
        + ": study '"
        + name
        + "' was deleted by another program after it was opened here; nothing more of it can be"
        + " read or written, and if there is one of this name now it is another one";
  }
}

package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are run in order within a transaction. A database that takes several at once gets
 * them in one message: what a commit costs is mostly the wait for its answers.
 */
final class Script {

  /**
   * What a statement did.
   *
   * @param count how many rows it changed or gave
   * @param values the first column of the rows that it gave
   */
  record Result(int count, List<Integer> values) {}

  /** Looks at what a statement did, and throws if the transaction must not go on. */
  interface Check {
    void on(Result result) throws SQLException;
  }

  /** Half of what PostgreSQL allows. */
  private static final int MOST_PARAMETERS = 32_767;

  private static final Check NONE = result -> {};

  private final Dialect dialect;
  private final List<String> statements = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private final List<List<@Nullable Object>> parameters = new ArrayList<>();

  Script(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Adds a statement.
   *
   * @param bound texts, integers, longs, doubles or optional instants
   * @return its place among the results
   */
  int add(String sql, @Nullable Object... bound) {
    return add(NONE, sql, bound);
  }

  /** The same with a check of what it did, made before anything that is sent after it. */
  int add(Check check, String sql, @Nullable Object... bound) {
    statements.add(sql);
    checks.add(check);
    parameters.add(Arrays.asList(bound));
    return statements.size() - 1;
  }

  /** Runs all statements. */
  List<Result> run(Connection connection) throws SQLException {
    List<Result> results = new ArrayList<>();
    int next = 0;
    while (next < statements.size()) {
      int end = dialect.takesScripts() ? messageEnd(next) : next + 1;
      String sql = String.join(";\n", statements.subList(next, end));
      run(connection, sql, parameters.subList(next, end), results);
      next = end;
    }
    return results;
  }

  /** The end of the statements that one message can take, from one on. */
  private int messageEnd(int first) {
    int end = first;
    int bound = 0;
    while (end < statements.size()
        && (end == first || bound + parameters.get(end).size() <= MOST_PARAMETERS)) {
      bound += parameters.get(end).size();
      end++;
    }
    return end;
  }

  private void run(
      Connection connection, String sql, List<List<@Nullable Object>> bound, List<Result> results)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = 1;
      for (List<@Nullable Object> one : bound) {
        for (Object parameter : one) {
          index = bind(statement, index, parameter);
        }
      }
      boolean gaveRows = statement.execute();
      for (int i = 0; i < bound.size(); i++) {
        Result result =
            gaveRows ? rows(statement) : new Result(statement.getUpdateCount(), List.of());
        checks.get(results.size()).on(result);
        results.add(result);
        gaveRows = i + 1 < bound.size() && statement.getMoreResults();
      }
    }
  }

  private int bind(PreparedStatement statement, int index, @Nullable Object parameter)
      throws SQLException {
    if (parameter instanceof Optional<?> time) {
      dialect.bindTime(statement, index, time.map(Instant.class::cast));
      return index + 1;
    }
    return Sql.bind(
        statement, index, parameter instanceof Double number ? dialect.bound(number) : parameter);
  }

  private static Result rows(PreparedStatement statement) throws SQLException {
    List<Integer> values = new ArrayList<>();
    try (ResultSet rows = statement.getResultSet()) {
      while (rows.next()) {
        values.add(rows.getInt(1));
      }
    }
    return new Result(values.size(), values);
  }
}

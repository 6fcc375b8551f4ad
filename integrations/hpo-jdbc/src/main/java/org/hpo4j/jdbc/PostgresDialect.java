package org.hpo4j.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** PostgreSQL 10 or newer. */
final class PostgresDialect extends Dialect {

  /** Any number that no other program locks. */
  private static final long SCHEMA_LOCK = 0x68706f346aL;

  /** So many go without an answer before the server takes the machine for gone. */
  private static final int KEEP_ALIVES = 5;

  @Override
  void configure(HikariConfig config, Duration silence) {
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    // The driver would set the zone of this machine; Optuna compares times of sessions. And every
    // row is found by a key, but a plan that was made while a table was nearly empty, as the one of
    // leases is whenever it is analyzed, would go on reading all of it. A commit is durable, also
    // where the server's settings let those of others wait for the disk. Numbers come as text, in
    // fewer digits than they have where the settings are those of servers before 12.
    config.setConnectionInitSql(
        "SET TIME ZONE 'UTC'; SET enable_seqscan = off; SET extra_float_digits = 3;"
            + " SET lock_timeout = "
            + LOCK_MILLIS
            + "; SET idle_in_transaction_session_timeout = '"
            + LONGEST_IDLE_SECONDS
            + "s'; SET tcp_keepalives_idle = "
            + LONGEST_IDLE_SECONDS
            + "; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = "
            + KEEP_ALIVES
            + "; SELECT set_config('synchronous_commit', 'on', false) WHERE"
            + " current_setting('synchronous_commit') = 'off'");
    config.addDataSourceProperty("ApplicationName", "hpo4j");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("socketTimeout", Long.toString(silence.toSeconds()));
    config.addDataSourceProperty("prepareThreshold", "3");
  }

  @Override
  Failure ofCode(SQLException e, String state) {
    return switch (state) {
      // A key, a table, a type.
      case "23505", "42P07", "42710" -> Failure.DUPLICATE;
      case "55P03" -> Failure.CONFLICT;
      case "25006" -> Failure.READ_ONLY;
      // Ended by an administrator, by a crash, starting up, too many connections, cancelled, ended
      // because it or its transaction stood still or took too long.
      case "57P01", "57P02", "57P03", "57P05", "53300", "57014", "25P03", "25P04" -> Failure.AWAY;
      default -> Failure.FATAL;
    };
  }

  @Override
  String key() {
    return "key";
  }

  @Override
  String now() {
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
  }

  @Override
  boolean takesScripts() {
    return true;
  }

  @Override
  String typed(String type, String value) {
    return "CAST(" + value + " AS " + type + ")";
  }

  @Override
  String asText(String column) {
    return column + "::text";
  }

  @Override
  String noText() {
    return "NULL::text";
  }

  /** One text for any number of ids, so that the server keeps its plan. */
  @Override
  IdCondition isOneOf(String column, Collection<Integer> ids) {
    String list = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    return new IdCondition(column + " = ANY(CAST(? AS int[]))", List.of("{" + list + "}"));
  }

  @Override
  List<String> schema() {
    List<String> statements = new ArrayList<>();
    SchemaText.TYPES.forEach(
        (name, values) ->
            statements.add("CREATE TYPE " + name + " AS ENUM (" + SchemaText.quoted(values) + ")"));
    statements.addAll(
        SchemaText.of(
            "SERIAL NOT NULL",
            key(),
            "FLOAT(53)",
            "TIMESTAMP WITHOUT TIME ZONE",
            "",
            (name, values) -> name));
    return statements;
  }

  @Override
  String namesQuery() {
    return "SELECT relname FROM pg_class WHERE pg_table_is_visible(oid)";
  }

  @Override
  void lockSchema(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(" + SCHEMA_LOCK + ")")) {
      lock.execute();
    }
  }
}

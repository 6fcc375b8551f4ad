package org.hpo4j.jdbc;

/** The addresses of databases in Optuna's words. */
final class OptunaUrl {

  private OptunaUrl() {}

  /** SQLAlchemy's URL for that of a JDBC driver. */
  static String of(String jdbcUrl) {
    String sqlite = "jdbc:sqlite:";
    return jdbcUrl.startsWith(sqlite)
        ? "sqlite:///" + jdbcUrl.substring(sqlite.length())
        : jdbcUrl.replace("jdbc:postgresql:", "postgresql+psycopg2:");
  }
}

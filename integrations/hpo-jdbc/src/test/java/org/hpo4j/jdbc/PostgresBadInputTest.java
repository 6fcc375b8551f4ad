package org.hpo4j.jdbc;

/** Bad input for PostgreSQL. */
class PostgresBadInputTest extends BadInputContract {

  private final String url = PostgresServer.newDatabase();

  @Override
  String url() {
    return url;
  }
}

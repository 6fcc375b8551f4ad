package org.hpo4j.jdbc;

/** Several workers on one server. */
class PostgresWorkersTest extends WorkersContract {

  private final String url = PostgresServer.newDatabase();

  @Override
  String url() {
    return url;
  }
}

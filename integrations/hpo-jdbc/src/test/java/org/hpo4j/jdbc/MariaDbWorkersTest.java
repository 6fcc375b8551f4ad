package org.hpo4j.jdbc;

/** Several workers on one server. */
class MariaDbWorkersTest extends WorkersContract {

  private final String url = MariaDbServer.newDatabase();

  @Override
  String url() {
    return url;
  }
}

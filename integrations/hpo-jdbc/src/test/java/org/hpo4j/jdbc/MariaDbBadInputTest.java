package org.hpo4j.jdbc;

/** Bad input for MariaDB. */
class MariaDbBadInputTest extends BadInputContract {

  private final String url = MariaDbServer.newDatabase();

  @Override
  String url() {
    return url;
  }

  @Override
  int longestAttribute() {
    return 65_535;
  }
}

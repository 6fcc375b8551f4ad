package org.hpo4j.jdbc;

import org.junit.jupiter.api.Tag;

/** Optuna in PostgreSQL. */
@Tag("interop")
class PostgresOptunaInteropTest extends OptunaTablesContract {

  PostgresOptunaInteropTest() {
    super(PostgresServer.newDatabase(), PostgresServer.newDatabase());
  }
}

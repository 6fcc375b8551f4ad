package org.hpo4j.jdbc;

import org.hpo4j.interop.OptunaPeer;
import org.hpo4j.interop.SharedStudyContract;
import org.hpo4j.storage.Storage;
import org.junit.jupiter.api.Tag;

/** A study in PostgreSQL that Java and Python write at the same time. */
@Tag("interop")
class PostgresSharedInteropTest extends SharedStudyContract {

  private final String url = PostgresServer.newDatabase();

  @Override
  protected Storage open() {
    return JdbcStorage.open(url);
  }

  @Override
  protected OptunaPeer optuna() {
    return new OptunaPeer(OptunaUrl.of(url));
  }
}

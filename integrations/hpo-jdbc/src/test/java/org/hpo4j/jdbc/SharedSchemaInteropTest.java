package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hpo4j.interop.OptunaPeer;
import org.hpo4j.trial.Direction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Databases of which Optuna and this library make the tables at the same moment. */
@Tag("interop")
class SharedSchemaInteropTest {

  private static final int ROUNDS = 12;

  /** Each time a little later, so that some are in the middle of what the other one does. */
  @Test
  void areOpenedHereAndThenThere() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String url = PostgresServer.newDatabase();
        OptunaPeer optuna = new OptunaPeer(OptunaUrl.of(url));
        Future<?> made = thread.submit(() -> open(optuna));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(4L * round));
        try (JdbcStorage storage = JdbcStorage.open(url)) {
          storage.create("study", List.of(Direction.MINIMIZE));
        }
        made.get();
        Map<?, ?> schema = optuna.schema();
        assertThat(schema.get("version")).isEqualTo(schema.get("head"));
      }
    } finally {
      thread.shutdown();
    }
  }

  /** Optuna does not expect others to make tables while it does so, and may have to try again. */
  private static @Nullable Void open(OptunaPeer optuna) throws IOException {
    try {
      optuna.schema();
    } catch (AssertionError e) {
      assertThat(e).hasMessageContaining("already exists");
    }
    return null;
  }
}

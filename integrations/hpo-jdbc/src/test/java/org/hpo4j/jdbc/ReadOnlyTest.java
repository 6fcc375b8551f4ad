package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.sampler.QuasiRandomSampler;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.WorkerId;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Databases that can be read and no more: for good, or until another server has taken over. */
class ReadOnlyTest {

  private final Path folder;

  ReadOnlyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Study open(Storage storage, Sampler sampler) {
    return Study.named("study")
        .minimize("loss")
        .space(SearchSpace.of(TestStudies.X))
        .sampler(sampler)
        .seed(1)
        .storage(storage)
        .createOrResume();
  }

  /** Leaves a study with a complete trial, and one of a worker that has died. */
  private static void leaveStudy(String url) throws SQLException {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      Study study = open(storage, RandomSampler.ofDefaults());
      study.optimize(trial -> trial.suggest(TestStudies.X), RunOptions.trials(1));
      study.ask();
      WorkerId own = WorkerId.create();
      WorkerId dead = new WorkerId(own.host(), own.boot(), own.pidSpace(), 1, "1", own.random());
      TestDatabase.execute(url, "UPDATE hpo4j_leases SET worker = '" + dead + "'");
    }
  }

  /** What needs no write is done; what does says why it cannot be. All within no time. */
  private static void requireOpenToRead(JdbcStorage storage) {
    Study study = open(storage, RandomSampler.ofDefaults());
    assertThat(study.trials()).hasSize(2);
    assertThat(open(storage, QuasiRandomSampler.ofDefaults()).best().number()).isZero();
    requireRefused(() -> study.enqueue(Map.of("x", 0.5)));
    requireRefused(() -> study.optimize(trial -> 1, RunOptions.trials(3)));
    requireRefused(() -> Study.named("new").minimize("loss").storage(storage).create());
  }

  private static void requireRefused(ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("the database is read-only: ")
        .hasMessageNotContaining("did not answer");
  }

  private static EmbeddedPostgres server(Path data) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setServerConfig("hot_standby", "on")
        .start();
  }

  /** It has the default patience of a minute. */
  @Test
  @Timeout(40)
  void aStandbyCanBeLookedAtWithoutAWaitAndWrittenToOnceItTakesOver() throws Exception {
    Path data = folder.resolve("data");
    try (EmbeddedPostgres primary = server(data)) {
      leaveStudy(primary.getJdbcUrl("postgres", "postgres"));
    }
    Files.createFile(data.resolve("standby.signal"));
    try (EmbeddedPostgres standby = server(data)) {
      String url = standby.getJdbcUrl("postgres", "postgres");
      try (JdbcStorage storage = JdbcStorage.open(url)) {
        requireOpenToRead(storage);
        TestDatabase.execute(url, "SELECT pg_promote()");
        Study study = open(storage, RandomSampler.ofDefaults());
        study.optimize(trial -> 1, RunOptions.trials(3));
        assertThat(study.trials()).hasSize(3).allMatch(t -> t.state() == TrialState.COMPLETE);
      }
    }
  }

  @Test
  @Timeout(40)
  void aServerOfMariaDbThatIsReadOnlyCanBeLookedAtWithoutAWait() throws SQLException {
    String url = MariaDbServer.newDatabase();
    leaveStudy(url);
    TestDatabase.execute(url, "SET GLOBAL read_only = 1");
    // Whoever has all rights may write all the same.
    try (JdbcStorage storage = JdbcStorage.open(url.replace("user=hpo", "user=plain"))) {
      requireOpenToRead(storage);
    } finally {
      TestDatabase.execute(url, "SET GLOBAL read_only = 0");
    }
  }

  private static void setReadOnly(String url, String value) {
    String name = url.replaceAll(".*/([^/?]*)([?].*)?", "$1");
    PostgresServer.execute(
        "ALTER DATABASE \"" + name + "\" SET default_transaction_read_only = " + value);
    if (value.equals("on")) {
      PostgresServer.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }
  }

  /** New connections are read-only for a while, and remain so. */
  @Test
  @Timeout(40)
  void aStudyThatRunsWaitsForTheServerThatTakesOver() {
    String url = PostgresServer.newDatabase();
    try (JdbcStorage storage = JdbcStorage.builder(url).patience(Duration.ofSeconds(20)).open()) {
      Study study = open(storage, RandomSampler.ofDefaults());
      study.optimize(
          trial -> {
            if (trial.number() == 1) {
              setReadOnly(url, "on");
              CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS)
                  .execute(() -> setReadOnly(url, "off"));
            }
            return 1;
          },
          RunOptions.trials(4));
      assertThat(study.trials()).hasSize(4).allMatch(t -> t.state() == TrialState.COMPLETE);
    }
  }

  @Test
  void aStudyThatRunsEndsWithTheReasonWhenPatienceIsOver() {
    String url = PostgresServer.newDatabase();
    try (JdbcStorage storage = JdbcStorage.builder(url).patience(Duration.ofMillis(500)).open()) {
      Study study = open(storage, RandomSampler.ofDefaults());
      study.optimize(trial -> 1, RunOptions.trials(1));
      setReadOnly(url, "on");
      assertThatThrownBy(() -> study.optimize(trial -> 1, RunOptions.trials(2)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("the database was read-only for more than 500 ms: ERROR");
    }
  }
}

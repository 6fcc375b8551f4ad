package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Workers whose connections the server cuts all the time, also while they commit: what was recorded
 * is not taken for lost, and nothing is recorded twice.
 */
class CutConnectionsTest {

  private static final int TRIALS = 400;
  private static final int LEAST_CUTS = 40;

  private final AtomicInteger evaluations = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private final Path folder;

  CutConnectionsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void everyTrialIsEvaluatedAndRecordedOnce(TestDatabase database) throws Exception {
    String url = database.create(folder);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (Storage storage = JdbcStorage.open(url);
        Storage other = JdbcStorage.open(url)) {
      List<Study> studies = List.of(open(storage), open(other));
      Future<?> cutting =
          threads.submit(
              () -> {
                cut(url, database, done);
                return true;
              });
      List<Future<?>> workers = new ArrayList<>();
      studies.forEach(study -> workers.add(threads.submit(() -> work(study))));
      try {
        for (Future<?> worker : workers) {
          worker.get();
        }
      } finally {
        done.set(true);
      }
      cutting.get();
      assertThat(studies.get(0).trials())
          .hasSize(TRIALS)
          .allMatch(trial -> trial.state() == TrialState.COMPLETE)
          .allMatch(trial -> trial.value() == trial.configuration().get(TestStudies.X));
    } finally {
      threads.shutdown();
    }
    assertThat(evaluations).hasValue(TRIALS);
    assertThat(cuts).hasValueGreaterThan(LEAST_CUTS);
    assertThat(count(url, "hpo4j_late_writes")).isZero();
    assertThat(count(url, "hpo4j_leases")).isZero();
  }

  private static Study open(Storage storage) {
    return Study.named("cut")
        .minimize("loss")
        .space(SearchSpace.of(TestStudies.X))
        .sampler(RandomSampler.ofDefaults())
        .seed(1)
        .storage(storage)
        .createOrResume();
  }

  private void work(Study study) {
    study.optimize(
        trial -> {
          evaluations.incrementAndGet();
          while (cuts.get() * TRIALS < trial.number() * LEAST_CUTS) {
            Thread.onSpinWait();
          }
          return trial.suggest(TestStudies.X);
        },
        RunOptions.trials(TRIALS));
  }

  /** Cuts each connection with a probability of one half, again and again. */
  private void cut(String url, TestDatabase database, AtomicBoolean done)
      throws SQLException, InterruptedException {
    Random random = new Random(3);
    boolean postgres = database == TestDatabase.POSTGRESQL;
    String connections =
        postgres
            ? "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <>"
                + " pg_backend_pid()"
            : "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <>"
                + " CONNECTION_ID()";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      while (!done.get()) {
        List<Long> ids = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(connections)) {
          while (rows.next()) {
            ids.add(rows.getLong(1));
          }
        }
        for (long id : ids) {
          if (random.nextBoolean()) {
            kill(statement, postgres, id);
          }
        }
        Thread.sleep(20);
      }
    }
  }

  private void kill(Statement statement, boolean postgres, long id) throws SQLException {
    try {
      statement.execute(postgres ? "SELECT pg_terminate_backend(" + id + ")" : "KILL " + id);
      cuts.incrementAndGet();
    } catch (SQLException e) {
      // It has ended by itself since it was looked for.
      assertThat(e.getMessage()).contains("Unknown thread id");
    }
  }

  private static int count(String url, String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}

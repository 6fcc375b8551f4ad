package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.START;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyListener;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks that a session of another program has and does not let go. */
class HeldLockTest {

  private static final String IN_THE_WAY = "a lock of another connection was in the way";

  /** With one, ends are recorded at once. */
  private static final StudyListener ANY_LISTENER = new StudyListener() {};

  private final Path folder;

  HeldLockTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Study open(Storage storage) {
    return Study.named("study")
        .minimize("loss")
        .space(SearchSpace.of(TestStudies.X))
        .sampler(RandomSampler.ofDefaults())
        .seed(1)
        .storage(storage)
        .createOrResume();
  }

  private static void run(Study study, int trials) {
    study.optimize(trial -> trial.suggest(TestStudies.X), RunOptions.trials(trials));
  }

  private static JdbcStorage openImpatient(String url) {
    return JdbcStorage.builder(url).patience(Duration.ofMillis(500)).open();
  }

  /** Locks the rows of a table, or a file, until the connection is closed. */
  private static Connection lock(String url, String table) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      if (url.startsWith("jdbc:sqlite:")) {
        statement.execute("BEGIN IMMEDIATE");
      } else {
        connection.setAutoCommit(false);
        statement.execute("SELECT * FROM " + table + " FOR UPDATE");
      }
    }
    return connection;
  }

  @ParameterizedTest
  @EnumSource
  void ofTheStudyEndsARunThatCannotStartTrialsAndLosesNothing(TestDatabase database)
      throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = openImpatient(url)) {
      Study study = open(storage);
      run(study, 3);
      try (Connection locked = lock(url, "studies")) {
        assertThatThrownBy(() -> run(study, 5))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining(IN_THE_WAY);
        assertThat(locked.isClosed()).isFalse();
      }
      run(study, 5);
      assertThat(study.trials()).hasSize(5).allMatch(t -> t.state() == TrialState.COMPLETE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofTheStudyIsWaitedFor(TestDatabase database) throws Exception {
    String url = database.create(folder);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      Study study = open(storage);
      Future<?> running;
      try (Connection locked = lock(url, "studies")) {
        running = thread.submit(() -> run(study, 5));
        Thread.sleep(3_500);
        assertThat(running.isDone()).isFalse();
        assertThat(locked.isClosed()).isFalse();
      }
      running.get();
      assertThat(study.trials()).hasSize(5).allMatch(t -> t.state() == TrialState.COMPLETE);
    } finally {
      thread.shutdown();
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofAWaitingTrialEndsTheWaitForIt(TestDatabase database) throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = openImpatient(url)) {
      StudyStorage study = storage.create("study", List.of(Direction.MINIMIZE));
      study.commit(
          List.of(new StudyChange.EnqueueTrial(Map.of("x", 0.5), Map.of())), Durability.DURABLE);
      List<StudyChange> claim =
          List.of(new StudyChange.ClaimTrial(0, Configuration.empty(), START));
      try (Connection locked = lock(url, "trials")) {
        assertThatThrownBy(() -> study.commit(claim, Durability.DURABLE))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining(IN_THE_WAY);
        assertThat(locked.isClosed()).isFalse();
      }
      assertThat(study.commit(claim, Durability.DURABLE)).containsExactly(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(120)
  void ofALeaseDoesNotKeepAStorageFromBeingClosed(TestDatabase database) throws SQLException {
    String url = database.create(folder);
    JdbcStorage storage = JdbcStorage.builder(url).patience(Duration.ofDays(1)).open();
    StudyStorage study = storage.create("study", List.of(Direction.MINIMIZE));
    study.commit(List.of(TestStudies.start(0, TestStudies.x(0.5))), Durability.DURABLE);
    try (Connection locked = lock(url, "hpo4j_leases")) {
      storage.close();
      assertThat(locked.isClosed()).isFalse();
    }
    assertThatThrownBy(storage::studyNames)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("closed");
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  @Timeout(120)
  void ofAWorkerThatStandsStillIsTakenFromIt(TestDatabase kind) throws Exception {
    String url = kind.create(folder);
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (JdbcStorage storage = JdbcStorage.open(url);
        Database standing =
            Database.open(
                DatabaseUrl.parse(url),
                Optional.empty(),
                Optional.empty(),
                2,
                Duration.ofMinutes(1))) {
      Study study = open(storage);
      Future<Boolean> work =
          thread.submit(
              () ->
                  standing.write(
                      connection -> {
                        Sql.exists(
                            connection,
                            "SELECT study_id FROM studies" + standing.dialect().forUpdate());
                        locked.countDown();
                        await(done);
                        return Sql.exists(connection, "SELECT study_id FROM studies");
                      },
                      connection -> false));
      locked.await();
      run(study, 5);
      done.countDown();
      assertThat(work.get()).as("goes on in a transaction of its own").isTrue();
      assertThat(study.trials()).hasSize(5).allMatch(t -> t.state() == TrialState.COMPLETE);
    } finally {
      thread.shutdown();
    }
  }

  /** A run of six trials that ends with an error, since all rows are locked when the third ends. */
  private static void runUntilLocked(Study study, String url, RunOptions options)
      throws SQLException {
    List<Connection> locked = new ArrayList<>();
    assertThatThrownBy(
            () ->
                study.optimize(
                    trial -> {
                      double x = trial.suggest(TestStudies.X);
                      if (trial.number() == 2) {
                        locked.add(lock(url, "trials"));
                      }
                      return x;
                    },
                    options))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(IN_THE_WAY);
    locked.get(0).close();
  }

  private static void requireSixComplete(Study study) {
    assertThat(study.trials()).hasSize(6).allMatch(t -> t.state() == TrialState.COMPLETE);
  }

  @ParameterizedTest
  @EnumSource
  void whatEndedMeanwhileIsRecordedByWhoeverOpensTheStudyAgain(TestDatabase database)
      throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = openImpatient(url)) {
      runUntilLocked(open(storage), url, RunOptions.trials(6));
      List<Integer> evaluated = new ArrayList<>();
      Study again = open(storage);
      again.optimize(
          trial -> {
            evaluated.add(trial.number());
            return trial.suggest(TestStudies.X);
          },
          RunOptions.trials(6));

      requireSixComplete(again);
      assertThat(evaluated).containsExactly(3, 4, 5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatCouldNotEndRunsAgainForWhoeverOpensTheStudyAgain(TestDatabase database)
      throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = openImpatient(url)) {
      runUntilLocked(open(storage), url, RunOptions.trials(6).withListener(ANY_LISTENER));
      Study again = open(storage);
      run(again, 6);

      requireSixComplete(again);
    }
  }

  /** Although the process that ran it lives, and renews the leases of other trials. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Timeout(120)
  void whatCouldNotEndIsFreeForOthersWhenItsLeaseEnds(boolean withListener) throws SQLException {
    String url = TestDatabase.POSTGRESQL.create(folder);
    Duration lease = Duration.ofSeconds(2);
    JdbcStorage.Builder shortLeases =
        JdbcStorage.builder(url)
            .lease(lease, Duration.ofMillis(200))
            .patience(Duration.ofMillis(500));
    try (JdbcStorage storage = shortLeases.open();
        JdbcStorage other = shortLeases.open()) {
      RunOptions options = RunOptions.trials(6);
      runUntilLocked(
          open(storage), url, withListener ? options.withListener(ANY_LISTENER) : options);
      Study elsewhere = open(other);
      run(elsewhere, 6);

      requireSixComplete(elsewhere);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

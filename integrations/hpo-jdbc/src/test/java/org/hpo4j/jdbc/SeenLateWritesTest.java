package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.WorkerId;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyBuilder;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialPrunedException;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a worker writes late of a trial of which it has already read that it is another's: it is
 * refused and noted as if it had not, and the objective does not learn of it.
 */
class SeenLateWritesTest {

  /** Short, so that a worker soon looks what became of a trial that it could not renew. */
  private static final Duration LEASE = Duration.ofMillis(200);

  private final Path folder;

  SeenLateWritesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What a worker that was taken for dead does next. */
  private enum Late {
    TELL {
      @Override
      void write(Study study, Trial trial) {
        study.tell(trial, -1);
      }
    },
    TELL_TO_TRY_AGAIN {
      @Override
      void write(Study study, Trial trial) {
        study.tell(trial, Outcome.failed(FailureReason.EXCEPTION, "late"));
      }
    },
    REPORT {
      @Override
      void write(Study study, Trial trial) {
        trial.report(1, -1);
      }
    },
    REPORT_OR_PRUNE {
      @Override
      void write(Study study, Trial trial) {
        assertThatThrownBy(() -> trial.reportOrPrune(1, -1))
            .isInstanceOf(TrialPrunedException.class);
      }
    };

    abstract void write(Study study, Trial trial);
  }

  /** How far another worker has come with the trial. */
  private enum Elsewhere {
    WAITS,
    RUNS,
    HAS_ENDED
  }

  private static Stream<Arguments> cases() {
    return Arrays.stream(TestDatabase.values())
        .flatMap(
            database ->
                Arrays.stream(Late.values())
                    .flatMap(
                        late ->
                            Arrays.stream(Elsewhere.values())
                                .map(state -> Arguments.of(database, late, state))));
  }

  private static StudyBuilder study(Storage storage) {
    return Study.named("late")
        .minimize("loss")
        .retrying(FailureReason.EXCEPTION, 3)
        .sampler(RandomSampler.ofDefaults())
        .storage(storage);
  }

  /** Another worker takes trial 0 for one of a dead process. */
  private static void takeTheTrial(String url, Storage another, Elsewhere state)
      throws SQLException {
    WorkerId own = WorkerId.create();
    WorkerId dead = new WorkerId(own.host(), own.boot(), own.pidSpace(), 1, "1", own.random());
    TestDatabase.execute(url, "UPDATE hpo4j_leases SET worker = '" + dead + "'");
    Study other = study(another).resume();
    assertThat(other.trial(0).state()).isEqualTo(TrialState.WAITING);
    if (state != Elsewhere.WAITS) {
      Trial again = other.ask();
      assertThat(again.number()).isZero();
      if (state == Elsewhere.HAS_ENDED) {
        other.tell(again, 5);
      }
    }
  }

  private static void awaitRead(Study study, Elsewhere state) throws InterruptedException {
    Thread.sleep(LEASE.toMillis());
    assertThat(study.trial(0).state())
        .isEqualTo(
            switch (state) {
              case WAITS -> TrialState.WAITING;
              case RUNS -> TrialState.RUNNING;
              case HAS_ENDED -> TrialState.COMPLETE;
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areRefusedAndNoted(TestDatabase database, Late late, Elsewhere state) throws Exception {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.builder(url).lease(LEASE, LEASE.dividedBy(2)).open();
        JdbcStorage another = JdbcStorage.open(url)) {
      Study study = study(storage).create();
      Trial trial = study.ask();
      takeTheTrial(url, another, state);
      awaitRead(study, state);

      late.write(study, trial);

      Study fresh = study(another).resume();
      assertThat(fresh.trial(0).reports()).isEmpty();
      assertThat(fresh.trial(0).outcome())
          .isEqualTo(
              state == Elsewhere.HAS_ENDED ? Optional.of(Outcome.completed(5)) : Optional.empty());
      assertThat(study.trial(0).state()).isEqualTo(fresh.trial(0).state());
      assertThat(TestDatabase.ints(url, "SELECT token FROM hpo4j_late_writes")).containsExactly(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void doNotEndARun(TestDatabase database) throws Exception {
    String url = database.create(folder);
    List<Integer> run = new ArrayList<>();
    try (JdbcStorage storage = JdbcStorage.builder(url).lease(LEASE, LEASE.dividedBy(2)).open();
        JdbcStorage another = JdbcStorage.open(url)) {
      Study study = study(storage).create();
      study.optimize(
          trial -> {
            run.add(trial.number());
            if (trial.number() == 0) {
              takeTheTrial(url, another, Elsewhere.HAS_ENDED);
              awaitRead(study, Elsewhere.HAS_ENDED);
              trial.report(1, -1);
            }
            return 1;
          },
          RunOptions.trials(3));

      assertThat(run).containsExactly(0, 1, 2);
      assertThat(study.trial(0).outcome()).contains(Outcome.completed(5));
      assertThat(TestDatabase.ints(url, "SELECT token FROM hpo4j_late_writes"))
          .containsExactly(1, 1);
    }
  }

  private static void writeLate(Trial trial) {
    trial.report(1, 0.125);
    trial.setAttribute("late", "x".repeat(2_000));
    trial.report(2, 0.25);
    trial.setAttribute("later", "y".repeat(2_000));
  }

  private static void requireAllNoted(String url) throws SQLException {
    List<String> notes =
        TestDatabase.texts(url, "SELECT changes FROM hpo4j_late_writes ORDER BY written_ms");
    assertThat(notes).hasSize(3);
    assertThat(notes).anySatisfy(note -> assertThat(note).contains("value=0.125"));
    assertThat(notes).anySatisfy(note -> assertThat(note).contains("key=late"));
    assertThat(notes)
        .anySatisfy(note -> assertThat(note).contains("FinishTrial", "0.5").contains("key=later"));
  }

  /** Above all how the trial ended, which long attributes beside it do not cut off. */
  @ParameterizedTest
  @EnumSource
  void areAllNotedOfATrialThatIsTold(TestDatabase database) throws Exception {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url);
        JdbcStorage another = JdbcStorage.open(url)) {
      Study study = study(storage).create();
      Trial trial = study.ask();
      takeTheTrial(url, another, Elsewhere.HAS_ENDED);
      writeLate(trial);
      study.tell(trial, 0.5);

      requireAllNoted(url);
      assertThat(study(another).resume().trial(0).outcome()).contains(Outcome.completed(5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void areAllNotedOfATrialInARunWithThreads(TestDatabase database) throws Exception {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url);
        JdbcStorage another = JdbcStorage.open(url)) {
      Study study = study(storage).create();
      study.optimize(
          trial -> {
            if (trial.number() == 0) {
              TestDatabase.execute(url, "UPDATE trials SET state = 'FAIL' WHERE number = 0");
              writeLate(trial);
            }
            return 0.5;
          },
          RunOptions.trials(5).withParallelism(2));

      requireAllNoted(url);
      assertThat(study(another).resume().trial(0).state()).isEqualTo(TrialState.FAILED);
    }
  }

  /** To the database both attempts are of one worker. */
  @ParameterizedTest
  @EnumSource
  void ofAnEarlierAttemptOfThisProcessAreRefusedAndNotedToo(TestDatabase database)
      throws Exception {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.builder(url).lease(LEASE, LEASE.dividedBy(2)).open();
        JdbcStorage another = JdbcStorage.open(url)) {
      Study study = study(storage).create();
      Trial first = study.ask();
      takeTheTrial(url, another, Elsewhere.WAITS);
      awaitRead(study, Elsewhere.WAITS);
      Trial second = study.ask();
      assertThat(second.number()).isZero();

      study.tell(first, -99);

      assertThat(study.trial(0).outcome()).isEmpty();
      second.report(1, 4);
      study.tell(second, 5);
      assertThat(study(another).resume().trial(0).outcome()).contains(Outcome.completed(5));
      assertThat(TestDatabase.ints(url, "SELECT token FROM hpo4j_late_writes")).containsExactly(1);
    }
  }
}

package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs of one study at the same time in one process do together what each was asked for. */
@Timeout(60)
class ConcurrentRunsTest {

  private static final int TRIALS = 100;

  /** Where the study is kept, and how many objects of it there are. */
  private enum Place {
    IN_MEMORY,
    IN_MEMORY_TWICE,
    JOURNAL,
    JOURNAL_TWICE
  }

  private final Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  ConcurrentRunsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private Storage storage(Place place) {
    return place == Place.JOURNAL || place == Place.JOURNAL_TWICE
        ? JournalStorage.open(folder.resolve("journal"))
        : Storage.inMemory();
  }

  private static Study open(Storage storage) {
    return Study.named("shared")
        .minimize("loss")
        .sampler(RandomSampler.ofDefaults())
        .seed(3)
        .storage(storage)
        .createOrResume();
  }

  /** The study of the second run. */
  private static Study second(Place place, Study study, Storage storage) {
    return place == Place.IN_MEMORY_TWICE || place == Place.JOURNAL_TWICE ? open(storage) : study;
  }

  private static double value(Trial trial) {
    return trial.uniform("x", 0, 1);
  }

  private static long finished(Study study) {
    return study.trials().stream().filter(trial -> trial.state().isFinished()).count();
  }

  @ParameterizedTest
  @EnumSource
  void endAsManyTrialsAsWereAskedFor(Place place) throws Exception {
    try (Storage storage = storage(place)) {
      Study study = open(storage);
      Study second = second(place, study, storage);
      AtomicInteger evaluated = new AtomicInteger();
      List<Future<?>> runs = new ArrayList<>();
      for (Study each : List.of(study, second)) {
        runs.add(
            threads.submit(
                () ->
                    each.optimize(
                        trial -> {
                          evaluated.incrementAndGet();
                          return value(trial);
                        },
                        RunOptions.trials(TRIALS).withParallelism(2))));
      }
      for (Future<?> run : runs) {
        run.get();
      }
      assertThat(study.trials())
          .hasSize(TRIALS)
          .allMatch(trial -> trial.state() == TrialState.COMPLETE);
      assertThat(evaluated).hasValue(TRIALS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneWaitsForTheLastTrialOfTheOther(Place place) throws Exception {
    try (Storage storage = storage(place)) {
      Study study = open(storage);
      Study second = second(place, study, storage);
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch mayEnd = new CountDownLatch(1);
      Future<?> first =
          threads.submit(
              () -> {
                study.optimize(
                    trial -> {
                      running.countDown();
                      mayEnd.await();
                      return value(trial);
                    },
                    RunOptions.trials(1));
                return true;
              });
      running.await();
      AtomicInteger evaluated = new AtomicInteger();
      Thread waiter =
          new Thread(
              () -> second.optimize(trial -> evaluated.incrementAndGet(), RunOptions.trials(1)));
      waiter.start();
      while (waiter.isAlive() && waiter.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      mayEnd.countDown();
      first.get();
      waiter.join();

      assertThat(evaluated).hasValue(0);
      assertThat(second.trialCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneTakesOverWhatTheOtherGivesBack(Place place) throws Exception {
    try (Storage storage = storage(place)) {
      Study study = open(storage);
      Study second = second(place, study, storage);
      CountDownLatch running = new CountDownLatch(1);
      FutureTask<Boolean> interrupted =
          new FutureTask<>(
              () -> {
                study.optimize(
                    trial -> {
                      running.countDown();
                      new CountDownLatch(1).await();
                      return value(trial);
                    },
                    RunOptions.trials(1));
                return Thread.interrupted();
              });
      Thread first = new Thread(interrupted);
      first.start();
      running.await();
      Future<?> other =
          threads.submit(() -> second.optimize(ConcurrentRunsTest::value, RunOptions.trials(1)));
      first.interrupt();
      assertThat(interrupted.get()).isTrue();
      other.get();

      assertThat(finished(second)).isEqualTo(1);
      assertThat(second.trialCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noneWaitsForATrialThatWasAskedFor(Place place) throws Exception {
    try (Storage storage = storage(place)) {
      Study study = open(storage);
      study.ask();
      Study second = second(place, study, storage);
      second.optimize(ConcurrentRunsTest::value, RunOptions.trials(2));

      assertThat(finished(second)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anObjectiveMayRunOtherStudiesButNotItsOwn(Place place) {
    try (Storage storage = storage(place)) {
      Study study = open(storage);
      Study second = second(place, study, storage);
      assertThatThrownBy(
              () ->
                  study.optimize(
                      trial -> {
                        second.optimize(ConcurrentRunsTest::value, RunOptions.trials(2));
                        return 0;
                      },
                      RunOptions.trials(2)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("study 'shared'")
          .hasMessageContaining("its own trial 0");

      Study other = Study.named("other").minimize("loss").storage(storage).createOrResume();
      other.optimize(
          trial -> {
            study.optimize(ConcurrentRunsTest::value, RunOptions.trials(2));
            return study.best().value();
          },
          RunOptions.trials(2));
      assertThat(finished(study)).isEqualTo(2);
      assertThat(finished(other)).isEqualTo(2);
    }
  }
}

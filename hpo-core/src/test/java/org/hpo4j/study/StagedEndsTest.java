package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.trial.Device;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;

/** The end of a trial waits for the start of the next one, and is written if there is none. */
class StagedEndsTest {

  private final FaultyStorage storage = new FaultyStorage();
  private final Study study = Study.named("staged").minimize("loss").storage(storage).create();

  @Test
  void theEndOfATrialIsWrittenWithTheStartOfTheNext() {
    study.optimize(
        trial -> {
          assertThat(storage.staged()).isEmpty();
          assertThat(storage.endsWritten()).hasSize(trial.number());
          return 1;
        },
        RunOptions.trials(3));
  }

  @Test
  void theLastEndIsWrittenAndDurableWhenTheRunEnds() {
    study.optimize(trial -> 1, RunOptions.trials(1));

    assertThat(storage.endsWritten()).containsExactly(0);
    assertThat(storage.syncs()).isPositive();
  }

  @Test
  void anEndIsWrittenWhileTheRunWaitsForAnotherTrial() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    Thread watcher =
        new Thread(
            () -> {
              while (!study.locked(() -> storage.endsWritten().contains(1))) {
                Thread.onSpinWait();
              }
              written.countDown();
            });
    watcher.start();
    study.optimize(
        trial -> {
          if (trial.number() == 0) {
            // Trial 2 may not start before this one has ended, so nothing else writes that of 1.
            written.await();
          }
          return 1;
        },
        RunOptions.trials(3).ordered(2).withParallelism(2));
    watcher.join();

    assertThat(storage.endsWritten()).containsExactly(1, 0, 2);
  }

  /** Which may be for hours, and what has ended must survive a crash of the machine. */
  @Test
  void anEndIsDurableWhileTheRunWaitsForAnotherTrial() throws Exception {
    study.optimize(
        trial -> {
          for (int i = 0; trial.number() == 0 && !storage.endsSynced().contains(1); i++) {
            assertThat(i).as("milliseconds that the sync was waited for").isLessThan(20_000);
            Thread.sleep(1);
          }
          return 1;
        },
        RunOptions.trials(3).ordered(2).withParallelism(2));

    assertThat(storage.endsSynced()).containsExactly(1, 0, 2);
  }

  @Test
  void anEndIsWrittenWhenItsThreadHasNoMoreToStartWhileAnotherEvaluates() throws Exception {
    study.optimize(
        trial -> {
          if (trial.number() == 0) {
            awaitEndOf(1);
          }
          return 1;
        },
        RunOptions.trials(2).withParallelism(2));

    assertThat(storage.endsWritten()).containsExactly(1, 0);
  }

  @Test
  void anInterruptDoesNotHideThatAnEndIsNotDurable() {
    assertThatThrownBy(
            () ->
                study.optimize(
                    trial -> {
                      if (trial.number() == 1) {
                        storage.failToSync(2);
                        throw new InterruptedException("enough");
                      }
                      return 1;
                    },
                    RunOptions.trials(3)))
        .isInstanceOf(StorageException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anEndIsWrittenWhileItsThreadWaitsForADevice() throws Exception {
    DeviceSlots slots = DeviceSlots.gpus(1);
    AtomicInteger lastEvaluated = new AtomicInteger(-1);
    FutureTask<Boolean> other = new FutureTask<>(() -> holdUntilWritten(slots, lastEvaluated));
    new Thread(other).start();
    study.optimize(
        trial -> {
          if (other.isDone()) {
            throw new InterruptedException("enough");
          }
          lastEvaluated.set(trial.number());
          return 1;
        },
        RunOptions.unlimited().withDevices(slots));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(other.get()).isTrue();
  }

  /**
   * Takes the device between two trials, and gives it back when the end of the first is written.
   */
  private boolean holdUntilWritten(DeviceSlots slots, AtomicInteger lastEvaluated)
      throws InterruptedException {
    Optional<Device> device = Optional.empty();
    while (device.isEmpty() || lastEvaluated.get() < 0) {
      device.ifPresent(slots::release);
      device = slots.acquire(Duration.ZERO);
    }
    try {
      awaitEndOf(lastEvaluated.get());
      return true;
    } finally {
      slots.release(device.get());
    }
  }

  private void awaitEndOf(int number) throws InterruptedException {
    for (int i = 0; !study.locked(() -> storage.endsWritten().contains(number)); i++) {
      assertThat(i).as("milliseconds that the end was waited for").isLessThan(20_000);
      Thread.sleep(1);
    }
  }

  @Test
  void endsAreWrittenWhenTheRunIsInterrupted() throws Exception {
    study.optimize(
        trial -> {
          if (trial.number() == 1) {
            throw new InterruptedException();
          }
          return 1;
        },
        RunOptions.trials(5));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(storage.staged()).isEmpty();
    assertThat(storage.endsWritten()).containsExactly(0);
  }

  @Test
  void anEndIsWrittenWhenTheObjectiveEndsTheRun() {
    assertThatThrownBy(
            () ->
                study.optimize(
                    trial -> {
                      throw new IllegalStateException("broken");
                    },
                    RunOptions.trials(5)))
        .hasMessage("broken");

    assertThat(storage.endsWritten()).containsExactly(0);
  }

  @Test
  void anEndThatCouldNotBeWrittenAtFirstIsWrittenThen() {
    storage.failToEnd(1);
    study.optimize(trial -> 1, RunOptions.trials(3));

    assertThat(storage.endsWritten()).containsExactly(0, 1, 2);
  }

  @Test
  void anEndThatCouldNotBeWrittenTwiceIsWrittenWhenTheRunEndsForThat() {
    storage.failToEnd(2);
    assertThatThrownBy(() -> study.optimize(trial -> 1, RunOptions.trials(3)))
        .isInstanceOf(StorageException.class)
        .hasMessage("the disk is full");

    assertThat(storage.endsWritten()).containsExactly(0);
  }

  @Test
  void anEndThatCouldNotBeWrittenAtAllIsWrittenByTheNextRun() {
    storage.failToEnd(3);
    assertThatThrownBy(() -> study.optimize(trial -> 1, RunOptions.trials(3)))
        .isInstanceOf(StorageException.class);
    assertThat(storage.staged()).hasOnlyElementsOfType(StudyChange.FinishTrial.class).hasSize(1);
    study.optimize(trial -> 1, RunOptions.trials(3));

    assertThat(storage.endsWritten()).containsExactly(0, 1, 2);
    assertThat(study.trials()).extracting(FrozenTrial::state).containsOnly(TrialState.COMPLETE);
  }
}

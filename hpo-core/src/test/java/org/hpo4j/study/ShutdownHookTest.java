package org.hpo4j.study;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hook does to a run, in a process that does not end. */
class ShutdownHookTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Study study = Study.named("hook").minimize("loss").create();

  private ShutdownHook hook(RunState state, Duration patience) {
    return new ShutdownHook(study, state, patience, new PrintStream(printed, true, UTF_8));
  }

  private RunState state() {
    return new RunState("hook", study.lifecycle(), RunOptions.trials(5), true);
  }

  @Test
  void aRunStartsNoTrialAfterwards() throws Exception {
    RunState state = state();
    hook(state, Duration.ofMinutes(1)).run();

    assertThat(state.startNext()).isEmpty();
    assertThat(printed.toString(UTF_8))
        .contains("no trial waits to run again")
        .contains("Study 'hook'");
  }

  @Test
  void itGivesUpOnAStorageThatDoesNotAnswer() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    CountDownLatch locked = new CountDownLatch(1);
    RunState state = state();
    // A storage that is written to holds the study's lock.
    Thread writer =
        new Thread(
            () ->
                study.locked(
                    () -> {
                      locked.countDown();
                      try {
                        done.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      return 0;
                    }));
    writer.start();
    locked.await();
    hook(state, Duration.ofMillis(50)).run();
    done.countDown();
    writer.join();

    assertThat(printed.toString(UTF_8)).contains("did not record within");
  }

  @Test
  void aSummaryThatFailsIsNotTakenForTrialsThatWereNotReleased(@TempDir Path folder) {
    Storage storage = JournalStorage.open(folder.resolve("journal"));
    Study kept = Study.named("hook").minimize("loss").storage(storage).create();
    RunState state = new RunState("hook", kept.lifecycle(), RunOptions.trials(5), true);
    storage.close();
    new ShutdownHook(kept, state, Duration.ofMinutes(1), new PrintStream(printed, true, UTF_8))
        .run();
    assertThat(printed.toString(UTF_8))
        .contains("the process ends; no trial waits to run again")
        .contains("study 'hook' could not be summed up")
        .contains("is closed; open it again");
  }

  @Test
  void whatAWithdrawnTrialStillSaysIsIgnored() throws Exception {
    RunState state = state();
    TrialStart start = ((TrialStarter.Start.Started) state.startNext().orElseThrow()).trial();
    LiveTrial trial =
        new LiveTrial(study.lifecycle(), start, Optional.empty(), ReportObserver.NONE);
    state.withdrawAll(thread -> false);
    trial.report(0, 1);
    trial.finish(Outcome.completed(1));

    assertThat(trial.shouldPrune()).isTrue();
    assertThat(study.trials()).extracting(FrozenTrial::state).containsExactly(TrialState.WAITING);
    assertThat(study.trial(0).reports()).isEmpty();
  }
}

package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.hpo4j.storage.Jvm;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that was killed loses its trials to those that still run. */
class DeadWorkerTest {

  private final Path journal;

  DeadWorkerTest(@TempDir Path folder) {
    this.journal = folder.resolve("journal.log");
  }

  /** A process that runs one trial for ever. */
  static final class Program {

    private Program() {}

    /** Prints the number of its trial; the argument is the journal. */
    public static void main(String[] arguments) throws InterruptedException {
      try (Storage storage = JournalStorage.open(Path.of(arguments[0]))) {
        study(storage).optimize(DeadWorkerTest::endless, RunOptions.trials(1));
      }
    }
  }

  private static Study study(Storage storage) {
    return Study.named("dead").minimize("loss").seed(1).storage(storage).createOrResume();
  }

  @SuppressWarnings("SystemOut") // the way to the parent
  private static double endless(Trial trial) throws InterruptedException {
    System.out.println(trial.number());
    TimeUnit.HOURS.sleep(1);
    return 0;
  }

  /**
   * The run has always another trial to start if it is busy, and none if it waits; it ends when the
   * lost one has.
   */
  @ParameterizedTest
  @ValueSource(strings = {"busy", "waiting"})
  @Timeout(60)
  void aRunOfAnotherProcessPicksUpItsTrial(String kind) throws Exception {
    Process doomed = Jvm.start(Program.class, journal.toString());
    try (BufferedReader lines = doomed.inputReader();
        Storage storage = JournalStorage.open(journal)) {
      int lost = Integer.parseInt(lines.readLine());
      Study study = study(storage);
      RunOptions options =
          RunOptions.unlimited().stopWhen((running, last) -> last.number() == lost);
      study.optimize(
          trial -> {
            if (trial.number() == lost + 1) {
              ProcessHandle.of(doomed.pid()).ifPresent(ProcessHandle::destroyForcibly);
            }
            TimeUnit.MILLISECONDS.sleep(10);
            return 1;
          },
          kind.equals("busy") ? options : options.ordered(2));

      assertThat(study.trial(lost).state()).isEqualTo(TrialState.COMPLETE);
      assertThat(study.storage().table().systemAttribute(lost, Retries.ATTEMPTS)).contains(2L);
    }
  }
}

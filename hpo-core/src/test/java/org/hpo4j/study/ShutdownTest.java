package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialPrunedException;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that is asked to end leaves its study as if it had never been interrupted. */
class ShutdownTest {

  private static final int TRIALS = 30;

  /** The trials from here on wait for a signal. */
  private static final int PATIENT = 10;

  private final Path journal;
  private final Path errors;

  ShutdownTest(@TempDir Path folder) {
    this.journal = folder.resolve("journal.log");
    this.errors = folder.resolve("errors.log");
  }

  /** A process with a study: the journal, then what it does. */
  static final class Program {

    private Program() {}

    /** Runs a study, whose later trials never end by themselves. */
    public static void main(String[] arguments) throws Exception {
      try (Storage storage = JournalStorage.open(Path.of(arguments[0]))) {
        switch (arguments[1]) {
          case "wait" -> optimize(storage, ShutdownTest::patient, options());
          case "wait without hook" ->
              optimize(storage, ShutdownTest::patient, options().withoutShutdownHook());
          case "return" -> optimize(storage, ShutdownTest::returning, RunOptions.trials(TRIALS));
          case "exit" ->
              optimize(storage, ShutdownTest::exit, RunOptions.trials(1).withParallelism(2));
          default -> {
            optimize(storage, ShutdownTest::value, options());
            tell("over");
            TimeUnit.HOURS.sleep(1);
          }
        }
      }
    }
  }

  @SuppressWarnings("SystemOut") // the way to the parent
  private static void tell(Object what) {
    System.out.println(what);
  }

  private static RunOptions options() {
    return RunOptions.trials(TRIALS).ordered(4).withParallelism(2);
  }

  private static <X extends Exception> Study optimize(
      Storage storage, Objective<X> objective, RunOptions options) throws X {
    Study study =
        Study.named("signals")
            .minimize("loss")
            .sampler(TpeSampler.ofDefaults())
            .seed(3)
            .storage(storage)
            .createOrResume();
    study.optimize(objective, options);
    return study;
  }

  private static double value(Trial trial) {
    double x = trial.uniform("x", -5, 5);
    trial.report(0, x);
    return x * x + trial.random("noise").nextDouble();
  }

  /** Whatever interrupts it, it goes on, and reports and returns nonsense in the end. */
  private static double patient(Trial trial) {
    if (trial.number() < PATIENT) {
      return value(trial);
    }
    trial.report(0, 1e9);
    tell(trial.number());
    try {
      TimeUnit.HOURS.sleep(1);
    } catch (InterruptedException e) {
      trial.report(1, 1e9);
    }
    return 1e9;
  }

  /** Ends by itself when the process is asked to end; its program closes the storage at once. */
  private static double returning(Trial trial) {
    if (trial.number() < PATIENT) {
      return value(trial);
    }
    tell(trial.number());
    Thread hook = new Thread(() -> {});
    try {
      while (true) {
        Runtime.getRuntime().addShutdownHook(hook);
        Runtime.getRuntime().removeShutdownHook(hook);
        Thread.onSpinWait();
      }
    } catch (IllegalStateException e) {
      // Hooks are at work.
      throw new TrialPrunedException("the process ends");
    }
  }

  private static double exit(Trial trial) {
    Runtime.getRuntime().exit(5);
    return trial.number();
  }

  private Process start(String mode) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            journal.toString(),
            mode)
        .redirectError(errors.toFile())
        .start();
  }

  /** Runs the process until two trials wait in it, and sends it a signal. */
  private int signal(String name) throws Exception {
    return signal(name, "wait", 2);
  }

  private int signal(String name, String mode, int lines) throws Exception {
    Process process = start(mode);
    try (BufferedReader reader = process.inputReader()) {
      for (int i = 0; i < lines; i++) {
        assertThat(reader.readLine()).isNotNull();
      }
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
    return process.exitValue();
  }

  private String errors() throws IOException {
    return Files.readString(errors, StandardCharsets.UTF_8);
  }

  private List<TrialState> states() {
    try (Storage storage = JournalStorage.open(journal)) {
      return Stream.iterate(0, n -> n + 1)
          .limit(storage.find("signals").orElseThrow().table().size())
          .map(n -> storage.find("signals").orElseThrow().table().state(n))
          .toList();
    }
  }

  private void assertTwoTrialsWaitAgain() throws IOException {
    assertThat(states())
        .hasSize(PATIENT + 2)
        .doesNotContain(TrialState.RUNNING)
        .endsWith(TrialState.WAITING, TrialState.WAITING);
    assertThat(errors())
        .contains("trials [10, 11] wait to run again")
        .contains("Study 'signals'")
        .contains("12 trials: 10 complete, 2 waiting");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aTerminatedRunGivesItsTrialsBackAndPrintsItsSummary() throws Exception {
    assertThat(signal("TERM")).isEqualTo(143);

    assertTwoTrialsWaitAgain();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aRunThatEndsAtTheSignalReturnsOnlyWhenItsSummaryIsPrinted() throws Exception {
    for (int i = 0; i < 4; i++) {
      assertThat(signal("TERM", "return", 1)).isEqualTo(143);

      assertThat(errors()).contains("Study 'signals'", " trials: 10 complete");
    }
    assertThat(states()).doesNotContain(TrialState.RUNNING);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anInterruptedRunGivesItsTrialsBackAndPrintsItsSummary() throws Exception {
    assumeThat(ignoresInterrupts())
        .as("a build that a shell started in the background ignores SIGINT, and all its children")
        .isFalse();
    assertThat(signal("INT")).isEqualTo(130);

    assertTwoTrialsWaitAgain();
  }

  /** Whether signal 2 is in the mask of those that this process ignores. */
  private static boolean ignoresInterrupts() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring(line.indexOf(':') + 1).strip(), 16))
          .anyMatch(mask -> (mask & 2) != 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aTerminatedRunIsResumedToTheUninterruptedStudy() throws Exception {
    // More often than a trial may be lost.
    for (int i = 0; i < 4; i++) {
      assertThat(signal("TERM")).isEqualTo(143);
    }
    String expected =
        optimize(Storage.inMemory(), ShutdownTest::value, options()).export().canonicalJson();
    try (Storage storage = JournalStorage.open(journal)) {
      Study resumed = optimize(storage, ShutdownTest::value, options());
      assertThat(resumed.export().canonicalJson()).isEqualTo(expected);
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aRunWithoutTheHookLeavesItsTrialsToBeFoundLost() throws Exception {
    assertThat(signal("TERM", "wait without hook", 2)).isEqualTo(143);

    assertThat(states()).endsWith(TrialState.RUNNING, TrialState.RUNNING);
    assertThat(errors()).doesNotContain("wait to run again");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aRunThatIsOverHasNoHookLeft() throws Exception {
    assertThat(signal("TERM", "end", 1)).isEqualTo(143);

    assertThat(errors()).isEmpty();
    assertThat(states()).hasSize(TRIALS).containsOnly(TrialState.COMPLETE);
  }

  @Test
  void aTrialThatEndsItsOwnProcessIsNotGivenBack() throws Exception {
    Process process = start("exit");

    assertThat(process.waitFor()).isEqualTo(5);
    assertThat(states()).contains(TrialState.RUNNING).doesNotContain(TrialState.WAITING);
  }
}

package org.hpo4j.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hpo4j.study.Objective;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialPrunedException;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a trial does, its outcome is recorded as what it was and the study goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForkedOutcomeTest {

  /** What a trial may do to its process. */
  enum Deed {
    RETURN,
    PRUNE,
    FAIL,
    THROW,
    EXHAUST_HEAP,
    RECURSE,
    EXIT,
    HALT,
    PRINT_GARBAGE,
    CRASH,
    KILL_ITSELF,
    LEAVE_A_PROCESS;

    /** The number of the trial that does it. */
    int trial() {
      return List.of(values()).indexOf(this);
    }
  }

  /** Does what it is told. */
  static final class Doer implements Objective<Exception> {

    private static final List<byte[]> KEPT = new ArrayList<>();

    /** For the trial's process. */
    public Doer() {}

    @Override
    @SuppressWarnings("SystemOut") // what is printed is under test
    public double evaluate(Trial trial) throws Exception {
      Deed deed = trial.choice("deed", Deed.values());
      System.out.println("about to " + deed);
      trial.setAttribute("pid", ProcessHandle.current().pid());
      switch (deed) {
        case RETURN -> {}
        case PRUNE -> throw new TrialPrunedException("enough");
        case FAIL -> throw new TrialFailedException(FailureReason.NOT_A_NUMBER, "diverged");
        case THROW -> throw new FileNotFoundException("no data");
        case EXHAUST_HEAP -> {
          while (true) {
            KEPT.add(new byte[1 << 16]);
          }
        }
        case RECURSE -> recurse(0);
        case EXIT -> System.exit(3);
        case HALT -> Runtime.getRuntime().halt(4);
        case PRINT_GARBAGE -> {
          byte[] garbage = new byte[100_000];
          trial.random("garbage").nextBytes(garbage);
          System.out.write(garbage, 0, garbage.length);
          System.out.println("{\"end\":\"values\",\"values\":[666]}");
          System.out.flush();
        }
        case CRASH -> crash();
        case KILL_ITSELF -> {
          new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start();
          TimeUnit.HOURS.sleep(1);
        }
        case LEAVE_A_PROCESS -> {
          // Its parent dies first, so that it descends from nobody.
          Process left = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!").start();
          trial.setAttribute("left", Long.parseLong(left.inputReader().readLine()));
          Runtime.getRuntime().halt(0);
        }
      }
      return 42;
    }

    @SuppressWarnings("InfiniteRecursion") // is under test
    private static int recurse(int depth) {
      return recurse(depth + 1) + 1;
    }

    /** Writes to address 0, as a bug in native code would. */
    private static void crash() throws ReflectiveOperationException {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field field = unsafe.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      unsafe.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 0L, 0L);
    }
  }

  private Study study = Study.named("deeds").minimize("loss").create();
  private Path output = Path.of("");

  /** All deeds in one study, two at a time: each trial starts a process. */
  @BeforeAll
  void runAll(@TempDir Path folder) throws Exception {
    output = folder.resolve("output");
    study =
        Study.named("deeds")
            .minimize("loss")
            .artifacts(folder.resolve("artifacts"))
            .seed(1)
            .create();
    for (Deed deed : Deed.values()) {
      study.enqueue(Map.of("deed", deed));
    }
    study.optimize(
        ForkedObjective.of(Doer.class, Forks.quick().withOutput(output)),
        RunOptions.trials(Deed.values().length)
            .withParallelism(2)
            .tolerating(ForkedTrialException.class));
  }

  private FrozenTrial trial(Deed deed) {
    return study.trial(deed.trial());
  }

  private Outcome.Failed failure(Deed deed) {
    return (Outcome.Failed) trial(deed).outcome().orElseThrow();
  }

  @Test
  void aValueIsTheTrialsValue() {
    assertThat(trial(Deed.RETURN).value()).isEqualTo(42);
  }

  @Test
  void aTrialThatGivesUpIsPruned() {
    assertThat(trial(Deed.PRUNE).state()).isEqualTo(TrialState.PRUNED);
  }

  @Test
  void aFailureKeepsItsReason() {
    assertThat(failure(Deed.FAIL).reason()).isEqualTo(FailureReason.NOT_A_NUMBER);
    assertThat(failure(Deed.FAIL).message()).contains("diverged");
  }

  @Test
  void anExceptionIsToldByItsClassAndMessage() {
    assertThat(failure(Deed.THROW).reason()).isEqualTo(FailureReason.EXCEPTION);
    assertThat(failure(Deed.THROW).message())
        .contains("ForkedTrialException", "java.io.FileNotFoundException: no data");
  }

  @Test
  void aFullHeapIsOutOfMemory() {
    assertThat(failure(Deed.EXHAUST_HEAP).reason()).isEqualTo(FailureReason.OUT_OF_MEMORY);
    assertThat(failure(Deed.EXHAUST_HEAP).message()).contains("Java heap space");
  }

  @Test
  void aFullStackIsAnException() {
    assertThat(failure(Deed.RECURSE).reason()).isEqualTo(FailureReason.EXCEPTION);
    assertThat(failure(Deed.RECURSE).message()).contains("StackOverflowError");
  }

  @Test
  void anExitIsAFailureWithItsCode() {
    assertThat(failure(Deed.EXIT).reason()).isEqualTo(FailureReason.EXCEPTION);
    assertThat(failure(Deed.EXIT).message()).contains("exit code 3");
  }

  @Test
  void aHaltIsAFailureWithItsCode() {
    assertThat(failure(Deed.HALT).message()).contains("exit code 4");
  }

  @Test
  void garbageOnTheStandardOutputDoesNotReachTheStudy() {
    assertThat(trial(Deed.PRINT_GARBAGE).value()).isEqualTo(42);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aCrashOfNativeCodeIsAFailureThatNamesItsReport() {
    assertThat(failure(Deed.CRASH).reason()).isEqualTo(FailureReason.EXCEPTION);
    assertThat(failure(Deed.CRASH).message()).contains("crashed in native code", "hs_err");
    assertThat(output.resolve("trial-" + Deed.CRASH.trial() + ".hs_err.log")).isNotEmptyFile();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aKillBySomeoneElseIsNotTakenForLackOfMemoryWithoutEvidence() {
    assertThat(failure(Deed.KILL_ITSELF).message()).contains("signal 9");
    // Another process of the machine may really be killed for lack of memory meanwhile.
    assertThat(failure(Deed.KILL_ITSELF).reason() == FailureReason.OUT_OF_MEMORY)
        .isEqualTo(failure(Deed.KILL_ITSELF).message().contains("count of out-of-memory kills"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatATrialHasStartedEndsWithIt() {
    Object pid = trial(Deed.LEAVE_A_PROCESS).attributes().getOrDefault("left", "none");

    assertThat(pid).isInstanceOf(Long.class);
    assertThat(isAlive((Long) pid)).isFalse();
  }

  @Test
  void noProcessIsLeft() {
    assertThat(study.trials())
        .extracting(trial -> (Long) trial.attributes().get("pid"))
        .hasSize(Deed.values().length)
        .noneMatch(ForkedOutcomeTest::isAlive);
  }

  /** One that is dead but not yet reaped by whoever inherited it counts as dead. */
  private static boolean isAlive(long pid) {
    try {
      String status = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !status.replaceAll(".*\\) ", "").startsWith("Z");
    } catch (IOException e) {
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
  }

  @Test
  void aFailureShowsWhatWasPrintedLast() {
    assertThat(failure(Deed.EXIT).message()).contains("about to EXIT");
  }

  @Test
  void theOutputIsKeptInTheFolderAndWithTheTrial() {
    assertThat(output.resolve("trial-0.log")).content().contains("about to RETURN");
    assertThat(study.artifact(0, "trial-0.log")).get().matches(Files::isRegularFile);
    assertThat(study.artifact(Deed.HALT.trial(), "trial-7.log")).isPresent();
  }

  @Test
  void theOutputOfAnEarlierAttemptIsNotOverwritten() throws IOException {
    try (TrialOutput second = TrialOutput.open(Optional.of(output), 0)) {
      assertThat(second.tail()).isEqualTo("it printed nothing");
    }
    assertThat(output.resolve("trial-0.attempt-2.log")).isEmptyFile();
    assertThat(output.resolve("trial-0.log")).isNotEmptyFile();
  }

  @Test
  void anExceptionThatIsNotToleratedEndsTheStudyWithItsStackTrace() {
    Study strict = Study.named("strict").minimize("loss").create();
    strict.enqueue(Map.of("deed", Deed.THROW));

    assertThatThrownBy(
            () ->
                strict.optimize(
                    ForkedObjective.of(Doer.class, Forks.quick()), RunOptions.trials(3)))
        .isInstanceOfSatisfying(
            ForkedTrialException.class,
            e -> {
              assertThat(e.className()).isEqualTo("java.io.FileNotFoundException");
              assertThat(e.stackText()).contains("Doer.evaluate");
            });
    assertThat(strict.trialCount()).isEqualTo(1);
  }
}

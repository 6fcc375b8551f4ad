package org.hpo4j.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.hpo4j.space.Parameters.uniform;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Jvm;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.DeviceSlots;
import org.hpo4j.study.Objective;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Device;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How a trial's process starts, and how it is ended from outside. */
class ForkedLifeTest {

  /** The variable that names the file for the process's number. */
  private static final String PID_FILE = "PID_FILE";

  private final Path pidFile;

  ForkedLifeTest(@TempDir Path folder) {
    this.pidFile = folder.resolve("pid");
  }

  /** Tells its process's number and never ends, whatever interrupts it. */
  static final class Endless implements Objective<Exception> {

    /** For the trial's process. */
    public Endless() {}

    @Override
    public double evaluate(Trial trial) throws Exception {
      Path file = Path.of(System.getenv(PID_FILE));
      Path draft =
          Files.writeString(file.resolveSibling("draft"), "" + ProcessHandle.current().pid());
      Files.move(draft, file);
      while (true) {
        try {
          TimeUnit.HOURS.sleep(1);
        } catch (InterruptedException e) {
          trial.setAttribute("interrupted", true);
        }
      }
    }
  }

  private ForkOptions endless() {
    return Forks.quick().withEnvironment(Map.of(PID_FILE, pidFile.toString()));
  }

  private long awaitPid() throws Exception {
    while (!Files.exists(pidFile)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return Long.parseLong(Files.readString(pidFile));
  }

  @Test
  void aTrialPastItsWallTimeIsKilled() throws Exception {
    Study study = Study.named("late").minimize("loss").create();
    study.optimize(
        ForkedObjective.of(Endless.class, endless().withWallTime(Duration.ofSeconds(4))),
        RunOptions.trials(1));

    Outcome.Failed failure = (Outcome.Failed) study.trial(0).outcome().orElseThrow();
    assertThat(failure.reason()).isEqualTo(FailureReason.TIMEOUT);
    assertThat(failure.message()).contains("PT4S");
  }

  @Test
  void anInterruptKillsTheProcessAndGivesTheTrialBack() throws Exception {
    Study study = Study.named("interrupted").minimize("loss").create();
    ForkedObjective objective = ForkedObjective.of(Endless.class, endless());
    boolean[] flag = new boolean[1];
    Thread runner =
        new Thread(
            () -> {
              try {
                study.optimize(objective, RunOptions.trials(1));
              } catch (InterruptedException e) {
                throw new AssertionError("optimize returns with the flag set", e);
              }
              flag[0] = Thread.currentThread().isInterrupted();
            });
    runner.start();
    long pid = awaitPid();
    runner.interrupt();
    runner.join();

    assertThat(flag[0]).isTrue();
    assertThat(study.trial(0).state()).isEqualTo(TrialState.WAITING);
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  /** A study in a process that can be killed. */
  static final class Parent {

    private Parent() {}

    /** Runs one endless trial; its number goes to the file that is named. */
    public static void main(String[] arguments) throws InterruptedException {
      ForkOptions options = Forks.quick().withEnvironment(Map.of(PID_FILE, arguments[0]));
      Study study = Study.named("doomed").minimize("loss").create();
      study.optimize(ForkedObjective.of(Endless.class, options), RunOptions.trials(1));
    }
  }

  @Test
  void aProcessEndsWithTheStudysProcess() throws Exception {
    Process parent = Jvm.start(Parent.class, pidFile.toString());
    Optional<ProcessHandle> child = ProcessHandle.of(awaitPid());
    parent.destroyForcibly();

    assertThat(child).isPresent();
    assertThat(child.get().onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aTerminatedStudyLeavesNoProcess() throws Exception {
    Process parent = Jvm.start(Parent.class, pidFile.toString());
    Optional<ProcessHandle> child = ProcessHandle.of(awaitPid());
    parent.destroy();

    assertThat(parent.waitFor()).isEqualTo(143);
    assertThat(child).isPresent();
    assertThat(child.get().onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
  }

  /** Interrupts the study's process and its own, as a terminal does. */
  static final class Interrupting implements Objective<Exception> {

    /** For the trial's process. */
    public Interrupting() {}

    @Override
    public double evaluate(Trial trial) throws Exception {
      ProcessHandle own = ProcessHandle.current();
      String study = Long.toString(own.parent().orElseThrow().pid());
      new ProcessBuilder("kill", "-INT", Long.toString(own.pid()), study).start();
      TimeUnit.HOURS.sleep(1);
      return 0;
    }
  }

  /** A journaled study in a process that is interrupted. */
  static final class InterruptedParent {

    private InterruptedParent() {}

    /** Runs one trial; the argument names the journal. */
    public static void main(String[] arguments) throws InterruptedException {
      // Time enough for the trial's end to be noticed and recorded before this process is gone.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> LockSupport.parkNanos(3_000_000_000L)));
      try (Storage storage = JournalStorage.open(Path.of(arguments[0]))) {
        study(storage)
            .optimize(ForkedObjective.of(Interrupting.class, Forks.quick()), RunOptions.trials(1));
      }
    }

    static Study study(Storage storage) {
      return Study.named("terminal").minimize("loss").storage(storage).createOrResume();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aTrialThatATerminalInterruptsWithItsStudyRunsAgain(@TempDir Path folder) throws Exception {
    assumeThat(ignoresInterrupts())
        .as("a build that a shell started in the background ignores SIGINT, and all its children")
        .isFalse();
    Path journal = folder.resolve("journal.log");
    Process parent = Jvm.start(InterruptedParent.class, journal.toString());

    assertThat(parent.waitFor()).isEqualTo(130);
    try (Storage storage = JournalStorage.open(journal)) {
      assertThat(InterruptedParent.study(storage).trials())
          .extracting(FrozenTrial::state)
          .containsExactly(TrialState.WAITING);
    }
  }

  /** Whether signal 2 is in the mask of those that this process ignores. */
  private static boolean ignoresInterrupts() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring(line.indexOf(':') + 1).strip(), 16))
          .anyMatch(mask -> (mask & 2) != 0);
    }
  }

  /** Tells the environment and the processors that it finds. */
  static final class Looker implements Objective<RuntimeException> {

    /** For the trial's process. */
    public Looker() {}

    @Override
    public double evaluate(Trial trial) {
      trial.setAttribute("device", trial.device().map(Device::toString).orElse(""));
      trial.setAttribute("gpus", String.valueOf(System.getenv("CUDA_VISIBLE_DEVICES")));
      trial.setAttribute("own", System.getenv("OWN") + System.getProperty("own"));
      trial.setAttribute("timeLeft", trial.timeLeft().isPresent());
      trial.setAttribute("megabytes", Runtime.getRuntime().maxMemory() >> 20);
      return Runtime.getRuntime().availableProcessors();
    }
  }

  private static Study look(ForkOptions options, DeviceSlots devices) throws Exception {
    Study study = Study.named("look").minimize("processors").create();
    study.optimize(
        ForkedObjective.of(Looker.class, options), RunOptions.trials(1).withDevices(devices));
    return study;
  }

  @Test
  void aProcessHasItsOwnHeapEnvironmentArgumentsAndGpu() throws Exception {
    ForkOptions options =
        Forks.quick()
            .withEnvironment(Map.of("OWN", "environment "))
            .withJvmArguments("-Down=argument")
            .withWallTime(Duration.ofHours(1));
    Map<String, Object> seen = look(options, DeviceSlots.of("GPU-a1")).trial(0).attributes();

    assertThat(seen)
        .containsEntry("device", "GPU GPU-a1")
        .containsEntry("gpus", "GPU-a1")
        .containsEntry("own", "environment argument")
        .containsEntry("timeLeft", true);
    assertThat((Long) seen.get("megabytes")).isBetween(32L, 64L);
  }

  @Test
  void aProcessHasTheProcessorsOfItsSlot() throws Exception {
    DeviceSlots one = DeviceSlots.cpus(allowedProcessor());

    assertThat(look(Forks.quick(), one).trial(0).value()).isEqualTo(1.0);
  }

  /** A container may have others than the first. */
  private static String allowedProcessor() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "0";
    }
    String key = "Cpus_allowed_list:";
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).strip().split("[-,]", 2)[0])
        .findFirst()
        .orElse("0");
  }

  @Test
  void anIndexOfAGpuCountsAmongThoseThatThisProcessSees() {
    assertThat(ChildCommand.visible("1", Optional.empty())).isEqualTo("1");
    assertThat(ChildCommand.visible("1", Optional.of("4, 6,7"))).isEqualTo("6");
    assertThat(ChildCommand.visible("0,GPU-a1", Optional.of("5"))).isEqualTo("5,GPU-a1");
    assertThatThrownBy(() -> ChildCommand.visible("2", Optional.of("4,6")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no GPU 2");
  }

  /** A scheduler sets it so for a job without GPUs, on a machine where others use them. */
  @Test
  void anEmptyVariableHidesAllGpus() {
    assertThatThrownBy(() -> ChildCommand.visible("0", Optional.of("")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no GPU 0");
  }

  @Test
  void theProcessorsOfASetAreCountedOnce() {
    assertThat(ChildCommand.processors("0-3,2,8")).isEqualTo(5);
  }

  @Test
  void aClassPathWithoutTheLibraryEndsTheStudy() {
    ForkOptions options = Forks.quick().withClassPath(List.of(pidFile));

    assertThatThrownBy(() -> look(options, DeviceSlots.gpus(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("could not be started")
        .hasMessageContaining("ForkedMain");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void outputThatIsNotKeptLeavesNoFile() throws Exception {
    int number = 987_654_321;
    try (TrialOutput output = TrialOutput.open(Optional.empty(), number)) {
      output.processHasOpened();
      assertThat(output.tail()).isEqualTo("it printed nothing");
      assertThat(temporaryFiles(number)).isEmpty();
    }
  }

  private static List<Path> temporaryFiles(int number) throws Exception {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            Path.of(System.getProperty("java.io.tmpdir")), "hpo4j-trial-" + number + "*")) {
      return StreamSupport.stream(files.spliterator(), false).toList();
    }
  }

  /** Asks for what the declared space does not have. */
  static final class Stranger implements Objective<RuntimeException> {

    /** For the trial's process. */
    public Stranger() {}

    @Override
    public double evaluate(Trial trial) {
      return trial.uniform("y", 0, 1);
    }
  }

  @Test
  void whatTheStudyThrewEndsTheRunAsItIs() {
    Study study =
        Study.named("strange").minimize("y").space(SearchSpace.of(uniform("x", 0, 1))).create();

    assertThatThrownBy(
            () ->
                study.optimize(
                    ForkedObjective.of(Stranger.class, Forks.quick()), RunOptions.trials(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'y' is not active");
  }
}

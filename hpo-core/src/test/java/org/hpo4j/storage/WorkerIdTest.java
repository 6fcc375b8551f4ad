package org.hpo4j.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which workers are known to be dead. */
class WorkerIdTest {

  /** A parent that never asks how its children ended, as many a container's first process. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessThatHasExitedIsDeadAlthoughItsParentHasNotAsked() throws Exception {
    String script = "exec 3<&0; cat <&3 & echo $!; exec sleep 60";
    Process parent = new ProcessBuilder("sh", "-c", script).start();
    try (BufferedReader output = parent.inputReader()) {
      WorkerId worker = worker(Long.parseLong(output.readLine()));
      // As long as it is a shell, it may ask.
      Path program = Path.of("/proc", Long.toString(parent.pid()), "comm");
      while (!Files.readString(program).strip().equals("sleep")) {
        assertThat(parent.isAlive()).isTrue();
        Thread.onSpinWait();
      }
      assertThat(worker.hasDiedHere()).isFalse();
      parent.getOutputStream().close();
      while (!worker.hasDiedHere()) {
        assertThat(parent.isAlive()).isTrue();
        Thread.onSpinWait();
      }
      assertThat(ProcessHandle.of(worker.pid())).get().matches(ProcessHandle::isAlive);
    } finally {
      parent.destroy();
    }
  }

  /** A correction of the clock moves times of day, by which processes were told apart before. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessIsKnownByTheTicksBetweenTheStartsOfTheMachineAndItself() throws Exception {
    long pid = ProcessHandle.current().pid();
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    long ticks = Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]);
    assertThat(WorkerId.create().start()).startsWith("t" + ticks + "u");
    assertThat(worker(pid, "t" + ticks + "u").hasDiedHere()).isFalse();
    assertThat(worker(pid, "t" + (ticks - 1) + "u").hasDiedHere()).isTrue();
  }

  @Test
  void aWorkerOfAnEarlierVersionIsKnownByItsTime() {
    long pid = ProcessHandle.current().pid();
    long start =
        ProcessHandle.current().info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    assertThat(worker(pid, Long.toString(start)).hasDiedHere()).isFalse();
    assertThat(worker(pid, Long.toString(start - 10_000)).hasDiedHere()).isTrue();
  }

  @Test
  void aMachineTellsWhetherItHidesTheProcessesOfOthers() {
    String usual = "proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0";
    String hiding = "proc /proc proc rw,relatime,hidepid=invisible 0 0";
    assertThat(LocalProcesses.hidesProcesses(List.of("tmpfs / tmpfs rw 0 0", usual))).isFalse();
    assertThat(LocalProcesses.hidesProcesses(List.of("tmpfs / tmpfs rw 0 0", hiding))).isTrue();
  }

  /** As when all files that a process may have open are open. */
  @Test
  void aProcessThatCannotBeReadMayRun(@TempDir Path processes) throws IOException {
    Files.createDirectories(processes.resolve("7/stat"));
    for (String start : List.of(WorkerId.create().start(), "1764000000000")) {
      assertThat(LocalProcesses.mayRun(processes, 7, start)).as(start).isTrue();
      assertThat(LocalProcesses.mayRun(processes, Integer.MAX_VALUE, start)).as(start).isFalse();
    }
  }

  private static WorkerId worker(long pid) {
    return worker(pid, Long.toString(System.currentTimeMillis()));
  }

  private static WorkerId worker(long pid, String start) {
    WorkerId self = WorkerId.create();
    return new WorkerId(self.host(), self.boot(), self.pidSpace(), pid, start, self.random());
  }
}

package org.hpo4j.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

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

  private static WorkerId worker(long pid) {
    WorkerId self = WorkerId.create();
    return new WorkerId(
        self.host(), self.boot(), self.pidSpace(), pid, System.currentTimeMillis(), self.random());
  }
}

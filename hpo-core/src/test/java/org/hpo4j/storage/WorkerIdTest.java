package org.hpo4j.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Which workers are known to be dead. */
class WorkerIdTest {

  /** A parent that never asks how its children ended, as many a container's first process. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessThatHasExitedIsDeadAlthoughItsParentHasNotAsked() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "true & echo $!; exec sleep 60").start();
    try (BufferedReader output = parent.inputReader()) {
      WorkerId worker = worker(Long.parseLong(output.readLine()));
      // The child may run for a moment still.
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

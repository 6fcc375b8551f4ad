package org.hpo4j.fork;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A trial's process and all that it has started.
 *
 * <p>A process whose parent has died is nobody's descendant any more. So on Linux all of them are
 * found by a mark in their environment, which they inherit.
 */
final class ProcessTree {

  /** The variable that holds the mark. */
  static final String MARK = "HPO4J_FORK";

  private static final Path PROC = Path.of("/proc");

  private final Process process;
  private final String mark;
  private final Set<ProcessHandle> known = new LinkedHashSet<>();

  ProcessTree(Process process, String mark) {
    this.process = process;
    this.mark = MARK + "=" + mark;
  }

  /** Remembers those that descend from the process now, before it ends. */
  void remember() {
    process.descendants().forEach(known::add);
  }

  /** Kills all and waits until the process is gone. */
  void kill() {
    remember();
    process.destroyForcibly();
    known.forEach(ProcessHandle::destroyForcibly);
    if (Files.isDirectory(PROC.resolve("self"))) {
      ProcessHandle.allProcesses().filter(this::isMarked).forEach(ProcessHandle::destroyForcibly);
    }
    process.onExit().join();
  }

  private boolean isMarked(ProcessHandle other) {
    try {
      byte[] environment =
          Files.readAllBytes(PROC.resolve(Long.toString(other.pid())).resolve("environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(mark);
    } catch (IOException e) {
      // It has ended, or is another user's.
      return false;
    }
  }

  /** Kills what the current process has started. */
  static void killOwnDescendants() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}

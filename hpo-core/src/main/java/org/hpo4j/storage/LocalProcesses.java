package org.hpo4j.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this machine tells of its processes. Ids are given again, so a process is known by its id
 * and its start: on Linux in ticks since the machine started, with the user's number, as in {@code
 * t51234u1000}; elsewhere, and in what earlier versions wrote, in milliseconds since 1970.
 */
final class LocalProcesses {

  private static final Path PROCESSES = Path.of("/proc");

  private static final Pattern TICKS = Pattern.compile("t([0-9]+)u([0-9]*)");

  /** Where {@code /proc/<pid>/stat} has the state and the start, after the name in brackets. */
  private static final int STATE = 0;

  private static final int START = 19;

  /** Times of day are derived from the boot time, which corrections of the clock move. */
  private static final long START_TOLERANCE_MILLIS = 5_000;

  private static final String USER = user();

  private LocalProcesses() {}

  /** The start of this process. */
  static String ownStart() {
    ProcessHandle self = ProcessHandle.current();
    return stat(PROCESSES, self.pid())
        .map(fields -> "t" + fields[START] + "u" + USER)
        .orElseGet(() -> Long.toString(startMillis(self)));
  }

  /** Whether a process of this machine may still run: it does, or it cannot be known. */
  static boolean mayRun(long pid, String start) {
    return mayRun(PROCESSES, pid, start);
  }

  /**
   * The same.
   *
   * @param processes where the system tells of its processes
   */
  static boolean mayRun(Path processes, long pid, String start) {
    Optional<String[]> stat = stat(processes, pid);
    if (stat.isEmpty() && Files.exists(processes.resolve(Long.toString(pid)))) {
      // It lives, but cannot be read: above all by a process that has too many files open.
      return true;
    }
    // A parent that has not asked how its child ended keeps its id, which Java calls alive.
    if (stat.isPresent() && "ZX".contains(stat.get()[STATE])) {
      return false;
    }
    Matcher ticks = TICKS.matcher(start);
    if (!ticks.matches()) {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(process -> mayHaveStarted(process, Long.parseLong(start)))
          .isPresent();
    }
    return stat.map(fields -> fields[START].equals(ticks.group(1)))
        .orElseGet(() -> !ticks.group(2).equals(USER) && hidesProcesses());
  }

  private static boolean mayHaveStarted(ProcessHandle process, long millis) {
    long start = startMillis(process);
    return start == 0 || Math.abs(start - millis) <= START_TOLERANCE_MILLIS;
  }

  /** When a process started; 0 if the system does not tell. */
  private static long startMillis(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** What Linux tells of a process after its name; empty if it is gone, hidden or not on Linux. */
  private static Optional<String[]> stat(Path processes, long pid) {
    try {
      Path file = processes.resolve(pid + "/stat");
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      // The name may have brackets and spaces.
      String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
      return fields.length > START ? Optional.of(fields) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean hidesProcesses() {
    try {
      return hidesProcesses(Files.readAllLines(PROCESSES.resolve("self/mounts")));
    } catch (IOException e) {
      return true;
    }
  }

  /** Whether users see processes of their own only, as on many machines with many users. */
  static boolean hidesProcesses(List<String> mounts) {
    return mounts.stream()
        .map(line -> line.split(" ", -1))
        .anyMatch(
            fields ->
                fields.length > 3
                    && fields[1].equals(PROCESSES.toString())
                    && fields[3].contains("hidepid="));
  }

  /** The number of the user that this process runs as; empty where the system does not tell. */
  private static String user() {
    try {
      return Files.getAttribute(PROCESSES.resolve("self"), "unix:uid").toString();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "";
    }
  }
}

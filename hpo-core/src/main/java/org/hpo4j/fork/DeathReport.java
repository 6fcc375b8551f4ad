package org.hpo4j.fork;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialFailedException;

/**
 * What is known of a process that ended without a result.
 *
 * @param exitCode its exit code, 128 + n for signal n; empty if it did not end by itself
 * @param connected whether it had taken up the trial
 * @param killsBefore the kernel's count of out-of-memory kills when it was started
 * @param killsAfter the same count when it had ended
 * @param crashFile where Java would have described a crash
 */
record DeathReport(
    OptionalInt exitCode,
    boolean connected,
    OptionalLong killsBefore,
    OptionalLong killsAfter,
    Path crashFile) {

  /** What java answers to arguments or a class path that it cannot use. */
  private static final int LAUNCH_FAILURE = 1;

  private static final int SIGNALS = 128;
  private static final int KILL = 9;

  /** The codes of the signals by which people and systems ask a process to end: 1, 2 and 15. */
  private static final Set<Integer> REQUESTS = Set.of(SIGNALS + 1, SIGNALS + 2, SIGNALS + 15);

  /** Whether the process was asked to end from outside, as by a terminal's interrupt. */
  static boolean isRequested(int code) {
    return REQUESTS.contains(code);
  }

  /** The exception that ends the trial, or the study if no trial can be started this way. */
  RuntimeException toException(String trial, String output) {
    if (exitCode.isEmpty()) {
      return failed(
          FailureReason.EXCEPTION,
          trial + " has closed its connection without a result; " + output);
    }
    int code = exitCode.getAsInt();
    boolean crashed = Files.exists(crashFile);
    if (!connected && !crashed && code == LAUNCH_FAILURE) {
      return new IllegalStateException(
          trial
              + " could not be started; check the options, and that the class path has hpo-core and"
              + " the objective; "
              + output);
    }
    // Java's exit code after a crash depends on whether it leaves a core dump.
    String death =
        crashed
            ? "crashed in native code (exit code "
                + code
                + "), which Java describes in "
                + crashFile.toAbsolutePath()
            : describe(code);
    return failed(reason(code), trial + " " + death + "; " + output);
  }

  private static String describe(int code, String cause) {
    return "was killed by signal "
        + KILL
        + " (exit code "
        + code
        + "), not by this library: "
        + cause;
  }

  private String describe(int code) {
    if (code == SIGNALS + KILL) {
      return describe(
          code,
          memoryRanOut()
              ? "most likely for lack of memory, since the kernel's count of out-of-memory kills"
                  + " rose meanwhile"
              : "perhaps by the system for lack of memory, which is a guess; its log may tell");
    }
    return code > SIGNALS
        ? "was ended by signal " + (code - SIGNALS) + " (exit code " + code + ") without a result"
        : "ended with exit code " + code + " without a result, as after System.exit";
  }

  private FailureReason reason(int code) {
    return code == SIGNALS + KILL && memoryRanOut()
        ? FailureReason.OUT_OF_MEMORY
        : FailureReason.EXCEPTION;
  }

  private boolean memoryRanOut() {
    return killsBefore.isPresent()
        && killsAfter.isPresent()
        && killsAfter.getAsLong() > killsBefore.getAsLong();
  }

  private static TrialFailedException failed(FailureReason reason, String message) {
    return new TrialFailedException(reason, message);
  }
}

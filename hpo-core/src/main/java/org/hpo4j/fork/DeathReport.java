package org.hpo4j.fork;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
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

  /** The exception that ends the trial, or the study if no trial can be started this way. */
  RuntimeException toException(String trial, String output) {
    if (exitCode.isEmpty()) {
      return failed(
          FailureReason.EXCEPTION,
          trial + " has closed its connection without a result; " + output);
    }
    int code = exitCode.getAsInt();
    if (!connected && code == LAUNCH_FAILURE) {
      return new IllegalStateException(
          trial
              + " could not be started; check the options, and that the class path has hpo-core and"
              + " the objective; "
              + output);
    }
    String death = trial + " " + describe(code);
    String crash =
        Optional.of(crashFile)
            .filter(Files::exists)
            .map(file -> "; Java describes the crash in " + file.toAbsolutePath())
            .orElse("");
    return failed(reason(code), death + crash + "; " + output);
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
        ? "crashed by signal " + (code - SIGNALS) + " (exit code " + code + ") without a result"
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

package org.hpo4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hpo4j.trial.Outcome;

/** Counts the trials of a run that fail in the same way, one after the other. */
final class FailureStreak {

  /** What differs between messages of the same failure: numbers, addresses, hash codes. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "@[0-9a-f]+|0[xX][0-9a-fA-F]+|[-+]?[0-9]+(?:[.,][0-9]+)*(?:[eE][-+]?[0-9]+)?");

  private final RunOptions options;
  private final List<Integer> trials = new ArrayList<>();
  private String kind = "";

  /** Whether a trial of the run has been of use: then the sampler has something to learn from. */
  private boolean succeeded;

  FailureStreak(RunOptions options) {
    this.options = options;
  }

  /** Takes in the end of a trial; the exception that ends the run, if it is time for that. */
  Optional<RepeatedFailureException> ended(EndedTrial trial) {
    if (!(trial.outcome() instanceof Outcome.Failed failed)) {
      trials.clear();
      succeeded = true;
      return Optional.empty();
    }
    if ((succeeded || trial.tolerated()) && !options.countsAllFailures()) {
      return Optional.empty();
    }
    if (!kind(failed).equals(kind)) {
      trials.clear();
      kind = kind(failed);
    }
    trials.add(trial.number());
    return trials.size() >= options.identicalFailures()
        ? Optional.of(new RepeatedFailureException(failed, trials, trial.thrown()))
        : Optional.empty();
  }

  /** The reason and the first line of the message, in which numbers do not count. */
  static String kind(Outcome.Failed failed) {
    String line = failed.message().lines().findFirst().orElse("");
    return failed.reason() + " " + VARIABLE.matcher(line).replaceAll("#");
  }
}

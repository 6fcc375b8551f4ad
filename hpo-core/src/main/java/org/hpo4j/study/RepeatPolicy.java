package org.hpo4j.study;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/** What becomes of a suggestion whose values a trial already has; see {@link Duplicates}. */
final class RepeatPolicy {

  /** How often a sampler is asked for other values. */
  static final int MOST_ATTEMPTS = 32;

  /**
   * After so many trials in a row that took known values, one tries others: a sampler that has
   * converged would otherwise never use up a space.
   */
  static final int MOST_REUSED = 100;

  /** The trial attribute with the number of the trial whose value a repetition took. */
  static final String REUSED = "hpo4j:reused";

  private static final Explanation UNTRIED =
      Explanation.of("untried", "the first values of the space that no trial has")
          .withFallback("the sampler suggested those of other trials only");

  /** What to do instead. */
  sealed interface Decision {

    /** Run a trial of these values. */
    record Run(Suggestion.Values values) implements Decision {}

    /** Let a trial of these values take the outcome of an earlier one. */
    record Reuse(Suggestion.Values values, int repeated) implements Decision {}

    /**
     * Nothing yet: it depends on whether a trial that another process has just begun takes known
     * values, which is about to be recorded.
     */
    record Wait() implements Decision {}

    /** Nothing: the space has no other values left. */
    record UsedUp() implements Decision {}
  }

  private final TrialTable table;
  private final Sampler sampler;
  private final boolean reuses;
  private final RepeatIndex repeats;
  private final UntriedValues untried;

  RepeatPolicy(TrialTable table, SearchSpace space, Sampler sampler, Duplicates duplicates) {
    this.table = table;
    this.sampler = sampler;
    this.reuses = duplicates == Duplicates.REUSE;
    this.repeats = new RepeatIndex(table);
    this.untried = new UntriedValues(space, values -> repeats.find(values) >= 0);
  }

  /**
   * Decides about a suggestion.
   *
   * @param first the sampler's first suggestion for the trial
   * @param view what the trial may know
   * @param context what the sampler was told
   * @param ordered whether the decision must be that of any other process
   * @param check refuses suggestions that are none
   */
  Decision decide(
      Suggestion.Values first,
      TrialHistory view,
      SamplerContext context,
      boolean ordered,
      Consumer<Configuration> check) {
    int repeated = repeats.find(first.configuration());
    if (repeated < 0) {
      return new Decision.Run(first);
    }
    if (untried.isNone()) {
      return new Decision.UsedUp();
    }
    int streak = reuses ? reusedInARow(false) : 0;
    if (reuses && ordered && streak < MOST_REUSED && reusedInARow(true) == MOST_REUSED) {
      return new Decision.Wait();
    }
    boolean reusesNow = reuses && streak < MOST_REUSED;
    Suggestion.Values values = first;
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      if (reusesNow && isKnown(repeated, view)) {
        return new Decision.Reuse(values, repeated);
      }
      if (!(sampler.suggest(view, context.withAttempt(attempt))
          instanceof Suggestion.Values other)) {
        // A sampler that waits or has no more had rather repeat itself.
        break;
      }
      check.accept(other.configuration());
      values = other;
      repeated = repeats.find(values.configuration());
      if (repeated < 0) {
        return new Decision.Run(values);
      }
    }
    Optional<Configuration> others = untried.first();
    if (others.isPresent()) {
      return new Decision.Run(
          new Suggestion.Values(others.get(), UNTRIED, values.fidelity(), values.choice()));
    }
    return reuses && isKnown(repeated, view)
        ? new Decision.Reuse(values, repeated)
        : new Decision.Run(values);
  }

  /** An earlier trial whose outcome one of the same values that begins again takes. */
  OptionalInt findKnown(int number, Configuration values, TrialHistory view) {
    int repeated = repeats.find(values);
    return reuses && repeated >= 0 && repeated < number && isKnown(repeated, view)
        ? OptionalInt.of(repeated)
        : OptionalInt.empty();
  }

  private static boolean isKnown(int number, TrialHistory view) {
    return view.state(number) == TrialState.COMPLETE;
  }

  /**
   * How many of the last trials took known values, as far as it matters.
   *
   * @param soon whether those count that have begun with such values, as a repetition does
   */
  private int reusedInARow(boolean soon) {
    int count = 0;
    while (count < MOST_REUSED && count < table.size()) {
      int number = table.size() - 1 - count;
      boolean reused = table.systemAttribute(number, REUSED).isPresent();
      if (!reused && !(soon && mayBeReused(number))) {
        break;
      }
      count++;
    }
    return count;
  }

  private boolean mayBeReused(int number) {
    int repeated = repeats.find(table.configuration(number));
    return table.state(number) == TrialState.RUNNING && repeated >= 0 && repeated < number;
  }
}

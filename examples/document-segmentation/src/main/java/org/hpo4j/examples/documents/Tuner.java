package org.hpo4j.examples.documents;

import java.util.Locale;
import java.util.stream.IntStream;
import org.hpo4j.fidelity.BracketSchedule;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.gp.GpSampler;
import org.hpo4j.sampler.hyperband.HyperbandSampler;

/** The three tuners, all with as many epochs. */
enum Tuner {
  HYPERBAND(0, "Hyperband"),
  RANDOM(1, "random search"),
  BAYESIAN(2, "Bayesian optimization");

  private static final int STARTUP_TRIALS = 4;

  private final int position;
  private final String title;

  Tuner(int position, String title) {
    this.position = position;
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Returns the name in file names. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the tuner's place in a list of scores. */
  int position() {
    return position;
  }

  Sampler sampler(Profile profile) {
    return switch (this) {
      case HYPERBAND ->
          HyperbandSampler.builder(profile.epochs())
              .reductionFactor(profile.factor())
              .iterations(1)
              .build();
      case RANDOM -> RandomSampler.ofDefaults();
      // Of eleven trials ten random ones would leave the model one.
      case BAYESIAN -> GpSampler.builder().startupTrials(STARTUP_TRIALS).build();
    };
  }

  /**
   * Returns how many trials the tuner has: those of all brackets of Hyperband, once, or as many
   * full trainings as come closest to that in epochs.
   */
  int trials(Profile profile) {
    BracketSchedule schedule = schedule(profile);
    if (this == HYPERBAND) {
      return IntStream.range(0, schedule.bracketsPerIteration())
          .map(number -> Math.toIntExact(schedule.bracket(number).trialCount()))
          .sum();
    }
    return Math.max(1, (int) Math.round((double) HYPERBAND.epochs(profile) / profile.epochs()));
  }

  /** Returns how many epochs the tuner trains in all. */
  long epochs(Profile profile) {
    BracketSchedule schedule = schedule(profile);
    return this == HYPERBAND
        ? IntStream.range(0, schedule.bracketsPerIteration())
            .mapToLong(number -> schedule.bracket(number).totalResource())
            .sum()
        : (long) trials(profile) * profile.epochs();
  }

  static BracketSchedule schedule(Profile profile) {
    return new BracketSchedule(1, profile.epochs(), profile.factor());
  }
}

package org.hpo4j.pruner;

import java.util.stream.IntStream;
import org.hpo4j.fidelity.BracketSchedule;
import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;

/**
 * Hyperband as a stopping rule: each trial belongs to one of several brackets of {@linkplain
 * SuccessiveHalvingPruner successive halving}, which begin to give trials up ever later, and
 * competes with those of its own bracket only. It hedges against a metric that misleads early on.
 *
 * <p>Sources: Li et al., "Hyperband: a novel bandit-based approach to hyperparameter optimization",
 * JMLR 18 (2018); the asynchronous form as a stopping rule is Optuna's. A trial's bracket follows
 * from its number alone: trials spread over the brackets evenly, in proportion to the sizes of
 * their first rungs. {@code HyperbandSampler} runs the brackets themselves and continues trials.
 *
 * @param schedule the brackets
 */
public record HyperbandPruner(BracketSchedule schedule) implements Pruner {

  /** 2^64 over the golden ratio: its multiples, modulo 2^64, are spread evenly (Weyl's theorem). */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** Trials run to a step of maxResource; the first decision is at step 1, the factor 3. */
  public static HyperbandPruner of(int maxResource) {
    return new HyperbandPruner(BracketSchedule.of(maxResource));
  }

  @Override
  public boolean shouldPrune(TrialHistory history, int trialNumber, ReportSeries reports) {
    int[] sizes = firstRungSizes();
    int bracket = bracket(trialNumber, sizes);
    long first = schedule.minResource();
    for (int i = 0; i < bracket; i++) {
      first *= schedule.reductionFactor();
    }
    return new RungRace(first, schedule.reductionFactor())
        .isLost(history, trialNumber, reports, other -> bracket(other, sizes) == bracket);
  }

  /** The bracket of a trial: 0 is the one that gives trials up first. */
  int bracket(int trialNumber) {
    return bracket(trialNumber, firstRungSizes());
  }

  private int[] firstRungSizes() {
    return IntStream.range(0, schedule.bracketsPerIteration())
        .map(number -> schedule.bracket(number).rung(0).size())
        .toArray();
  }

  private static int bracket(int trialNumber, int[] sizes) {
    long total = 0;
    for (int size : sizes) {
      total += size;
    }
    // A place in [0, total), from 31 bits of the number's multiple.
    long place = (((trialNumber * GOLDEN) >>> 33) * total) >>> 31;
    int bracket = 0;
    while (place >= sizes[bracket]) {
      place -= sizes[bracket++];
    }
    return bracket;
  }

  @Override
  public String describe() {
    return "hyperband(minResource="
        + schedule.minResource()
        + ", maxResource="
        + schedule.maxResource()
        + ", reductionFactor="
        + schedule.reductionFactor()
        + ")";
  }
}

package org.hpo4j.sampler.nsga;

import java.util.Comparator;
import org.hpo4j.math.NonDominated;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/**
 * A trial that may become a parent.
 *
 * @param violation by how much it violates the constraints
 * @param progress how far it came; infinity if complete
 * @param values lower is better; infinity where a pruned trial lacks one
 */
@SuppressWarnings("ArrayRecordComponent") // compared by none, and not copied for speed
record Individual(int trial, double violation, double progress, double[] values) {

  static final Comparator<Individual> BY_TIER =
      Comparator.comparingDouble(Individual::violation)
          .thenComparing(Comparator.comparingDouble(Individual::progress).reversed());

  static Individual of(TrialHistory history, int trial) {
    boolean complete = history.state(trial) == TrialState.COMPLETE;
    double[] values = new double[history.objectiveCount()];
    for (int m = 0; m < values.length; m++) {
      double value = history.value(trial, m);
      values[m] = Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }
    double progress = complete ? Double.POSITIVE_INFINITY : Math.max(-1, history.lastStep(trial));
    return new Individual(trial, history.violation(trial), progress, values);
  }

  boolean isOfTier(Individual other) {
    return violation == other.violation && progress == other.progress;
  }

  /** Whether this one is chosen before the other, whatever further trials there are. */
  boolean precedes(Individual other) {
    if (violation != other.violation) {
      return violation < other.violation;
    }
    return progress != other.progress
        ? progress > other.progress
        : NonDominated.dominates(values, other.values);
  }
}

package org.hpo4j.sampler.tpe;

import org.hpo4j.trial.TrialState;

/** The settings of a {@link TpeSampler}, whose builder explains them. */
record TpeSettings(
    int startupTrials,
    int candidates,
    double gamma,
    int mostBelow,
    double priorWeight,
    boolean multivariate,
    boolean constantLiar,
    boolean learnsFromFailures) {

  static final TpeSettings DEFAULTS = new TpeSettings(10, 24, 0.2, 25, 1, true, true, true);

  TpeSettings {
    require(startupTrials >= 1, "startupTrials", "at least 1", startupTrials);
    require(candidates >= 1, "candidates", "at least 1", candidates);
    require(gamma > 0 && gamma < 1, "gamma", "in (0, 1)", gamma);
    require(mostBelow >= 1, "mostBelow", "at least 1", mostBelow);
    require(
        priorWeight > 0 && priorWeight < Double.POSITIVE_INFINITY,
        "priorWeight",
        "positive and finite",
        priorWeight);
  }

  private static void require(boolean holds, String name, String allowed, Number got) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + allowed + ", got " + got);
    }
  }

  TpeSettings withStartupTrials(int count) {
    return new TpeSettings(
        count,
        candidates,
        gamma,
        mostBelow,
        priorWeight,
        multivariate,
        constantLiar,
        learnsFromFailures);
  }

  TpeSettings withCandidates(int count) {
    return new TpeSettings(
        startupTrials,
        count,
        gamma,
        mostBelow,
        priorWeight,
        multivariate,
        constantLiar,
        learnsFromFailures);
  }

  TpeSettings withGamma(double share, int most) {
    return new TpeSettings(
        startupTrials,
        candidates,
        share,
        most,
        priorWeight,
        multivariate,
        constantLiar,
        learnsFromFailures);
  }

  TpeSettings withPriorWeight(double weight) {
    return new TpeSettings(
        startupTrials,
        candidates,
        gamma,
        mostBelow,
        weight,
        multivariate,
        constantLiar,
        learnsFromFailures);
  }

  TpeSettings withMultivariate(boolean jointly) {
    return new TpeSettings(
        startupTrials,
        candidates,
        gamma,
        mostBelow,
        priorWeight,
        jointly,
        constantLiar,
        learnsFromFailures);
  }

  TpeSettings withConstantLiar(boolean lie) {
    return new TpeSettings(
        startupTrials,
        candidates,
        gamma,
        mostBelow,
        priorWeight,
        multivariate,
        lie,
        learnsFromFailures);
  }

  TpeSettings withLearnsFromFailures(boolean learns) {
    return new TpeSettings(
        startupTrials,
        candidates,
        gamma,
        mostBelow,
        priorWeight,
        multivariate,
        constantLiar,
        learns);
  }

  /** How many of n ranked trials are below. */
  int below(int n) {
    return (int) Math.min(mostBelow, Math.ceil(gamma * n));
  }

  /** Whether an unranked trial of this state is above. */
  boolean isRepelledBy(TrialState state) {
    return state == TrialState.FAILED ? learnsFromFailures : constantLiar && !state.isFinished();
  }

  /**
   * The weights of n trials, best first: log(n + 1) - log(i) for i = 1, ..., n, scaled to the sum
   * n. They are the recombination weights of CMA-ES (Hansen, "The CMA Evolution Strategy: A
   * Tutorial", 2016, section 2), which favour the best without forgetting the others.
   */
  static void weigh(int n, double[] weights) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      weights[i] = Math.log(n + 1.0) - Math.log(i + 1.0);
      sum += weights[i];
    }
    for (int i = 0; i < n; i++) {
      weights[i] *= n / sum;
    }
  }

  @Override
  public String toString() {
    return "tpe(startupTrials="
        + startupTrials
        + ", candidates="
        + candidates
        + ", gamma="
        + gamma
        + ", mostBelow="
        + mostBelow
        + ", priorWeight="
        + priorWeight
        + ", multivariate="
        + multivariate
        + ", constantLiar="
        + constantLiar
        + ", learnsFromFailures="
        + learnsFromFailures
        + ")";
  }
}

package org.hpo4j.sampler.cmaes;

/**
 * One update of a run by a generation: figure 6 of Hansen's tutorial, whose symbols these are, with
 * the margin of {@link Margin} and the probabilities of {@link OptionProbabilities}.
 */
final class Update {

  /** By at most a factor of e does an update lengthen the steps (Hansen 2011). */
  private static final double LARGEST_LOG_CHANGE = 1;

  private final Run before;
  private final StrategyParameters strategy;
  private final SearchDistribution distribution;
  private final Generation generation;
  private final int n;

  Update(Run before, Generation generation) {
    this.before = before;
    this.strategy = before.strategy();
    this.distribution = before.distribution();
    this.generation = generation;
    this.n = distribution.dimensions().orderedCount();
  }

  /**
   * The updated run.
   *
   * @param bests the best values that it remembers
   */
  Run run(double[] bests) {
    double[][] q = probabilities();
    double[] meanStep = meanStep();
    double[] pathSigma = pathSigma(meanStep);
    double relativeLength = SearchDistribution.norm(pathSigma) / strategy.expectedLength;
    boolean steady = isSteady(relativeLength);
    double[] pathC = pathC(meanStep, steady);
    double[][] covariance = covariance(pathC, steady);
    double sigma = sigma(relativeLength, covariance);
    double[] mean = new double[n];
    double[] amplification = new double[n];
    for (int j = 0; j < n; j++) {
      amplification[j] = distribution.amplification(j);
      mean[j] = distribution.mean(j) + distribution.sigma() * amplification[j] * meanStep[j];
      if (!distribution.dimensions().orderedDomain(j).isContinuous()) {
        Margin margin =
            Margin.correct(
                distribution.dimensions().orderedDomain(j),
                mean[j],
                sigma * Math.sqrt(covariance[j][j]),
                amplification[j],
                1.0 / (n * strategy.lambda));
        mean[j] = margin.mean();
        amplification[j] = margin.amplification();
      }
    }
    return new Run(
        strategy,
        new SearchDistribution(
            distribution.dimensions(), mean, sigma, covariance, amplification, q),
        before.generation() + 1,
        pathSigma,
        pathC,
        bests);
  }

  /** y_w, the weighted mean of the better candidates' steps. */
  private double[] meanStep() {
    double[] mean = new double[n];
    for (int i = 0; i < generation.size(); i++) {
      double weight = Math.max(0, generation.weight(i));
      for (int j = 0; j < n; j++) {
        mean[j] += weight * generation.candidate(i).step(j);
      }
    }
    return mean;
  }

  /** sqrt(mueff) of the weights at hand, which ties and failures have changed. */
  private double rootMuEff() {
    double squares = 0;
    for (int i = 0; i < generation.size(); i++) {
      double weight = Math.max(0, generation.weight(i));
      squares += weight * weight;
    }
    return squares > 0 ? 1 / Math.sqrt(squares) : 0;
  }

  private double[] pathSigma(double[] meanStep) {
    double c = strategy.cSigma;
    double[] white = distribution.whiten(meanStep);
    double scale = Math.sqrt(c * (2 - c)) * rootMuEff();
    double[] path = new double[n];
    for (int j = 0; j < n; j++) {
      path[j] = (1 - c) * before.pathSigma(j) + scale * white[j];
    }
    return path;
  }

  /** h_sigma: whether the path is not so long that the steps are about to grow anyway. */
  private boolean isSteady(double relativeLength) {
    double share = 1 - Math.pow(1 - strategy.cSigma, 2.0 * (before.generation() + 1));
    return relativeLength / Math.sqrt(share) < 1.4 + 2.0 / (n + 1);
  }

  private double[] pathC(double[] meanStep, boolean steady) {
    double c = strategy.cC;
    double scale = steady ? Math.sqrt(c * (2 - c)) * rootMuEff() : 0;
    double[] path = new double[n];
    for (int j = 0; j < n; j++) {
      path[j] = (1 - c) * before.pathC(j) + scale * meanStep[j];
    }
    return path;
  }

  private double[][] covariance(double[] pathC, boolean steady) {
    double keep = 1 - strategy.c1;
    if (!steady) {
      keep += strategy.c1 * strategy.cC * (2 - strategy.cC);
    }
    double[] rates = new double[generation.size()];
    for (int i = 0; i < rates.length; i++) {
      double weight = generation.weight(i);
      keep -= strategy.cMu * weight;
      rates[i] = strategy.cMu * weight * (weight < 0 ? lengthCorrection(i) : 1);
    }
    double[][] covariance = new double[n][n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = keep * distribution.covariance(a, b) + strategy.c1 * pathC[a] * pathC[b];
        for (int i = 0; i < rates.length; i++) {
          Candidate candidate = generation.candidate(i);
          sum += rates[i] * candidate.step(a) * candidate.step(b);
        }
        covariance[a][b] = sum;
        covariance[b][a] = sum;
      }
    }
    return covariance;
  }

  /** Gives a bad step the length sqrt(n), so that C stays positive definite (equation 46). */
  private double lengthCorrection(int rank) {
    double length = SearchDistribution.norm(distribution.whiten(generation.candidate(rank).step()));
    return length > 0 ? n / (length * length) : 0;
  }

  /** Steps beyond the whole of unit space would only be cut. */
  private double sigma(double relativeLength, double[][] covariance) {
    double change = strategy.cSigma / strategy.dSigma * (relativeLength - 1);
    double sigma = distribution.sigma() * Math.exp(Math.min(LARGEST_LOG_CHANGE, change));
    double widest = 0;
    for (int j = 0; j < n; j++) {
      widest = Math.max(widest, covariance[j][j]);
    }
    return n == 0 ? sigma : Math.min(sigma, 1 / Math.sqrt(widest));
  }

  private double[][] probabilities() {
    Dimensions dimensions = distribution.dimensions();
    int choices = dimensions.nominalCount();
    double[][] probabilities = new double[choices][];
    for (int k = 0; k < choices; k++) {
      double[] old = distribution.probabilities(k);
      double[] gains = new double[old.length];
      for (int i = 0; i < generation.size(); i++) {
        double code = generation.candidate(i).code(dimensions.nominal(k));
        if (!Double.isNaN(code)) {
          gains[(int) code] += Math.max(0, generation.weight(i));
        }
      }
      probabilities[k] = OptionProbabilities.step(old, gains);
      OptionProbabilities.liftToMargin(probabilities[k], dimensions.prior(k), choices);
    }
    return probabilities;
  }
}

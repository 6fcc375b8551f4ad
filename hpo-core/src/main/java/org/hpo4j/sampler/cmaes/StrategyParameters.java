package org.hpo4j.sampler.cmaes;

/**
 * The constants of a run: table 1 of Hansen, "The CMA Evolution Strategy: A Tutorial" (2016,
 * arXiv:1604.00772), whose symbols these are.
 *
 * <ul>
 *   <li>n the number of dimensions with an order, lambda the size of a population.
 *   <li>w_i the weight of the i-th best: positive for the better half, mu of them, where they sum
 *       to 1; negative for the others (active CMA, equations 49 to 53).
 *   <li>mueff = 1 / (sum of w_i^2 over the positive ones).
 * </ul>
 */
final class StrategyParameters {

  final int lambda;
  final int mu;
  final double cSigma;
  final double dSigma;
  final double cC;
  final double c1;
  final double cMu;

  /** Of a standard normal vector of n dimensions, to a relative error of 1e-3 even for n = 1. */
  final double expectedLength;

  private final double[] weights;

  /**
   * The constants for a problem.
   *
   * @param n at least 1
   * @param lambda at least 4
   */
  StrategyParameters(int n, int lambda) {
    this.lambda = lambda;
    this.mu = lambda / 2;
    this.weights = new double[lambda];
    double positive = 0;
    double positiveSquares = 0;
    double negative = 0;
    double negativeSquares = 0;
    for (int i = 0; i < lambda; i++) {
      weights[i] = Math.log((lambda + 1) / 2.0) - Math.log(i + 1.0);
      if (i < mu) {
        positive += weights[i];
        positiveSquares += weights[i] * weights[i];
      } else {
        negative -= weights[i];
        negativeSquares += weights[i] * weights[i];
      }
    }
    double muEff = positive * positive / positiveSquares;
    this.cSigma = (muEff + 2) / (n + muEff + 5);
    this.dSigma = 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma;
    this.cC = (4 + muEff / n) / (n + 4 + 2 * muEff / n);
    this.c1 = 2 / ((n + 1.3) * (n + 1.3) + muEff);
    this.cMu =
        Math.min(1 - c1, 2 * (0.25 + muEff + 1 / muEff - 2) / ((n + 2.0) * (n + 2.0) + muEff));
    this.expectedLength = Math.sqrt(n) * (1 - 1 / (4.0 * n) + 1 / (21.0 * n * n));
    double muEffNegative = negative * negative / negativeSquares;
    // The smallest of the three bounds keeps C positive definite.
    double negativeSum =
        Math.min(
            1 + c1 / cMu,
            Math.min(1 + 2 * muEffNegative / (muEff + 2), (1 - c1 - cMu) / (n * cMu)));
    for (int i = 0; i < lambda; i++) {
      weights[i] *= i < mu ? 1 / positive : negativeSum / negative;
    }
  }

  /** The weights by rank, best first; a new array. */
  double[] weights() {
    return weights.clone();
  }
}

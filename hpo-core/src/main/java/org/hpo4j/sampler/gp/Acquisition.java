package org.hpo4j.sampler.gp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hpo4j.math.DifferentiableFunction;
import org.hpo4j.math.LogExpectedImprovement;
import org.hpo4j.math.LogSpace;
import org.hpo4j.math.TruncatedNormal;

/**
 * What is maximized to find the next point: log EI + sum over constraints of log P(feasible) + log
 * P(success).
 *
 * <p>Notation: b, the lowest expected value of a feasible observation; m and s, mean and deviation
 * at a point; z = (b - m) / s. EI = s h(z), see {@link LogExpectedImprovement}; while trials run,
 * it is the mean over fantasies of their outcomes, each with a b and an m of its own. As long as no
 * observation is feasible there is nothing to improve on, and EI is left out. A constraint is kept
 * with probability Phi(z), z = (limit - m) / s: Gardner, Kusner, Xu, Weinberger and Cunningham,
 * "Bayesian Optimization with Inequality Constraints", ICML 2014, equation 6, as logarithms. P of
 * success and its limit are those of the {@link SuccessModel}; below the limit each step of log P
 * counts {@value #STRICTNESS} times as much, which outweighs any difference of log EI between
 * places that are not all but equal.
 */
final class Acquisition {

  private static final double LOG_SQRT_2_PI = 0.9189385332046728;
  private static final double STRICTNESS = 2000;

  /** A constraint's process and what its value may be at most. */
  record Limited(Posterior posterior, double limit) {}

  private final Posterior objective;
  private final double[] best;
  private final boolean improves;
  private final List<Limited> constraints;
  private final Optional<SuccessModel> success;
  private final double[] logs;
  private final double[] byMean;
  private final double[] one = new double[1];
  private double[] slopes = new double[0];

  /**
   * @param objective the objective's process
   * @param best the value to improve on; positive infinity if there is none
   * @param constraints the outcome constraints
   * @param success where trials succeed, if any has failed
   */
  Acquisition(
      Posterior objective, double best, List<Limited> constraints, Optional<SuccessModel> success) {
    this.objective = objective;
    this.improves = best < Double.POSITIVE_INFINITY;
    this.constraints = constraints;
    this.success = success;
    int fantasies = objective.fantasies();
    this.best = new double[fantasies];
    for (int s = 0; s < fantasies; s++) {
      this.best[s] = Math.min(best, objective.lowestImagined(s));
    }
    this.logs = new double[fantasies];
    this.byMean = new double[fantasies];
  }

  /** The value at a point. */
  double value(double[] point) {
    return evaluate(point, new double[0]);
  }

  /** The function to minimize and its derivatives by the places on all axes. */
  DifferentiableFunction negated() {
    return (point, gradient) -> {
      Arrays.fill(gradient, 0);
      double value = evaluate(point, gradient);
      for (int d = 0; d < gradient.length; d++) {
        gradient[d] = -gradient[d];
      }
      return -value;
    };
  }

  /** The value; adds the derivatives unless the gradient is empty. */
  private double evaluate(double[] point, double[] gradient) {
    double value = improves ? logImprovement(point, gradient) : 0;
    for (Limited constraint : constraints) {
      value += logFeasible(constraint, point, gradient);
    }
    return success.isPresent() ? value + logSuccess(success.get(), point, gradient) : value;
  }

  private double logSuccess(SuccessModel model, double[] point, double[] gradient) {
    if (slopes.length != gradient.length) {
      slopes = new double[gradient.length];
    }
    double value = model.logSuccess(point, slopes);
    double excess = Math.min(0, value - model.logLimit());
    double factor = excess < 0 ? 1 + STRICTNESS : 1;
    for (int d = 0; d < gradient.length; d++) {
      gradient[d] += factor * slopes[d];
    }
    return value + STRICTNESS * excess;
  }

  private double logImprovement(double[] point, double[] gradient) {
    objective.predict(point, gradient.length > 0);
    double deviation = Math.sqrt(objective.variance());
    for (int s = 0; s < logs.length; s++) {
      logs[s] = LogExpectedImprovement.value((best[s] - objective.mean(s)) / deviation);
    }
    double sum = LogSpace.sumExp(logs, 0, logs.length);
    if (gradient.length > 0) {
      double byDeviation = 0;
      for (int s = 0; s < logs.length; s++) {
        double z = (best[s] - objective.mean(s)) / deviation;
        double weight = Math.exp(logs[s] - sum);
        byMean[s] = -weight * LogExpectedImprovement.slope(z) / deviation;
        byDeviation += weight * LogExpectedImprovement.densityRatio(z) / deviation;
      }
      objective.addSlopes(point, byMean, 0.5 * byDeviation / deviation, gradient);
    }
    return Math.log(deviation) + sum - Math.log(logs.length);
  }

  private double logFeasible(Limited constraint, double[] point, double[] gradient) {
    Posterior posterior = constraint.posterior;
    posterior.predict(point, gradient.length > 0);
    double deviation = Math.sqrt(posterior.variance());
    double z = (constraint.limit - posterior.mean(0)) / deviation;
    double value = TruncatedNormal.logCdf(z);
    if (gradient.length > 0) {
      double ratio = Math.exp(-0.5 * z * z - LOG_SQRT_2_PI - value);
      one[0] = -ratio / deviation;
      posterior.addSlopes(point, one, -0.5 * ratio * z / (deviation * deviation), gradient);
    }
    return value;
  }
}

package org.hpo4j.examples.vessels.report;

import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Mean and median of a few repetitions with a 95 % confidence interval of the mean.
 *
 * <p>The interval is Student's: {@code mean +- t(0.975, n - 1) * s / sqrt(n)} with {@code s} the
 * standard deviation of the sample.
 *
 * @param low end of the interval; the mean itself for one value
 * @param high end of the interval; the mean itself for one value
 */
public record Interval(double mean, double median, double low, double high) {

  /**
   * Returns the interval of some values.
   *
   * @param values at least one, all finite
   */
  public static Interval of(List<Double> values) {
    int n = values.size();
    if (n == 0) {
      throw new IllegalArgumentException("got no values, needs at least one");
    }
    double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    if (n == 1) {
      return new Interval(mean, median, mean, mean);
    }
    double squares = 0;
    for (double value : sorted) {
      squares += (value - mean) * (value - mean);
    }
    double half =
        TDistribution.of(n - 1).inverseCumulativeProbability(0.975)
            * Math.sqrt(squares / (n - 1) / n);
    return new Interval(mean, median, mean - half, mean + half);
  }

  /** Returns whether all of the interval is on one side of zero. */
  public boolean excludesZero() {
    return low > 0 || high < 0;
  }

  /** Returns mean and interval with three decimals; one value has no interval to tell. */
  public String toText() {
    if (low == high) {
      return String.format(Locale.ROOT, "%.3f", mean);
    }
    return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", mean, low, high);
  }
}

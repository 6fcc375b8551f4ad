package org.hpo4j.djl.metric;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** How often, by class, something was both found and there, found, and there. */
final class Counts {
  private final double[] both;
  private final double[] found;
  private final double[] there;
  private final double all;

  /**
   * @param all pixels or examples, of each class the same
   */
  Counts(double[] both, double[] found, double[] there, double all) {
    this.both = both;
    this.found = found;
    this.there = there;
    this.all = all;
  }

  static Counts zero(int classes) {
    return new Counts(new double[classes], new double[classes], new double[classes], 0);
  }

  Counts plus(Counts other) {
    return new Counts(
        sum(both, other.both), sum(found, other.found), sum(there, other.there), all + other.all);
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    Arrays.setAll(sum, i -> a[i] + b[i]);
    return sum;
  }

  double ofClass(Score score, int number) {
    return of(score, both[number], found[number], there[number], all);
  }

  double ofAll(Score score) {
    return of(score, total(both), total(found), total(there), all * both.length);
  }

  private static double of(Score score, double both, double found, double there, double all) {
    return score.of(both, found - both, there - both, all - found - there + both);
  }

  private static double total(double[] counts) {
    return DoubleStream.of(counts).sum();
  }
}

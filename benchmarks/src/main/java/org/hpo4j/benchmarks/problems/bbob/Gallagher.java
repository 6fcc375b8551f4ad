package org.hpo4j.benchmarks.problems.bbob;

import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Gallagher's 101 Gaussian peaks (f21): T_osz(10 - max_i w_i exp(-(x - y_i)' R' C_i R (x - y_i) /
 * (2 D)))^2 + f_pen(x). The first peak is the optimum with w = 10 and lies in [-4, 4]^D; the others
 * lie in [-5, 5]^D with w from 1.1 to 9.1. C_i is Lambda^alpha_i, its diagonal in random order, by
 * alpha_i^(1/4); the alphas of the others are 1000^(2 j / 99) for j = 0 to 99 in random order.
 */
final class Gallagher implements ToDoubleFunction<double[]> {

  private static final int PEAKS = 101;

  private final Rotation rotation;
  private final double[][] centres = new double[PEAKS][];
  private final double[][] diagonals = new double[PEAKS][];

  Gallagher(Instance instance) {
    rotation = instance.rotation("R");
    UniformRandomProvider random = instance.random("peaks");
    int[] order = PermutationSampler.natural(PEAKS - 1);
    PermutationSampler.shuffle(random, order);
    for (int i = 0; i < PEAKS; i++) {
      centres[i] = rotation.times(i == 0 ? instance.optimum() : instance.uniform(random, 5));
      double alpha = i == 0 ? 1000 : StrictMath.pow(1000, 2 * order[i - 1] / (PEAKS - 2.0));
      diagonals[i] = diagonal(alpha, instance.dimensions(), random);
    }
  }

  private static double[] diagonal(double alpha, int dimensions, UniformRandomProvider random) {
    int[] order = PermutationSampler.natural(dimensions);
    PermutationSampler.shuffle(random, order);
    double[] diagonal = new double[dimensions];
    for (int i = 0; i < dimensions; i++) {
      double exponent = 0.5 * Transformations.fraction(order[i], dimensions) - 0.25;
      diagonal[i] = StrictMath.pow(alpha, exponent);
    }
    return diagonal;
  }

  @Override
  public double applyAsDouble(double[] x) {
    double[] rotated = rotation.times(x);
    double highest = 0;
    for (int i = 0; i < PEAKS; i++) {
      double weight = i == 0 ? 10 : 1.1 + 8.0 * (i - 1) / (PEAKS - 2);
      double exponent = 0;
      for (int j = 0; j < x.length; j++) {
        double d = rotated[j] - centres[i][j];
        exponent += diagonals[i][j] * d * d;
      }
      highest = Math.max(highest, weight * StrictMath.exp(-exponent / (2 * x.length)));
    }
    double value = Transformations.osz(10 - highest);
    return value * value + Transformations.penalty(x);
  }
}

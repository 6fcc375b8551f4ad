package org.hpo4j.sampler.tpe;

import java.util.Arrays;
import java.util.List;
import org.hpo4j.math.LogSpace;

/**
 * A mixture density over the dimensions of a space: a kernel an observation, the product of its
 * kernels in each dimension, and the prior as one more. Relative to the prior, as {@link Kernels}
 * are: log w_i + sum_j log k_ij(x_j), summed over i in logarithms.
 *
 * <p>All candidates pass a block of kernels before the next block is touched, so that a block is
 * read from memory once.
 */
final class ParzenMixture {

  private static final int BLOCK = 256;

  private final List<Kernels> dimensions;
  private int size;
  private double[] logWeight = new double[0];
  private double[] cumulative = new double[0];

  /** The logarithms of the terms of a block, and each candidate's sum so far: exp(max) sum. */
  private final double[] terms = new double[BLOCK];

  private double[] max = new double[0];
  private double[] sum = new double[0];

  /** A mixture over these dimensions. */
  ParzenMixture(List<Kernels> dimensions) {
    this.dimensions = List.copyOf(dimensions);
  }

  /**
   * Fits the mixture; valid until the next call.
   *
   * @param columns the observations of each dimension
   * @param trials the trials whose observations count
   * @param weights the weight of each of them
   * @param count how many entries of trials count
   * @param priorWeight the weight of the prior
   */
  void fit(List<Column> columns, int[] trials, double[] weights, int count, double priorWeight) {
    size = count;
    if (cumulative.length < count + 1) {
      int length = count + (count >> 1) + 1;
      cumulative = new double[length];
      logWeight = new double[length];
    }
    double total = 0;
    for (int i = 0; i <= count; i++) {
      total += i < count ? weights[i] : priorWeight;
      cumulative[i] = total;
    }
    double logTotal = Math.log(total);
    double lastWeight = Double.NaN;
    double lastLog = 0;
    for (int i = 0; i <= count; i++) {
      double weight = i < count ? weights[i] : priorWeight;
      if (weight != lastWeight) {
        lastWeight = weight;
        lastLog = Math.log(weight) - logTotal;
      }
      logWeight[i] = lastLog;
    }
    for (int j = 0; j < dimensions.size(); j++) {
      dimensions.get(j).fit(columns.get(j), trials, count);
    }
  }

  /** A kernel drawn by its weight, given a draw p from the uniform law on [0, 1). */
  int kernel(double p) {
    int index = Arrays.binarySearch(cumulative, 0, size + 1, p * cumulative[size]);
    return Math.min(size, index < 0 ? -index - 1 : index + 1);
  }

  /** A draw in one dimension from one kernel. */
  double sample(int dimension, int kernel, double p) {
    return dimensions.get(dimension).sample(kernel, p);
  }

  /**
   * Adds the logarithm of the mixture's relative density at each candidate.
   *
   * @param candidates the codes by candidate and dimension; NaN where a dimension is inactive
   * @param count how many candidates count
   * @param sign 1, or -1 to subtract
   * @param result receives a sum a candidate
   */
  void addLogDensity(double[][] candidates, int count, double sign, double[] result) {
    if (max.length < count) {
      max = new double[count];
      sum = new double[count];
    }
    // Running sums, scaled by their largest term so far; the prior, of density 1, comes first.
    Arrays.fill(max, 0, count, logWeight[size]);
    Arrays.fill(sum, 0, count, 1);
    for (int from = 0; from < size; from += BLOCK) {
      int to = Math.min(size, from + BLOCK);
      for (int c = 0; c < count; c++) {
        addBlock(candidates[c], from, to, c);
      }
    }
    for (int c = 0; c < count; c++) {
      result[c] += sign * (max[c] + Math.log(sum[c]));
    }
  }

  private void addBlock(double[] candidate, int from, int to, int c) {
    System.arraycopy(logWeight, from, terms, 0, to - from);
    for (int j = 0; j < candidate.length; j++) {
      if (!Double.isNaN(candidate[j])) {
        dimensions.get(j).addLogDensity(candidate[j], from, to, terms);
      }
    }
    double largest = max[c];
    for (int i = 0; i < to - from; i++) {
      largest = Math.max(largest, terms[i]);
    }
    if (largest > max[c]) {
      sum[c] *= Math.exp(max[c] - largest);
      max[c] = largest;
    }
    double least = largest - LogSpace.NEGLIGIBLE;
    double block = 0;
    for (int i = 0; i < to - from; i++) {
      if (terms[i] > least) {
        block += Math.exp(terms[i] - largest);
      }
    }
    sum[c] += block;
  }
}

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

  private final List<Kernels> dimensions;
  private int size;
  private double[] logWeight = new double[0];
  private double[] cumulative = new double[0];

  /** By candidate: its place in each dimension, and the logarithms of the terms of a block. */
  private double[][] places = new double[0][];

  private double[][] terms = new double[0][];

  /** By candidate: the largest term so far, and the sum of all in units of that one. */
  private double[] max = new double[0];

  private double[] sum = new double[0];

  /** A mixture over these dimensions. */
  ParzenMixture(List<Kernels> dimensions) {
    this.dimensions = List.copyOf(dimensions);
  }

  /**
   * Fits the mixture; valid until the next call.
   *
   * @param trials the trials whose observations count
   * @param weights the weight of each of them
   * @param count how many entries of trials count
   * @param priorWeight the weight of the prior
   */
  void fit(int[] trials, double[] weights, int count, double priorWeight) {
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
    for (Kernels kernels : dimensions) {
      kernels.fit(trials, count);
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
    prepare(candidates, count);
    for (int from = 0; from < size; from += Kernels.BLOCK) {
      int length = Math.min(size - from, Kernels.BLOCK);
      for (int c = 0; c < count; c++) {
        System.arraycopy(logWeight, from, terms[c], 0, length);
      }
      for (int j = 0; j < dimensions.size(); j++) {
        Kernels kernels = dimensions.get(j);
        kernels.load(from, from + length);
        for (int c = 0; c < count; c++) {
          if (!Double.isNaN(places[c][j])) {
            kernels.addLogDensity(places[c][j], length, terms[c]);
          }
        }
      }
      for (int c = 0; c < count; c++) {
        addTerms(c, length);
      }
    }
    for (int c = 0; c < count; c++) {
      result[c] += sign * (max[c] + Math.log(sum[c]));
    }
  }

  private void prepare(double[][] candidates, int count) {
    if (max.length < count) {
      max = new double[count];
      sum = new double[count];
      places = new double[count][dimensions.size()];
      terms = new double[count][Kernels.BLOCK];
    }
    // The prior, of relative density 1, is the first term.
    Arrays.fill(max, 0, count, logWeight[size]);
    Arrays.fill(sum, 0, count, 1);
    for (int c = 0; c < count; c++) {
      for (int j = 0; j < dimensions.size(); j++) {
        double code = candidates[c][j];
        places[c][j] = Double.isNaN(code) ? code : dimensions.get(j).place(code);
      }
    }
  }

  /** Adds the terms of a block to a candidate's sum; what is too small to matter costs no exp. */
  private void addTerms(int c, int length) {
    double[] block = terms[c];
    double largest = max[c];
    for (int i = 0; i < length; i++) {
      largest = Math.max(largest, block[i]);
    }
    double least = largest - LogSpace.NEGLIGIBLE;
    double added = 0;
    for (int i = 0; i < length; i++) {
      if (block[i] > least) {
        added += Math.exp(block[i] - largest);
      }
    }
    sum[c] = sum[c] * Math.exp(max[c] - largest) + added;
    max[c] = largest;
  }
}

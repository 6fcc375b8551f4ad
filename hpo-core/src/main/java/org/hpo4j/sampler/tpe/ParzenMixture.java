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
 * read from memory once. The latest observations come first: they lie where the search is now.
 */
final class ParzenMixture {

  /** More than rounding can make a sum of positive terms smaller. */
  private static final double SLACK = 1e-9;

  private final List<Kernels> dimensions;
  private int size;
  private double totalWeight;
  private double logPriorWeight;

  /** Of each observation; without a use where all have the same weight. */
  private double[] logWeight = new double[0];

  private double[] cumulative = new double[0];
  private boolean equalWeights;
  private double logEqualWeight;

  /** By candidate: its place in each dimension, and the logarithms of the terms of a block. */
  private double[][] places = new double[0][];

  private double[][] terms = new double[0][];

  /** By candidate: the largest term so far, and the sum of all in units of that one. */
  private double[] max = new double[0];

  private double[] sum = new double[0];

  /** The candidates that are still followed, and their number. */
  private int[] active = new int[0];

  private int activeCount;

  /** A mixture over these dimensions. */
  ParzenMixture(List<Kernels> dimensions) {
    this.dimensions = List.copyOf(dimensions);
  }

  /**
   * Fits the mixture to observations of different weights; valid until the next call.
   *
   * @param trials the trials whose observations count
   * @param weights the weight of each of them
   * @param count how many entries of trials count
   * @param priorWeight the weight of the prior
   */
  void fit(int[] trials, double[] weights, int count, double priorWeight) {
    equalWeights = false;
    if (cumulative.length < count) {
      cumulative = new double[2 * count];
      logWeight = new double[2 * count];
    }
    totalWeight = 0;
    for (int i = 0; i < count; i++) {
      totalWeight += weights[i];
      cumulative[i] = totalWeight;
    }
    totalWeight += priorWeight;
    for (int i = 0; i < count; i++) {
      logWeight[i] = Math.log(weights[i] / totalWeight);
    }
    fitKernels(trials, count, priorWeight);
  }

  /** Fits the mixture to observations of weight 1 each. */
  void fit(int[] trials, int count, double priorWeight) {
    equalWeights = true;
    totalWeight = count + priorWeight;
    logEqualWeight = -Math.log(totalWeight);
    fitKernels(trials, count, priorWeight);
  }

  private void fitKernels(int[] trials, int count, double priorWeight) {
    size = count;
    logPriorWeight = Math.log(priorWeight / totalWeight);
    for (Kernels kernels : dimensions) {
      kernels.fit(trials, count);
    }
  }

  /** A kernel drawn by its weight, given a draw p from the uniform law on [0, 1). */
  int kernel(double p) {
    double at = p * totalWeight;
    if (equalWeights) {
      return (int) Math.min(size, at);
    }
    int index = Arrays.binarySearch(cumulative, 0, size, at);
    return Math.min(size, index < 0 ? -index - 1 : index + 1);
  }

  /** A draw in one dimension from one kernel. */
  double sample(int dimension, int kernel, double p) {
    return dimensions.get(dimension).sample(kernel, p);
  }

  /**
   * The logarithm of the mixture's relative density at each candidate.
   *
   * @param candidates the codes by candidate and dimension; NaN where a dimension is inactive
   * @param count how many candidates count
   * @param result receives a value a candidate
   */
  void logDensity(double[][] candidates, int count, double[] result) {
    prepare(candidates, count);
    for (int c = 0; c < count; c++) {
      active[c] = c;
    }
    activeCount = count;
    for (int to = size; to > 0; to -= Kernels.BLOCK) {
      addBlock(to);
    }
    for (int c = 0; c < count; c++) {
      result[c] = logSum(c);
    }
  }

  /**
   * The candidate with the largest difference: its score less the logarithm of the mixture's
   * relative density. Of equals the first.
   *
   * <p>The terms of a density are positive, so a part of them bounds it from below and the
   * difference from above. The candidate that the last block favours is followed to its end; each
   * other one only until its bound falls below that.
   *
   * @param candidates as for {@link #logDensity}
   * @param count how many candidates count, at least one
   * @param scores a score a candidate; that of the result is replaced by the difference
   */
  int best(double[][] candidates, int count, double[] scores) {
    prepare(candidates, count);
    for (int c = 0; c < count; c++) {
      active[c] = c;
    }
    activeCount = count;
    addBlock(size);
    int leader = 0;
    for (int c = 1; c < count; c++) {
      if (scores[c] - logSum(c) > scores[leader] - logSum(leader)) {
        leader = c;
      }
    }
    active[0] = leader;
    activeCount = 1;
    for (int to = size - Kernels.BLOCK; to > 0; to -= Kernels.BLOCK) {
      addBlock(to);
    }
    double reached = scores[leader] - logSum(leader);
    activeCount = 0;
    for (int c = 0; c < count; c++) {
      if (c != leader) {
        active[activeCount++] = c;
      }
    }
    dropBelow(reached - SLACK, scores);
    for (int to = size - Kernels.BLOCK; to > 0 && activeCount > 0; to -= Kernels.BLOCK) {
      addBlock(to);
      dropBelow(reached - SLACK, scores);
    }
    int best = leader;
    for (int i = 0; i < activeCount; i++) {
      double difference = scores[active[i]] - logSum(active[i]);
      if (difference > reached || (difference == reached && active[i] < best)) {
        best = active[i];
        reached = difference;
      }
    }
    scores[best] = reached;
    return best;
  }

  private void dropBelow(double least, double[] scores) {
    int kept = 0;
    for (int i = 0; i < activeCount; i++) {
      if (scores[active[i]] - logSum(active[i]) >= least) {
        active[kept++] = active[i];
      }
    }
    activeCount = kept;
  }

  private double logSum(int candidate) {
    return max[candidate] + Math.log(sum[candidate]);
  }

  private void prepare(double[][] candidates, int count) {
    if (max.length < count) {
      max = new double[count];
      sum = new double[count];
      active = new int[count];
      places = new double[count][dimensions.size()];
      terms = new double[count][Kernels.BLOCK];
    }
    // The prior, of relative density 1, is the first term.
    Arrays.fill(max, 0, count, logPriorWeight);
    Arrays.fill(sum, 0, count, 1);
    for (int c = 0; c < count; c++) {
      for (int j = 0; j < dimensions.size(); j++) {
        double code = candidates[c][j];
        places[c][j] = Double.isNaN(code) ? code : dimensions.get(j).place(code);
      }
    }
  }

  /** Adds the kernels of the block that ends before {@code to} to the active candidates. */
  private void addBlock(int to) {
    int from = Math.max(0, to - Kernels.BLOCK);
    int length = to - from;
    for (int i = 0; i < activeCount; i++) {
      if (equalWeights) {
        Arrays.fill(terms[active[i]], 0, length, logEqualWeight);
      } else {
        System.arraycopy(logWeight, from, terms[active[i]], 0, length);
      }
    }
    for (int j = 0; j < dimensions.size(); j++) {
      Kernels kernels = dimensions.get(j);
      kernels.load(from, to);
      for (int i = 0; i < activeCount; i++) {
        int c = active[i];
        if (!Double.isNaN(places[c][j])) {
          kernels.addLogDensity(places[c][j], length, terms[c]);
        }
      }
    }
    for (int i = 0; i < activeCount; i++) {
      addTerms(active[i], length);
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

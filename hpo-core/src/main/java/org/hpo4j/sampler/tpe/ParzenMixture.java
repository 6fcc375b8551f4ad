package org.hpo4j.sampler.tpe;

import java.util.Arrays;
import java.util.List;
import org.hpo4j.math.LogSpace;

/**
 * A mixture density over the dimensions of a space: a kernel an observation, the product of its
 * kernels in each dimension, and the prior as one more. Relative to the prior, as {@link Kernels}
 * are: log w_i + sum_j log k_ij(x_j), summed over i in logarithms.
 *
 * <p>Kernels are added by blocks, from the latest observations on: they lie where the search is
 * now.
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

  private int blockCount;

  /** How many of the blocks, from the last one on, hold kernels that are kept. */
  private int keptBlocks;

  /** The observations of the last fit. */
  private int[] fitted = new int[0];

  /** The logarithms of a candidate's terms: those of the kernels that are kept, or of a block. */
  private double[] terms = new double[0];

  private int firstKept;

  /** By candidate: its place in each dimension. */
  private double[][] places = new double[0][];

  /** By candidate: the largest term so far, and the sum of all in units of that one. */
  private double[] max = new double[0];

  private double[] sum = new double[0];

  /** By candidate: how many blocks are in its sum, and the most that its difference can be. */
  private int[] passed = new int[0];

  private double[] bound = new double[0];

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
   * @param kept the trials below this number have the values that they had at the last call
   */
  void fit(int[] trials, double[] weights, int count, double priorWeight, int kept) {
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
    fitKernels(trials, count, priorWeight, kept);
  }

  /**
   * Fits the mixture to observations of weight 1 each; valid until the next call.
   *
   * @param kept the trials below this number have the values that they had at the last call
   */
  void fit(int[] trials, int count, double priorWeight, int kept) {
    equalWeights = true;
    totalWeight = count + priorWeight;
    logEqualWeight = -Math.log(totalWeight);
    fitKernels(trials, count, priorWeight, kept);
  }

  /** Forgets the last fit, since it does not know of values that have changed. */
  void clear() {
    size = 0;
  }

  private void fitKernels(int[] trials, int count, double priorWeight, int kept) {
    int same = 0;
    while (same < Math.min(size, count) && trials[same] == fitted[same] && trials[same] < kept) {
      same++;
    }
    int sameAtEnd = 0;
    while (sameAtEnd < Math.min(size, count) - same
        && trials[count - 1 - sameAtEnd] == fitted[size - 1 - sameAtEnd]
        && trials[count - 1 - sameAtEnd] < kept) {
      sameAtEnd++;
    }
    if (fitted.length < count) {
      fitted = Arrays.copyOf(fitted, trials.length);
    }
    System.arraycopy(trials, same, fitted, same, count - same);
    size = count;
    firstKept = Kernels.firstKept(count);
    if (terms.length < count - firstKept) {
      terms = new double[Math.min(2 * count, Kernels.MOST_KEPT)];
    }
    blockCount = (count + Kernels.BLOCK - 1) / Kernels.BLOCK;
    keptBlocks = firstKept == 0 ? blockCount : (count - firstKept) / Kernels.BLOCK;
    logPriorWeight = Math.log(priorWeight / totalWeight);
    for (Kernels kernels : dimensions) {
      kernels.fit(trials, count, same, sameAtEnd);
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
    for (int block = 0; block < blockCount; block++) {
      for (int c = 0; c < count; c++) {
        addNextBlock(c);
      }
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
   * difference from above. Always the candidate with the highest bound gets its next block; when
   * that one has all, no other can be better. So most candidates never see most of the kernels. The
   * blocks of a long history that are not kept are computed twice at most: for the candidate that
   * comes to them first, and for all those together whose bounds are still above what it reaches.
   *
   * @param candidates as for {@link #logDensity}
   * @param count how many candidates count, at least one
   * @param scores a score a candidate; that of the result is replaced by the difference
   */
  int best(double[][] candidates, int count, double[] scores) {
    prepare(candidates, count);
    for (int c = 0; c < count; c++) {
      bound[c] = bound(c, scores[c]);
    }
    int leader = highestBound(count);
    while (passed[leader] < keptBlocks) {
      addNextBlock(leader, scores);
      leader = highestBound(count);
    }
    while (passed[leader] < blockCount) {
      addNextBlock(leader, scores);
    }
    double reached = bound[leader];
    for (int c = 0; c < count; c++) {
      while (passed[c] < keptBlocks && bound[c] >= reached) {
        addNextBlock(c, scores);
      }
    }
    for (int block = keptBlocks; block < blockCount; block++) {
      for (int c = 0; c < count; c++) {
        if (passed[c] == block && bound[c] >= reached) {
          addNextBlock(c, scores);
        }
      }
    }
    leader = highestBound(count);
    scores[leader] = bound[leader];
    return leader;
  }

  private void addNextBlock(int candidate, double[] scores) {
    addNextBlock(candidate);
    bound[candidate] = bound(candidate, scores[candidate]);
  }

  /** The most that a candidate's difference can be; the difference itself if no block is left. */
  private double bound(int candidate, double score) {
    double difference = score - logSum(candidate);
    return passed[candidate] < blockCount ? difference + SLACK : difference;
  }

  private int highestBound(int count) {
    int highest = 0;
    for (int c = 1; c < count; c++) {
      if (bound[c] > bound[highest]) {
        highest = c;
      }
    }
    return highest;
  }

  private double logSum(int candidate) {
    return max[candidate] + Math.log(sum[candidate]);
  }

  private void prepare(double[][] candidates, int count) {
    if (max.length < count) {
      max = new double[count];
      sum = new double[count];
      passed = new int[count];
      bound = new double[count];
      places = new double[count][dimensions.size()];
    }
    // The prior, of relative density 1, is the first term.
    Arrays.fill(max, 0, count, logPriorWeight);
    Arrays.fill(sum, 0, count, 1);
    Arrays.fill(passed, 0, count, 0);
    for (int c = 0; c < count; c++) {
      for (int j = 0; j < dimensions.size(); j++) {
        double code = candidates[c][j];
        places[c][j] = Double.isNaN(code) ? code : dimensions.get(j).place(code);
      }
    }
  }

  /** Adds the next block of kernels to a candidate's sum. */
  private void addNextBlock(int c) {
    int to = size - Kernels.BLOCK * passed[c]++;
    int from = Math.max(0, to - Kernels.BLOCK);
    int origin = from < firstKept ? from : firstKept;
    if (equalWeights) {
      Arrays.fill(terms, from - origin, to - origin, logEqualWeight);
    } else {
      System.arraycopy(logWeight, from, terms, from - origin, to - from);
    }
    for (int j = 0; j < dimensions.size(); j++) {
      if (!Double.isNaN(places[c][j])) {
        dimensions.get(j).addLogDensity(places[c][j], from, to, terms, origin);
      }
    }
    addTerms(c, from - origin, to - origin);
  }

  /** Adds the terms of a block to a candidate's sum; what is too small to matter costs no exp. */
  private void addTerms(int c, int from, int to) {
    double largest = max[c];
    for (int i = from; i < to; i++) {
      // Twice as fast as Math.max, which looks for NaN.
      if (terms[i] > largest) {
        largest = terms[i];
      }
    }
    double least = largest - LogSpace.NEGLIGIBLE;
    double added = 0;
    for (int i = from; i < to; i++) {
      if (terms[i] > least) {
        added += Math.exp(terms[i] - largest);
      }
    }
    sum[c] = sum[c] * Math.exp(max[c] - largest) + added;
    max[c] = largest;
  }
}

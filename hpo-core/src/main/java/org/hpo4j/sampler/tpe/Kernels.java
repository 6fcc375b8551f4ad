package org.hpo4j.sampler.tpe;

/**
 * The kernels of one dimension, one an observation. Densities are relative to the prior, the
 * uniform law on unit space: an observation that lacks the dimension has the prior as its kernel,
 * so its relative density is 1 everywhere.
 */
sealed interface Kernels permits ConstantKernels, ContinuousKernels, DiscreteKernels {

  /**
   * Fits the kernels; valid until the next call.
   *
   * @param column the dimension's observations
   * @param trials the trials whose observations count, in the order of the kernels
   * @param size how many entries of trials count
   */
  void fit(Column column, int[] trials, int size);

  /**
   * A draw from a kernel.
   *
   * @param kernel its index; {@code size} is the prior
   * @param p a draw from the uniform law on [0, 1)
   * @return the code of the value drawn
   */
  double sample(int kernel, double p);

  /**
   * Adds the logarithm of each kernel's relative density.
   *
   * @param code the value at which it is taken
   * @param from the first kernel
   * @param to past the last kernel
   * @param sums receives the sum for kernel i at i - from
   */
  void addLogDensity(double code, int from, int to, double[] sums);
}

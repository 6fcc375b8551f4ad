package org.hpo4j.sampler.tpe;

/**
 * The kernels of one dimension, one an observation. Densities are relative to the prior, the
 * uniform law on unit space: an observation that lacks the dimension has the prior as its kernel,
 * so its relative density is 1 everywhere.
 *
 * <p>Kernels are not kept: those of a block are computed from the column when they are needed, so
 * that an ask after 100,000 trials takes no more memory than one after 1,000.
 */
sealed interface Kernels permits ConstantKernels, ContinuousKernels, DiscreteKernels {

  /**
   * How many kernels are loaded at once: few enough that with the sums of 24 candidates they fit
   * into the 32 KB of the nearest cache.
   */
  int BLOCK = 128;

  /**
   * Fits the kernels to observations of a column; valid until the next call.
   *
   * @param trials the trials whose observations count, in the order of the kernels; kept
   * @param size how many entries of trials count
   */
  void fit(int[] trials, int size);

  /**
   * A draw from a kernel.
   *
   * @param kernel its index; {@code size} is the prior
   * @param p a draw from the uniform law on [0, 1)
   * @return the code of the value drawn
   */
  double sample(int kernel, double p);

  /** What {@link #addLogDensity} needs to know of the value of this code. */
  double place(double code);

  /** Computes the kernels from {@code from} to before {@code to}, {@link #BLOCK} at most. */
  void load(int from, int to);

  /**
   * Adds the logarithm of the relative density of each loaded kernel.
   *
   * @param place of the value at which it is taken
   * @param count how many kernels are loaded
   * @param sums receives a sum a kernel
   */
  void addLogDensity(double place, int count, double[] sums);
}

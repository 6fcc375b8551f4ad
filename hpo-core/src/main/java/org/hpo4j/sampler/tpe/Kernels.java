package org.hpo4j.sampler.tpe;

/**
 * The kernels of one dimension, one an observation. Densities are relative to the prior, the
 * uniform law on unit space: an observation that lacks the dimension has the prior as its kernel,
 * so its relative density is 1 everywhere.
 */
sealed interface Kernels permits ConstantKernels, ContinuousKernels, DiscreteKernels {

  /** The most kernels that are asked for at once. */
  int BLOCK = 128;

  /**
   * The most kernels of a dimension that are kept from ask to ask: enough for 10,000 trials to cost
   * little, and at 100,000 a tenth of what the trials themselves take.
   */
  int MOST_KEPT = 8192;

  /** How many kernels at a time cease to be kept. */
  int STEP = 1024;

  /** The first of the latest kernels, which are kept, of so many in all. */
  static int firstKept(int size) {
    return Math.max(0, (size - MOST_KEPT + STEP - 1) / STEP * STEP);
  }

  /**
   * Fits the kernels to observations of a column; valid until the next call.
   *
   * @param trials the trials whose observations count, in the order of the kernels; kept
   * @param size how many entries of trials count
   * @param same how many of them, from the first on, are those of the last call, with values that
   *     have not changed since; this may save work, and makes no other difference
   * @param sameAtEnd the same of the last ones, as far as they are not among the first ones
   */
  void fit(int[] trials, int size, int same, int sameAtEnd);

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

  /**
   * Adds the logarithm of the relative density of each kernel of a block. After a fit, the block
   * that ends with the last kernel is asked for first, and each other one after the one behind it.
   *
   * @param place of the value at which it is taken
   * @param from the first kernel of the block
   * @param to past the last one; at most {@link #BLOCK} after the first
   * @param sums receives a sum a kernel
   * @param origin the kernel whose sum has the index 0: the {@linkplain #firstKept first} of those
   *     that are kept, or the first of a block before them
   */
  void addLogDensity(double place, int from, int to, double[] sums, int origin);
}

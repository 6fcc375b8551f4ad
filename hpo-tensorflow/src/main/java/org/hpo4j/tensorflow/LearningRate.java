package org.hpo4j.tensorflow;

/** The step size of each training step. */
@FunctionalInterface
public interface LearningRate {

  /**
   * Returns the rate of one step.
   *
   * @param step number of the step in the whole training, from 0
   * @param steps number of steps of the whole training
   */
  double at(int step, int steps);

  /**
   * Returns the same rate for every step.
   *
   * @param rate above 0
   */
  static LearningRate constant(double rate) {
    requirePositive(rate);
    return (step, steps) -> rate;
  }

  /**
   * Returns a rate that falls along half a cosine from {@code rate} to 0 (Loshchilov and Hutter,
   * "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, equation 5, without a
   * restart).
   *
   * @param rate of the first step, above 0
   */
  static LearningRate cosine(double rate) {
    requirePositive(rate);
    return (step, steps) -> rate * 0.5 * (1 + Math.cos(Math.PI * step / steps));
  }

  /**
   * Returns {@code rate / (1 + decay * step)}: the {@code decay} argument of Keras' optimizers up
   * to version 2.10.
   *
   * @param rate of the first step, above 0
   * @param decay at least 0; 0 is a constant rate
   */
  static LearningRate inverseTime(double rate, double decay) {
    requirePositive(rate);
    if (!(decay >= 0 && decay < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("decay is " + decay + ", must be finite and at least 0");
    }
    return (step, steps) -> rate / (1 + decay * step);
  }

  private static void requirePositive(double rate) {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("rate is " + rate + ", must be finite and above 0");
    }
  }
}

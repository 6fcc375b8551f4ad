package org.hpo4j.examples.vessels.engine;

import java.util.Locale;

/** The activation after each 3x3 convolution: all are {@code x} for {@code x > 0}. */
public sealed interface Rectifier {

  /** {@code 0} for {@code x <= 0}. */
  record Relu() implements Rectifier {
    @Override
    public String toString() {
      return "ReLU";
    }
  }

  /**
   * {@code slope * x} for {@code x <= 0}.
   *
   * @param slope in [0, 1]
   */
  record Leaky(double slope) implements Rectifier {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "leaky ReLU %.3f", slope);
    }
  }

  /**
   * A slope that is drawn for each value and training step; its mean at inference (Xu et al.,
   * "Empirical evaluation of rectified activations in convolutional network", arXiv:1505.00853).
   */
  record Randomized(SlopeLaw law) implements Rectifier {
    @Override
    public String toString() {
      return "randomized leaky ReLU (" + law.name().toLowerCase(Locale.ROOT) + ")";
    }
  }

  /**
   * A learned slope, 0.25 at first (He et al., "Delving deep into rectifiers", ICCV 2015).
   *
   * @param shared one slope for all channels of a layer, instead of one for each
   */
  record Parametric(boolean shared) implements Rectifier {
    @Override
    public String toString() {
      return shared ? "PReLU, shared" : "PReLU by channel";
    }
  }

  /**
   * What slopes of {@link Randomized} are drawn from. Both laws have the same mean and variance.
   */
  enum SlopeLaw {
    /** Uniform from 1/8 to 1/3, as in Xu et al.: they divide by 3 to 8. */
    UNIFORM,
    /** Normal. */
    NORMAL;

    /** Smallest slope of the uniform law. */
    public static final double LOWER = 1.0 / 8;

    /** Largest slope of the uniform law. */
    public static final double UPPER = 1.0 / 3;

    /** Mean of both. */
    public static final double MEAN = (LOWER + UPPER) / 2;

    /** Standard deviation of both. */
    public static final double DEVIATION = (UPPER - LOWER) / Math.sqrt(12);
  }
}

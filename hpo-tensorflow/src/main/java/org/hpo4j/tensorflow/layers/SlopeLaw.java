package org.hpo4j.tensorflow.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * What the slopes of a randomized leaky rectifier are drawn from.
 *
 * <p>Draws stop gradients: the engine has none for its random operations, and reaches them by the
 * shape of the input.
 */
public sealed interface SlopeLaw {

  /** Returns the mean slope, which inference uses. */
  double mean();

  /** Adds the operation that draws slopes of a shape. */
  Operand<TFloat32> draw(Ops tf, Operand<TInt32> shape, Operand<TInt64> seed);

  /**
   * Returns the uniform law of Xu et al. (arXiv:1505.00853, section 2.4). Their experiments divide
   * by a number from 3 to 8, which is a slope from 1/8 to 1/3.
   *
   * @param lower smallest slope, in [0, 1]
   * @param upper largest slope, in [lower, 1]
   */
  static SlopeLaw uniform(double lower, double upper) {
    return new Uniform(lower, upper);
  }

  /**
   * Returns a normal law. A draw may be negative, or above 1; no draw is cut off.
   *
   * @param mean in [0, 1]
   * @param deviation its standard deviation, at least 0
   */
  static SlopeLaw normal(double mean, double deviation) {
    return new Normal(mean, deviation);
  }

  /**
   * Uniform slopes.
   *
   * @param lower smallest
   * @param upper largest
   */
  record Uniform(double lower, double upper) implements SlopeLaw {
    public Uniform {
      Slopes.requireSlope("lower", lower);
      Slopes.requireSlope("upper", upper);
      if (lower > upper) {
        throw new IllegalArgumentException(
            "lower is " + lower + ", must not be above upper, " + upper);
      }
    }

    @Override
    public double mean() {
      return (lower + upper) / 2;
    }

    @Override
    public Operand<TFloat32> draw(Ops tf, Operand<TInt32> shape, Operand<TInt64> seed) {
      Operand<TFloat32> unit = tf.stopGradient(tf.random.statelessRandomUniform(shape, seed));
      return tf.math.add(
          tf.constant((float) lower), tf.math.mul(unit, tf.constant((float) (upper - lower))));
    }
  }

  /**
   * Normal slopes.
   *
   * @param mean of the slopes
   * @param deviation of the slopes
   */
  record Normal(double mean, double deviation) implements SlopeLaw {
    public Normal {
      Slopes.requireSlope("mean", mean);
      if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "deviation is " + deviation + ", must be finite and at least 0");
      }
    }

    @Override
    public Operand<TFloat32> draw(Ops tf, Operand<TInt32> shape, Operand<TInt64> seed) {
      Operand<TFloat32> standard = tf.stopGradient(tf.random.statelessRandomNormal(shape, seed));
      return tf.math.add(
          tf.constant((float) mean), tf.math.mul(standard, tf.constant((float) deviation)));
    }
  }
}

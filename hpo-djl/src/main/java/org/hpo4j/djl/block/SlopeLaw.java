package org.hpo4j.djl.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** What the slopes of a randomized leaky rectifier are drawn from. */
public sealed interface SlopeLaw {

  /** Returns the mean slope, which inference uses. */
  double mean();

  /** Draws slopes from the engine's generator. */
  NDArray draw(NDManager manager, Shape shape, DataType type);

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
   * @param deviation its standard deviation, finite and at least 0
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
      Slopes.require("lower", lower);
      Slopes.require("upper", upper);
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
    public NDArray draw(NDManager manager, Shape shape, DataType type) {
      NDArray unit = manager.randomUniform(0, 1, shape, type, manager.getDevice());
      return unit.mul(upper - lower).add(lower);
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
      Slopes.require("mean", mean);
      if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "deviation is " + deviation + ", must be finite and at least 0");
      }
    }

    @Override
    public NDArray draw(NDManager manager, Shape shape, DataType type) {
      NDArray standard = manager.randomNormal(0, 1, shape, type, manager.getDevice());
      return standard.mul(deviation).add(mean);
    }
  }
}

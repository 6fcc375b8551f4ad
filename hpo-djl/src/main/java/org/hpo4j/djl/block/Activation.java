package org.hpo4j.djl.block;

import static ai.djl.nn.Activation.relu;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a network puts after each convolution: gives out a new block for each place.
 *
 * <p>Draws come from the engine's generator: {@code Engine.setRandomSeed} fixes them.
 */
public final class Activation {
  /** max(x, 0). */
  public static final Activation RELU = of("relu", 0, ai.djl.nn.Activation::relu);

  /**
   * x tanh(ln(1 + e^x)) (Misra, "Mish", BMVC 2020, equation 1). DJL's own takes the logarithm to
   * base 2, which is another function, and is not a number above x = 88.
   */
  public static final Activation MISH =
      of("mish", 0, x -> x.mul(ai.djl.nn.Activation.softPlus(x).tanh()));

  /** x, or e^x - 1 where x is negative (Clevert et al., ICLR 2016, equation 15). */
  public static final Activation ELU = of("elu", 0, x -> ai.djl.nn.Activation.elu(x, 1));

  private static final double PRELU_SLOPE = 0.25;

  private final String name;
  private final double slope;
  private final Supplier<Block> blocks;

  private Activation(String name, double slope, Supplier<Block> blocks) {
    this.name = name;
    this.slope = slope;
    this.blocks = blocks;
  }

  private static Activation of(String name, double slope, Function<NDArray, NDArray> function) {
    return new Activation(name, slope, () -> LambdaBlock.singleton(function, name));
  }

  /**
   * Returns an activation of your own.
   *
   * @param name what {@link #toString()} gives
   * @param blocks gives a new block at each call
   */
  public static Activation of(String name, Supplier<Block> blocks) {
    return new Activation(name, 0, blocks);
  }

  /**
   * Returns x, or slope times x where x is negative (Maas et al., ICML 2013).
   *
   * @param slope finite; 0.01 in the article
   */
  public static Activation leakyRelu(double slope) {
    requireFinite("slope", slope);
    return of(
        "leaky-relu(" + slope + ")", slope, x -> relu(x).sub(relu(x.neg()).mul((float) slope)));
  }

  /**
   * Returns a leaky ReLU with one learned slope for each channel, at first 0.25 (He et al.,
   * "Delving deep into rectifiers", ICCV 2015, section 2.1). Its parameter is {@code slope}, {@code
   * [channels]}.
   */
  public static Activation prelu() {
    return new Activation("prelu", PRELU_SLOPE, () -> new Prelu(false, PRELU_SLOPE));
  }

  /**
   * Returns a leaky ReLU with one learned slope for all channels, at first 0.25 (He et al. 2015,
   * section 2.1). Its parameter is {@code slope}, {@code [1]}.
   */
  public static Activation sharedPrelu() {
    return new Activation("shared-prelu", PRELU_SLOPE, () -> new Prelu(true, PRELU_SLOPE));
  }

  /**
   * Returns a leaky ReLU whose slope is uniform in [lower, upper], drawn for each element and step
   * in training, and {@code (lower + upper) / 2} otherwise (Xu et al., "Empirical evaluation of
   * rectified activations", 2015, section 2.4; they write 1/slope, and use 3 to 8).
   *
   * @param lower finite
   * @param upper finite, above lower
   */
  public static Activation randomizedLeakyRelu(double lower, double upper) {
    requireFinite("lower", lower);
    requireFinite("upper", upper);
    if (!(lower < upper)) {
      throw new IllegalArgumentException("upper is " + upper + ", must be above lower, " + lower);
    }
    return new Activation(
        "randomized-leaky-relu(uniform, " + lower + ", " + upper + ")",
        (lower + upper) / 2,
        () -> RandomizedLeakyRelu.uniform(lower, upper));
  }

  /**
   * Returns a leaky ReLU whose slope is normal, drawn for each element and step in training, and
   * the mean otherwise.
   *
   * @param mean finite
   * @param deviation positive
   */
  public static Activation normalLeakyRelu(double mean, double deviation) {
    requireFinite("mean", mean);
    requireFinite("deviation", deviation);
    if (!(deviation > 0)) {
      throw new IllegalArgumentException("deviation is " + deviation + ", must be positive");
    }
    return new Activation(
        "randomized-leaky-relu(normal, " + mean + ", " + deviation + ")",
        mean,
        () -> RandomizedLeakyRelu.normal(mean, deviation));
  }

  /** Returns a new block. */
  public Block block() {
    return blocks.get();
  }

  /**
   * Returns the (first, or mean) slope on the negative side, which the variance of the kernels
   * before it goes by; 0 for those that have none.
   */
  public double slope() {
    return slope;
  }

  @Override
  public String toString() {
    return name;
  }

  private static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be finite");
    }
  }
}

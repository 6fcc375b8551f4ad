package org.hpo4j.djl.block;

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

  /** Returns max(x, 0). */
  public static Activation relu() {
    return of("relu", 0, x -> ai.djl.nn.Activation.relu(x));
  }

  /**
   * Returns x tanh(ln(1 + e^x)) (Misra, "Mish: a self regularized non-monotonic activation
   * function", BMVC 2020, equation 1). DJL's own block takes the logarithm to base 2, which is
   * another function, and its gradient is not a number for x above 88.
   */
  public static Activation mish() {
    return of("mish", 0, x -> x.mul(ai.djl.nn.Activation.softPlus(x).tanh()));
  }

  /**
   * Returns x, or e^x - 1 where x is negative (Clevert et al., "Fast and accurate deep network
   * learning by exponential linear units", ICLR 2016, equation 15, with alpha 1).
   */
  public static Activation elu() {
    return of("elu", 0, x -> ai.djl.nn.Activation.elu(x, 1));
  }

  /**
   * Returns x, or slope times x where x is negative (Maas et al., ICML 2013).
   *
   * @param slope in [0, 1]; 0.01 in the article
   */
  public static Activation leakyRelu(double slope) {
    Slopes.require("slope", slope);
    return of(
        "leaky-relu(" + slope + ")", slope, x -> ai.djl.nn.Activation.leakyRelu(x, (float) slope));
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
   * Returns a leaky ReLU that draws a slope for each element and step in training, and has the
   * law's mean as its slope otherwise (Xu et al., "Empirical evaluation of rectified activations in
   * convolutional network", arXiv:1505.00853, section 2.4).
   *
   * @param law what slopes are drawn from
   */
  public static Activation randomizedLeakyRelu(SlopeLaw law) {
    return new Activation(
        "randomized-leaky-relu(" + law + ")", law.mean(), () -> new RandomizedLeakyRelu(law));
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
}

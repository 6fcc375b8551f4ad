package org.hpo4j.tensorflow.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Makes the activation function of a layer of a network.
 *
 * <p>A network asks for one with a name for each place where it has one: so an activation with
 * variables, {@link Prelu}, has its own in each place, found under that name.
 */
@FunctionalInterface
public interface Activation {

  /**
   * Returns the activation of one place in a network.
   *
   * @param variables where its variables go, if it has some, under {@code name/}
   * @param name of the place
   * @param channels number of channels of the input
   */
  Layer layer(Variables variables, String name, int channels);

  /** Returns {@code max(x, 0)}. */
  static Activation relu() {
    return (variables, name, channels) -> Layers.relu();
  }

  /**
   * Returns {@code x} for {@code x > 0} and {@code slope * x} otherwise.
   *
   * @param slope in [0, 1]
   */
  static Activation leakyRelu(double slope) {
    Slopes.requireSlope("slope", slope);
    return (variables, name, channels) ->
        (tower, input) -> Slopes.rectify(tower.tf(), input, tower.tf().constant((float) slope));
  }

  /**
   * Returns {@code x} for {@code x > 0} and {@code exp(x) - 1} otherwise (Clevert et al., "Fast and
   * accurate deep network learning by exponential linear units", ICLR 2016, equation 15, with alpha
   * 1).
   */
  static Activation elu() {
    return (variables, name, channels) -> (tower, input) -> tower.tf().nn.elu(input);
  }

  /**
   * Returns {@code x * tanh(ln(1 + exp(x)))} (Misra, "Mish: a self regularized non-monotonic
   * activation function", BMVC 2020, equation 1).
   */
  static Activation mish() {
    return (variables, name, channels) ->
        (tower, input) -> {
          Ops tf = tower.tf();
          // The rectifier changes nothing. Without it the engine takes the three for one operation,
          // and then fuses that with a convolution and a batch normalization, for which it has no
          // kernel: inference ends in an error.
          Operand<TFloat32> softplus = tf.nn.relu(tf.math.softplus(input));
          return tf.math.mul(input, tf.math.tanh(softplus));
        };
  }

  /** Returns a leaky rectifier that learns a slope for each channel; see {@link Prelu}. */
  static Activation prelu() {
    return Prelu::of;
  }

  /** Returns a leaky rectifier that learns one slope for all channels; see {@link Prelu}. */
  static Activation sharedPrelu() {
    return (variables, name, channels) -> Prelu.of(variables, name, 1);
  }

  /**
   * Returns a leaky rectifier that draws a slope for each value in each training step, and has the
   * law's mean as its slope at inference (Xu et al., "Empirical evaluation of rectified activations
   * in convolutional network", arXiv:1505.00853, section 2.4).
   *
   * @param law what slopes are drawn from
   */
  static Activation randomizedLeakyRelu(SlopeLaw law) {
    return (variables, name, channels) ->
        (tower, input) -> {
          Ops tf = tower.tf();
          Operand<TFloat32> slope =
              tower.mode() == Mode.TRAINING
                  ? law.draw(tf, tf.shape(input), tower.randomSeed(name))
                  : tf.constant((float) law.mean());
          return Slopes.rectify(tf, input, slope);
        };
  }
}

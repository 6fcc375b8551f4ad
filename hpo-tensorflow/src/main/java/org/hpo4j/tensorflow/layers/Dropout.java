package org.hpo4j.tensorflow.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Sets each value to 0 with some probability and divides the others by the probability to stay, so
 * that expectations stay; in an inference tower, returns its input (Srivastava et al., "Dropout",
 * JMLR 15, 2014, scaled in training rather than at test as in their section 10).
 *
 * <p>What drops is drawn anew in every step and follows from the training's key, the step and the
 * layer's name.
 *
 * @param name of the layer, one for each dropout of a network
 * @param rate probability to drop a value, in [0, 1); 0 drops nothing
 */
public record Dropout(String name, double rate) implements Layer {

  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "dropout rate of '" + name + "' is " + rate + ", must be in [0, 1)");
    }
  }

  @Override
  public Operand<TFloat32> apply(Tower tower, Operand<TFloat32> input) {
    if (tower.mode() == Mode.INFERENCE || rate == 0) {
      return input;
    }
    Ops tf = tower.tf();
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniform(tf.shape(input), tower.randomSeed(name));
    Operand<TFloat32> stays =
        tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant((float) rate)), TFloat32.class);
    return tf.math.mul(input, tf.math.mul(stays, tf.constant((float) (1 / (1 - rate)))));
  }
}

package org.hpo4j.tensorflow.vision;

import java.util.List;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Tower;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Passes images on whose height and width are multiples of a number, and refuses others by name:
 * the graph, which knows sizes only when it runs, would fail at some concatenation further on.
 */
record SizeCheck(int multiple) implements Layer {

  @Override
  public Operand<TFloat32> apply(Tower tower, Operand<TFloat32> image) {
    Ops tf = tower.tf();
    Operand<TInt32> size =
        tf.slice(tf.shape(image), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
    Operand<TInt32> remainders = tf.math.mod(size, tf.constant(multiple));
    Operand<TBool> right = tf.all(tf.math.equal(remainders, tf.constant(0)), tf.constant(0));
    Ops checked =
        tf.withControlDependencies(
            tf.assertThat(
                right,
                List.of(
                    tf.constant("height and width must be multiples of"),
                    tf.constant(multiple),
                    tf.constant("got"),
                    size)));
    return checked.identity(image);
  }
}

package org.hpo4j.tensorflow.loss;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A metric that is a mean over examples.
 *
 * @param <L> type of the labels
 */
@FunctionalInterface
public interface MeanMetric<L extends TType> extends Metric<L> {

  /**
   * Adds the metric's operations to the graph.
   *
   * @param outputs of the network, one entry of the first dimension for each example
   * @param labels of the same examples
   * @return a scalar, the mean over the batch
   */
  Operand<TFloat32> mean(Ops tf, Operand<TFloat32> outputs, Operand<L> labels);

  /** Returns the batch's mean times its examples, and their number. */
  @Override
  default Operand<TFloat32> sums(Ops tf, Operand<TFloat32> outputs, Operand<L> labels) {
    Operand<TInt32> size = tf.shape.size(outputs, tf.constant(0));
    Operand<TFloat32> examples =
        tf.reshape(tf.dtypes.cast(size, TFloat32.class), tf.array(new int[0]));
    return tf.stack(List.of(tf.math.mul(mean(tf, outputs, labels), examples), examples));
  }

  @Override
  default double value(double[] sums) {
    return sums[0] / sums[1];
  }
}

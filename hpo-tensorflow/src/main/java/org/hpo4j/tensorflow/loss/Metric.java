package org.hpo4j.tensorflow.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * A scalar computed from a network's outputs and the labels of one batch, as the mean over its
 * examples.
 *
 * @param <L> type of the labels
 */
@FunctionalInterface
public interface Metric<L extends TType> {

  /**
   * Adds the metric's operations to the graph.
   *
   * @param outputs of the network, one entry of the first dimension for each example
   * @param labels of the same examples
   * @return a scalar, the mean over the batch
   */
  Operand<TFloat32> mean(Ops tf, Operand<TFloat32> outputs, Operand<L> labels);
}

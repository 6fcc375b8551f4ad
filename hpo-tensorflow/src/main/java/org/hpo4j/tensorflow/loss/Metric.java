package org.hpo4j.tensorflow.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * A number about a network's outputs and the labels of any number of batches: a function of sums
 * over them. So a ratio of counts, such as {@link ConfusionScore}, is that of all examples and not
 * a mean of the ratios of batches.
 *
 * @param <L> type of the labels
 * @see MeanMetric
 */
public interface Metric<L extends TType> {

  /**
   * Adds to the graph what one batch adds to the sums.
   *
   * @param outputs of the network, one entry of the first dimension for each example
   * @param labels of the same examples
   * @return a vector; a count in it is exact up to 16.7 million in a batch
   */
  Operand<TFloat32> sums(Ops tf, Operand<TFloat32> outputs, Operand<L> labels);

  /**
   * Returns the metric's value.
   *
   * @param sums over all batches of the vectors of {@link #sums}
   */
  double value(double[] sums);
}

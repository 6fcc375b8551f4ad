package org.hpo4j.tensorflow.vision;

import java.util.List;
import org.hpo4j.tensorflow.layers.Activation;
import org.hpo4j.tensorflow.layers.BatchNorm;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Variables;

/** What a builder was told, checked. */
record UNetOptions(
    int inputChannels,
    int classes,
    int startFilters,
    int depth,
    Activation activation,
    UNet.BatchNormPlace batchNorm,
    double batchNormMomentum,
    double dropout,
    List<Integer> dilations,
    UNet.Encoder encoder) {

  static final int MAX_DEPTH = 8;
  static final int RESNET_DEPTH = 5;

  /**
   * Follows a convolution with its activation, and with batch normalization where it is asked for.
   *
   * @param place of the convolution in its block, such as {@code down0}
   * @param number of the convolution in the block
   */
  Layer activated(Variables variables, String place, int number, Layer convolution, int filters) {
    String norm = place + "/norm" + number;
    Layer function = activation.layer(variables, place + "/activation" + number, filters);
    return switch (batchNorm) {
      case NONE -> convolution.then(function);
      case BEFORE -> convolution.then(norm(variables, norm, filters)).then(function);
      case AFTER -> convolution.then(function).then(norm(variables, norm, filters));
    };
  }

  Layer norm(Variables variables, String name, int filters) {
    return BatchNorm.of(variables, name, filters, batchNormMomentum);
  }
}

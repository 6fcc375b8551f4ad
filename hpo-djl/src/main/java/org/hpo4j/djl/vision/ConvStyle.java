package org.hpo4j.djl.vision;

import ai.djl.nn.Block;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hpo4j.djl.block.Activation;
import org.hpo4j.djl.block.Blocks;
import org.hpo4j.djl.block.Conv2d;

/** What follows the convolutions of a network. */
record ConvStyle(
    Activation activation,
    UNet.BatchNormPlace batchNorm,
    double batchNormMomentum,
    double dropout) {
  private static final int KERNEL = 3;

  /**
   * Returns what a U-Net repeats at each level: {@code conv0, norm0, activation0, conv1, norm1,
   * activation1, dropout}, as far as they are wanted.
   *
   * @param dilations of {@code conv0} and of {@code conv1}
   */
  Map<String, Block> layers(int filters, int... dilations) {
    Map<String, Block> layers = new LinkedHashMap<>();
    for (int i = 0; i < dilations.length; i++) {
      layers.put(
          "conv" + i,
          Conv2d.builder(KERNEL, filters)
              .dilation(dilations[i])
              .followedBySlope(activation.slope())
              .build());
      if (batchNorm == UNet.BatchNormPlace.BEFORE) {
        layers.put("norm" + i, norm());
      }
      layers.put("activation" + i, activation.block());
      if (batchNorm == UNet.BatchNormPlace.AFTER) {
        layers.put("norm" + i, norm());
      }
    }
    if (dropout > 0) {
      layers.put("dropout", Blocks.dropout(dropout));
    }
    return layers;
  }

  Block norm() {
    return Blocks.batchNorm(batchNormMomentum);
  }
}

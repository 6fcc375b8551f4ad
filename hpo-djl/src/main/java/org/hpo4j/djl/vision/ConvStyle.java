package org.hpo4j.djl.vision;

import ai.djl.nn.Block;
import java.util.LinkedHashMap;
import java.util.List;
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
  /** Dilation rates of two convolutions that leave no pixel out. */
  static final List<Integer> DENSE = List.of(1, 1);

  private static final int KERNEL = 3;

  /**
   * Returns what a U-Net repeats at each level: {@code conv0, norm0, activation0, conv1, norm1,
   * activation1, dropout}, as far as they are wanted.
   *
   * @param rates dilation of each convolution
   */
  Map<String, Block> layers(int filters, List<Integer> rates) {
    Map<String, Block> layers = new LinkedHashMap<>();
    for (int i = 0; i < rates.size(); i++) {
      layers.put(
          "conv" + i,
          Conv2d.builder(KERNEL, filters)
              .dilation(rates.get(i))
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

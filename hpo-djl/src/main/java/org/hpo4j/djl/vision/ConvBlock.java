package org.hpo4j.djl.vision;

import java.util.List;
import org.hpo4j.djl.block.Activation;
import org.hpo4j.djl.block.Blocks;
import org.hpo4j.djl.block.Conv2d;
import org.hpo4j.djl.block.NamedSequence;

/** What a U-Net repeats at each level: two convolutions with what belongs to each. */
record ConvBlock(
    Activation activation, BatchNormOrder batchNorm, double batchNormMomentum, double dropout) {
  static final int CONVOLUTIONS = 2;
  private static final int KERNEL = 3;

  /** Returns {@code conv0, norm0, act0, conv1, norm1, act1, dropout}, as far as they are wanted. */
  NamedSequence create(int filters, List<Integer> dilations) {
    NamedSequence block = new NamedSequence();
    for (int i = 0; i < CONVOLUTIONS; i++) {
      block.add(
          "conv" + i,
          Conv2d.builder(KERNEL, filters)
              .dilation(dilations.get(i))
              .followedBySlope(activation.slope())
              .build());
      if (batchNorm == BatchNormOrder.BEFORE) {
        block.add("norm" + i, Blocks.batchNorm(batchNormMomentum));
      }
      block.add("act" + i, activation.block());
      if (batchNorm == BatchNormOrder.AFTER) {
        block.add("norm" + i, Blocks.batchNorm(batchNormMomentum));
      }
    }
    if (dropout > 0) {
      block.add("dropout", Blocks.dropout(dropout));
    }
    return block;
  }
}

package org.hpo4j.djl.vision;

import java.util.List;
import org.hpo4j.djl.block.Activation;
import org.hpo4j.djl.block.Blocks;
import org.hpo4j.djl.block.Conv2d;
import org.hpo4j.djl.block.NamedSequence;

/**
 * The convolutional part of VGG-16 (Simonyan and Zisserman, "Very deep convolutional networks for
 * large-scale image recognition", ICLR 2015, table 1, column D).
 *
 * <p>Layers have Keras' names: {@code block1_conv1/kernel} to {@code block5_conv3/bias}. {@link
 * PretrainedWeights} gives them values.
 */
public final class Vgg16 {
  private static final List<Integer> CONVOLUTIONS = List.of(2, 2, 3, 3, 3);
  private static final List<Integer> FILTERS = List.of(64, 128, 256, 512, 512);

  private Vgg16() {}

  /**
   * Returns five blocks of 3x3 convolutions with ReLU, each with a 2x2 maximum pool at its end: 512
   * channels of height and width 1/32 of the input's, rounded down. With three input channels it
   * has 14,714,688 parameters.
   */
  public static NamedSequence withoutTop() {
    NamedSequence network = new NamedSequence();
    for (int i = 0; i < FILTERS.size(); i++) {
      String block = "block" + (i + 1);
      for (int j = 1; j <= CONVOLUTIONS.get(i); j++) {
        network
            .add(block + "_conv" + j, Conv2d.builder(3, FILTERS.get(i)).build())
            .add(block + "_relu" + j, Activation.relu().block());
      }
      network.add(block + "_pool", Blocks.maxPool(2, 2, 0));
    }
    return network;
  }
}

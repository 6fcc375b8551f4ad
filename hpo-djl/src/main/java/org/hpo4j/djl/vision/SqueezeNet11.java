package org.hpo4j.djl.vision;

import org.hpo4j.djl.block.Activation;
import org.hpo4j.djl.block.Blocks;
import org.hpo4j.djl.block.Conv2d;
import org.hpo4j.djl.block.NamedSequence;

/**
 * The convolutional part of SqueezeNet 1.1: the fire modules of Iandola et al., "SqueezeNet",
 * arXiv:1602.07360, section 3.1, with the authors' later, smaller first layer and earlier pools.
 *
 * <p>Layers have the names of its Keras port: {@code conv1/kernel}, {@code
 * fire2/squeeze1x1/kernel}, {@code fire2/expand1x1/kernel}, {@code fire2/expand3x3/kernel}, up to
 * {@code fire9}. {@link PretrainedWeights} gives them values.
 */
public final class SqueezeNet11 {

  private SqueezeNet11() {}

  /**
   * Returns a 3x3 convolution and eight fire modules, with 3x3 maximum pools of stride 2 after the
   * convolution, {@code fire3} and {@code fire5}, all without padding: 512 channels, 13x13 for an
   * input of 227x227. With three input channels it has 722,496 parameters.
   */
  public static NamedSequence withoutTop() {
    return new NamedSequence()
        .add("conv1", Conv2d.builder(3, 64).stride(2).valid().build())
        .add("relu_conv1", Activation.relu().block())
        .add("pool1", Blocks.maxPool(3, 2, 0))
        .add("fire2", new Fire(16, 64))
        .add("fire3", new Fire(16, 64))
        .add("pool3", Blocks.maxPool(3, 2, 0))
        .add("fire4", new Fire(32, 128))
        .add("fire5", new Fire(32, 128))
        .add("pool5", Blocks.maxPool(3, 2, 0))
        .add("fire6", new Fire(48, 192))
        .add("fire7", new Fire(48, 192))
        .add("fire8", new Fire(64, 256))
        .add("fire9", new Fire(64, 256));
  }
}

package org.hpo4j.examples.unet.model;

import java.util.ArrayList;
import java.util.List;
import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.tensorflow.layers.BatchNorm;
import org.hpo4j.tensorflow.layers.Conv2d;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Layers;
import org.hpo4j.tensorflow.layers.TransposedConv2d;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A U-Net whose decoder only upsamples and concatenates.
 *
 * <p>Four encoder levels and a bottleneck of two 3x3 convolutions with batch normalization and ReLU
 * each, with 32, 64, 128, 256 and 512 filters divided by a scale; 2x2 max-pooling between. Each
 * decoder level is one 2x2 transposed convolution to the filters of the encoder level it is then
 * joined with. A 1x1 convolution with {@code headChannels} filters ends the network. Where these
 * are more than the classes, each class owns a group of them, and its logit is their sum.
 *
 * <p>Input is {@code [batch, height, width, 3]} with height and width multiples of 16, output
 * {@code [batch, height, width, 3]} logits.
 *
 * @param scale what the filter counts are divided by: a power of two from 1 to 32
 * @param headChannels filters of the last convolution, a positive multiple of the number of classes
 * @param batchNormMomentum weight of the past in the moving averages, in [0, 1)
 */
public record UNet(int scale, int headChannels, double batchNormMomentum) {
  private static final int IMAGE_CHANNELS = 3;
  private static final List<Integer> FILTERS = List.of(32, 64, 128, 256, 512);

  /** Height and width of an input must be multiples of this. */
  public static final int SIZE_MULTIPLE = 1 << (FILTERS.size() - 1);

  public UNet {
    requireScale(scale);
    if (headChannels < Label.COUNT || headChannels % Label.COUNT != 0) {
      throw new IllegalArgumentException(
          "headChannels is " + headChannels + ", must be a positive multiple of " + Label.COUNT);
    }
  }

  /** Throws an {@link IllegalArgumentException} unless filter counts can be divided by this. */
  public static void requireScale(int scale) {
    if (scale < 1 || scale > FILTERS.get(0) || Integer.bitCount(scale) != 1) {
      throw new IllegalArgumentException(
          "scale is " + scale + ", must be a power of two from 1 to " + FILTERS.get(0));
    }
  }

  /** Returns the network with one filter for each class in its last convolution. */
  public static UNet baseline(int scale, double batchNormMomentum) {
    return new UNet(scale, Label.COUNT, batchNormMomentum);
  }

  /**
   * Returns the number of filters that a drawn value stands for: the largest multiple of the number
   * of classes that is not above it.
   *
   * @param drawn at least the number of classes
   */
  public static int headChannels(double drawn) {
    if (!(drawn >= Label.COUNT && drawn <= 1e6)) {
      throw new IllegalArgumentException(
          "channels is " + drawn + ", must be at least " + Label.COUNT);
    }
    return Label.COUNT * (int) Math.floor(drawn / Label.COUNT);
  }

  /** Returns the network's layers; their variables go into {@code variables}. */
  public Layer layers(Variables variables) {
    List<Layer> encoder = new ArrayList<>();
    List<Layer> decoder = new ArrayList<>();
    int inputs = IMAGE_CHANNELS;
    for (int level = 0; level < FILTERS.size(); level++) {
      encoder.add(block(variables, "encoder" + level, inputs, filters(level)));
      inputs = filters(level);
    }
    for (int level = FILTERS.size() - 2; level >= 0; level--) {
      decoder.add(TransposedConv2d.of(variables, "decoder" + level, inputs, filters(level)));
      inputs = 2 * filters(level);
    }
    Layer head = Conv2d.of(variables, "head", 1, inputs, headChannels);
    if (headChannels > Label.COUNT) {
      head = head.then(Layers.groupedSum(headChannels, Label.COUNT));
    }
    return joined(encoder, decoder, head);
  }

  private static Layer joined(List<Layer> encoder, List<Layer> decoder, Layer head) {
    return (tower, image) -> {
      List<Operand<TFloat32>> skips = new ArrayList<>();
      Operand<TFloat32> x = image;
      for (int level = 0; level < encoder.size(); level++) {
        if (level > 0) {
          x = Layers.maxPool2x2().apply(tower, x);
        }
        x = encoder.get(level).apply(tower, x);
        skips.add(x);
      }
      for (int i = 0; i < decoder.size(); i++) {
        Operand<TFloat32> skip = skips.get(encoder.size() - 2 - i);
        x = Layers.concatChannels(tower, skip, decoder.get(i).apply(tower, x));
      }
      return head.apply(tower, x);
    };
  }

  private Layer block(Variables variables, String name, int inputs, int filters) {
    return Layer.sequence(
        List.of(
            Conv2d.of(variables, name + "/conv1", 3, inputs, filters),
            BatchNorm.of(variables, name + "/norm1", filters, batchNormMomentum),
            Layers.relu(),
            Conv2d.of(variables, name + "/conv2", 3, filters, filters),
            BatchNorm.of(variables, name + "/norm2", filters, batchNormMomentum),
            Layers.relu()));
  }

  /** Returns the number of trainable parameters, counted without building the network. */
  public long parameterCount() {
    long count = 0;
    int inputs = IMAGE_CHANNELS;
    for (int level = 0; level < FILTERS.size(); level++) {
      int filters = filters(level);
      long norms = 4L * filters;
      count += convolution(3, inputs, filters) + convolution(3, filters, filters) + norms;
      inputs = filters;
    }
    for (int level = FILTERS.size() - 2; level >= 0; level--) {
      count += convolution(2, inputs, filters(level));
      inputs = 2 * filters(level);
    }
    return count + headParameterCount();
  }

  /** Returns the number of parameters of the last convolution. */
  public long headParameterCount() {
    return convolution(1, 2 * filters(0), headChannels);
  }

  /** Returns the number of parameters of the second convolution of the bottleneck. */
  public long bottleneckParameterCount() {
    int filters = filters(FILTERS.size() - 1);
    return convolution(3, filters, filters);
  }

  private int filters(int level) {
    return FILTERS.get(level) / scale;
  }

  private static long convolution(int size, int inputs, int filters) {
    return ((long) size * size * inputs + 1) * filters;
  }
}

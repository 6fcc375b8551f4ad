package org.hpo4j.examples.unet.model;

import java.util.List;
import org.hpo4j.examples.unet.data.Label;

/**
 * A U-Net whose decoder only upsamples and concatenates.
 *
 * <p>Four encoder levels and a bottleneck of two 3x3 convolutions with batch normalization and ReLU
 * each, with 32, 64, 128, 256 and 512 filters divided by a scale; 2x2 max-pooling between. Each
 * decoder level is one 2x2 transposed convolution to the filters of the encoder level it is then
 * joined with. A 1x1 convolution with {@code headChannels} filters ends the network. Where these
 * are more than the classes, each class owns a group of them, and its logit is their sum.
 *
 * <p>Input is an image whose height and width are multiples of 16, output a logit of each class for
 * each pixel.
 *
 * @param scale what the filter counts are divided by: a power of two from 1 to 32
 * @param headChannels filters of the last convolution, a positive multiple of the number of classes
 * @param batchNormMomentum weight of the past in the moving averages, in [0, 1)
 */
public record UNet(int scale, int headChannels, double batchNormMomentum) {
  /** Name of the last convolution's kernel. */
  public static final String LAST_KERNEL = "head/kernel";

  /** Name of the kernel of the convolution before it. */
  public static final String PENULTIMATE_KERNEL = "decoder0/kernel";

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

  /** Returns the filters of the encoder's levels, the bottleneck last. */
  public List<Integer> filters() {
    return FILTERS.stream().map(filters -> filters / scale).toList();
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

package org.hpo4j.examples.flowers.data;

import java.awt.image.BufferedImage;

/**
 * How a network wants its pixels: what was subtracted and divided by when its weights were trained.
 */
public enum Normalization {
  /** Red, green, blue in [0, 1], less ImageNet's mean, divided by its standard deviation. */
  IMAGENET {
    @Override
    int source(int channel) {
      return channel;
    }

    @Override
    float normalized(int sample, int source) {
      return (sample / 255f - MEAN[source]) / DEVIATION[source];
    }
  },

  /**
   * Blue, green, red in [0, 255], less ImageNet's mean: Caffe's way, and that of the VGG-16 and
   * SqueezeNet weights in Keras' format.
   */
  CAFFE {
    @Override
    int source(int channel) {
      return 2 - channel;
    }

    @Override
    float normalized(int sample, int source) {
      return sample - CAFFE_MEAN[source];
    }
  };

  // Of red, green and blue.
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};
  private static final float[] CAFFE_MEAN = {123.68f, 116.779f, 103.939f};

  /** Returns which of red, green and blue, from 0, is wanted as a channel. */
  abstract int source(int channel);

  /**
   * Returns what the network reads for a sample.
   *
   * @param sample in [0, 255]
   * @param source 0 for red, 1 for green, 2 for blue
   */
  abstract float normalized(int sample, int source);

  /**
   * Returns normalized pixels, channel by channel: shape {@code [3, height, width]}, row-major.
   *
   * @param image of type {@link BufferedImage#TYPE_INT_RGB}
   */
  public float[] apply(BufferedImage image) {
    int width = image.getWidth();
    int pixels = width * image.getHeight();
    int[] rgb = image.getRGB(0, 0, width, image.getHeight(), new int[pixels], 0, width);
    float[] values = new float[3 * pixels];
    for (int channel = 0; channel < 3; channel++) {
      int source = source(channel);
      int shift = 16 - 8 * source;
      for (int i = 0; i < pixels; i++) {
        values[channel * pixels + i] = normalized(rgb[i] >> shift & 0xFF, source);
      }
    }
    return values;
  }
}

package org.hpo4j.examples.unet.data;

import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/**
 * What a camera does to a scene: a little blur, an exposure and a tint of the day, noise in every
 * pixel.
 */
final class Sensor {
  private static final double NOISE = 5;

  private Sensor() {}

  /** Returns three bytes a pixel, row by row. */
  static byte[] expose(BufferedImage photo, RandomGenerator random) {
    int size = photo.getWidth();
    int[] pixels = photo.getRGB(0, 0, size, size, new int[size * size], 0, size);
    double[] gains = new double[3];
    double exposure = 0.8 + 0.4 * random.nextDouble();
    for (int channel = 0; channel < 3; channel++) {
      gains[channel] = exposure * (0.94 + 0.12 * random.nextDouble());
    }
    byte[] rgb = new byte[3 * pixels.length];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        for (int channel = 0; channel < 3; channel++) {
          double value =
              gains[channel] * blurred(pixels, size, x, y, 16 - 8 * channel)
                  + NOISE * random.nextGaussian();
          rgb[3 * (y * size + x) + channel] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
      }
    }
    return rgb;
  }

  /** A mean of the pixel and its four neighbours, in which the pixel counts for a half. */
  private static double blurred(int[] pixels, int size, int x, int y, int shift) {
    int centre = sample(pixels, size, x, y, shift);
    int around =
        sample(pixels, size, Math.max(0, x - 1), y, shift)
            + sample(pixels, size, Math.min(size - 1, x + 1), y, shift)
            + sample(pixels, size, x, Math.max(0, y - 1), shift)
            + sample(pixels, size, x, Math.min(size - 1, y + 1), shift);
    return centre / 2.0 + around / 8.0;
  }

  private static int sample(int[] pixels, int size, int x, int y, int shift) {
    return (pixels[y * size + x] >> shift) & 0xFF;
  }
}

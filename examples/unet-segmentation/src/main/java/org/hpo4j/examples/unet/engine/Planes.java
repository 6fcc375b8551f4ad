package org.hpo4j.examples.unet.engine;

/** Images by channel, as DJL takes them, and by pixel, as the study has them. */
final class Planes {
  private Planes() {}

  /**
   * Returns {@code [count, channels, pixels]} of {@code [count, pixels, channels]}.
   *
   * @param values of all images
   * @param pixels of one image
   */
  static float[] byChannel(float[] values, int pixels, int channels) {
    float[] planes = new float[values.length];
    for (int i = 0; i < values.length / channels; i++) {
      for (int channel = 0; channel < channels; channel++) {
        planes[(i / pixels * channels + channel) * pixels + i % pixels] =
            values[channels * i + channel];
      }
    }
    return planes;
  }

  /** Returns {@code [pixels, channels]} of the {@code [channels, pixels]} of one image. */
  static float[] byPixel(float[] planes, int channels) {
    int pixels = planes.length / channels;
    float[] values = new float[planes.length];
    for (int i = 0; i < pixels; i++) {
      for (int channel = 0; channel < channels; channel++) {
        values[i * channels + channel] = planes[channel * pixels + i];
      }
    }
    return values;
  }
}

package org.hpo4j.examples.documents.data;

/** The order of a batch's axes. */
public enum Layout {
  /** Batch, height, width, channel: TensorFlow's. */
  NHWC,
  /** Batch, channel, height, width: PyTorch's. */
  NCHW;

  /** Returns where a value is in the flat array. */
  public int index(int image, int channel, int y, int x, int channels, int height, int width) {
    return this == NHWC
        ? ((image * height + y) * width + x) * channels + channel
        : ((image * channels + channel) * height + y) * width + x;
  }
}

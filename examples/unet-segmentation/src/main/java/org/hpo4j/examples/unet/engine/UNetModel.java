package org.hpo4j.examples.unet.engine;

/** A network that predicts. Holds native memory until it is closed. */
public interface UNetModel extends AutoCloseable {

  /**
   * Returns the logits of one image, {@code [height, width, 3]} as the image.
   *
   * @param colours in [-1, 1], {@code [height, width, 3]}
   */
  float[] logits(float[] colours, int height, int width);

  @Override
  void close();
}

package org.hpo4j.examples.flowers.data;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** One picture with its class. Its pixels are not kept: a folder of photographs may be large. */
public interface Picture {

  /** What the picture is called, unique in its set. */
  String name();

  /** Number of its class, from 0. */
  int label();

  /**
   * Reads or draws the picture: the same pixels each time.
   *
   * @return an image of type {@link BufferedImage#TYPE_INT_RGB}
   * @throws PictureException if its file can't be used
   */
  BufferedImage pixels() throws IOException;
}

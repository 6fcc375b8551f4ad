package org.hpo4j.examples.flowers.data;

import java.awt.image.BufferedImage;
import java.io.IOException;

/**
 * The fixed views of pictures: which there are depends on seed, picture and number alone, so that
 * what a network makes of them can be kept.
 *
 * @param seed of the study
 * @param size height and width of a view in pixels, at least 8
 */
public record Views(long seed, int size) {
  /** Number of the view without augmentation, by which pictures are judged. */
  public static final int PLAIN = 0;

  public Views {
    if (size < 8) {
      throw new IllegalArgumentException("crop is " + size + " pixels, must be at least 8");
    }
  }

  /**
   * Returns a view: an image of {@code size x size} pixels, of type {@link
   * BufferedImage#TYPE_INT_RGB}.
   *
   * @param number 0 for the plain view, others for augmented ones
   */
  public BufferedImage image(Picture picture, int number) throws IOException {
    return View.of(seed, picture.name(), number).of(picture.pixels(), size);
  }
}

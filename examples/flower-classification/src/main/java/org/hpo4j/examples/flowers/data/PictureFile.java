package org.hpo4j.examples.flowers.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hpo4j.djl.vision.WholeImage;

/** A picture in a file. */
record PictureFile(String name, int label, Path file) implements Picture {
  private static final String FORMATS = "must be a JPEG, PNG, BMP, GIF or TIFF image";

  @Override
  public BufferedImage pixels() throws PictureException {
    BufferedImage read = read(file);
    BufferedImage rgb =
        new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
    if (isGrey(read)) {
      copyGrey(read, rgb);
    } else {
      for (int y = 0; y < read.getHeight(); y++) {
        for (int x = 0; x < read.getWidth(); x++) {
          rgb.setRGB(x, y, read.getRGB(x, y));
        }
      }
    }
    return rgb;
  }

  /**
   * Copies the one channel to all three. {@link BufferedImage#getRGB} would brighten it: Java takes
   * grey samples for linear light, files mean what is on the screen.
   */
  private static void copyGrey(BufferedImage grey, BufferedImage rgb) {
    Raster raster = grey.getRaster();
    int shift = grey.getColorModel().getComponentSize(0) - 8;
    for (int y = 0; y < grey.getHeight(); y++) {
      for (int x = 0; x < grey.getWidth(); x++) {
        int value = raster.getSample(x, y, 0) >> shift;
        rgb.setRGB(x, y, value << 16 | value << 8 | value);
      }
    }
  }

  private static boolean isGrey(BufferedImage image) {
    ColorModel colours = image.getColorModel();
    boolean grey = colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    return grey && !(colours instanceof IndexColorModel);
  }

  /**
   * Tells whether an image has one channel, opacity aside; all of it is decoded, so that damage
   * shows.
   */
  static boolean isGrey(Path file) throws PictureException {
    return isGrey(read(file));
  }

  private static BufferedImage read(Path file) throws PictureException {
    Optional<BufferedImage> read;
    try {
      read = WholeImage.read(file);
    } catch (IOException e) {
      throw new PictureException("'%s' can't be read: %s".formatted(file, e.getMessage()), e);
    }
    return read.orElseThrow(
        () -> new PictureException("'" + file + "' is not an image: " + FORMATS));
  }
}

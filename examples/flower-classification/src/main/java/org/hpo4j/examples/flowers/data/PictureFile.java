package org.hpo4j.examples.flowers.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/** A picture in a file. */
record PictureFile(String name, int label, Path file) implements Picture {
  private static final String FORMATS = "must be a JPEG, PNG, BMP, GIF or TIFF image";

  @Override
  public BufferedImage pixels() throws PictureException {
    BufferedImage read;
    try {
      read = ImageIO.read(file.toFile());
    } catch (IOException | RuntimeException e) {
      // Damaged files come out of ImageIO's readers as exceptions of either kind.
      throw new PictureException("'%s' can't be read: %s".formatted(file, e.getMessage()), e);
    }
    if (read == null) {
      throw new PictureException("'" + file + "' is not an image: " + FORMATS);
    }
    BufferedImage rgb =
        new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
    if (read.getColorModel().getNumComponents() == 1 && !isIndexed(read)) {
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

  private static boolean isIndexed(BufferedImage image) {
    return image.getColorModel() instanceof IndexColorModel;
  }

  /** Tells whether an image has one channel, without decoding its pixels. */
  static boolean isGrey(Path file) throws PictureException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new PictureException("'" + file + "' is not an image: " + FORMATS);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        if (!types.hasNext()) {
          throw new PictureException(
              "'" + file + "' has colours that Java can't read, must be RGB or grey");
        }
        return types.next().getNumComponents() == 1;
      } finally {
        reader.dispose();
      }
    } catch (PictureException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new PictureException("'%s' can't be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}

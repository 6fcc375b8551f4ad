package org.hpo4j.djl.vision;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads an image whole or not at all. {@link ImageIO#read} fills what a truncated JPEG lacks with
 * grey and says nothing: its reader only warns.
 */
public final class WholeImage {
  private WholeImage() {}

  /**
   * Returns the image, or nothing if the file is of no format that Java knows.
   *
   * @throws IOException if it can't be read or is damaged
   */
  public static Optional<BufferedImage> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      if (in == null) {
        throw new IIOException("no access");
      }
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      return readers.hasNext() ? Optional.of(read(readers.next(), in)) : Optional.empty();
    } catch (RuntimeException e) {
      // Damaged files come out of ImageIO's readers as exceptions of either kind.
      throw new IIOException(String.valueOf(e.getMessage()), e);
    }
  }

  private static BufferedImage read(ImageReader reader, ImageInputStream in) throws IOException {
    try {
      reader.setInput(in, true);
      // What is warned of in the header, such as a useless colour profile, harms no pixel: it is
      // read before anyone listens.
      reader.getWidth(0);
      String[] damage = {""};
      reader.addIIOReadWarningListener((source, warning) -> damage[0] = warning);
      BufferedImage image = reader.read(0);
      if (!damage[0].isEmpty()) {
        throw new IIOException("it is damaged, " + damage[0]);
      }
      return image;
    } finally {
      reader.dispose();
    }
  }
}

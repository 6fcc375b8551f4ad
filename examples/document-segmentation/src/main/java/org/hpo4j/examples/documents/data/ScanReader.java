package org.hpo4j.examples.documents.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.hpo4j.djl.vision.WholeImage;

/** Reads one image and its masks. */
final class ScanReader {
  private ScanReader() {}

  /**
   * Reads a scan; a grey image becomes one of three equal channels.
   *
   * @param masks files by number of the class
   */
  static Scan read(String name, Path imageFile, Map<Integer, Path> masks) throws ScanReadException {
    BufferedImage image = readImage(imageFile);
    int width = image.getWidth();
    int height = image.getHeight();
    int[] bits = new int[width * height];
    for (Map.Entry<Integer, Path> mask : masks.entrySet()) {
      BufferedImage read = readImage(mask.getValue());
      if (read.getWidth() != width || read.getHeight() != height) {
        throw new ScanReadException(
            "mask '%s' is %dx%d pixels, must be as its image '%s', %dx%d"
                .formatted(
                    mask.getValue(), read.getWidth(), read.getHeight(), imageFile, width, height));
      }
      add(mask.getValue(), read, 1 << mask.getKey(), bits);
    }
    return new Scan(name, width, height, rgb(image), bits);
  }

  private static BufferedImage readImage(Path file) throws ScanReadException {
    try {
      return WholeImage.read(file)
          .orElseThrow(
              () ->
                  new ScanReadException(
                      "'" + file + "' is not an image: must be JPEG, PNG, TIFF, BMP or GIF"));
    } catch (IOException e) {
      throw new ScanReadException("image '" + file + "' can't be read: " + e.getMessage(), e);
    }
  }

  private static byte[] rgb(BufferedImage image) {
    ColorModel colours = image.getColorModel();
    boolean grey = colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    return grey && !(colours instanceof IndexColorModel) ? greyRgb(image) : colourRgb(image);
  }

  /**
   * Copies the one channel to all three. {@link BufferedImage#getRGB} would brighten it: Java takes
   * grey samples for linear light, files mean what is on the screen.
   */
  private static byte[] greyRgb(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] samples = image.getRaster().getSamples(0, 0, width, height, 0, new int[width * height]);
    int shift = image.getColorModel().getComponentSize(0) - 8;
    byte[] rgb = new byte[3 * samples.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (samples[i / 3] >> shift);
    }
    return rgb;
  }

  private static byte[] colourRgb(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] packed = image.getRGB(0, 0, width, height, new int[width * height], 0, width);
    byte[] rgb = new byte[3 * packed.length];
    for (int i = 0; i < packed.length; i++) {
      rgb[3 * i] = (byte) (packed[i] >> 16);
      rgb[3 * i + 1] = (byte) (packed[i] >> 8);
      rgb[3 * i + 2] = (byte) packed[i];
    }
    return rgb;
  }

  private static void add(Path file, BufferedImage mask, int bit, int[] bits)
      throws ScanReadException {
    int width = mask.getWidth();
    // The first band of a palette image is the index, of an RGB image red: either tells marks.
    int[] samples =
        mask.getRaster().getSamples(0, 0, width, mask.getHeight(), 0, new int[bits.length]);
    TreeSet<Integer> marks = new TreeSet<>();
    for (int i = 0; i < samples.length; i++) {
      if (samples[i] != 0) {
        marks.add(samples[i]);
        bits[i] |= bit;
      }
    }
    if (marks.size() > 1) {
      throw new ScanReadException(
          "mask '%s' has %d pixel values besides 0, the first %s: allowed is one, which marks the class"
              .formatted(file, marks.size(), marks.stream().limit(3).toList()));
    }
  }
}

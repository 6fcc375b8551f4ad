package org.hpo4j.examples.unet.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import org.hpo4j.djl.vision.WholeImage;

/** Reads one image and its mask. */
final class TileReader {
  /** Pixel values of SpaceNet's PASCAL VOC masks. */
  private static final int VOC_BUILDING = 100;

  private static final int VOC_BORDER = 255;

  private TileReader() {}

  /**
   * Reads a tile.
   *
   * @param voc whether 255 is a border even where the mask has no 100
   */
  static Tile read(String name, Path imageFile, Path maskFile, boolean voc)
      throws TileReadException {
    BufferedImage image = readImage(imageFile);
    BufferedImage mask = readImage(maskFile);
    int width = image.getWidth();
    int height = image.getHeight();
    if (mask.getWidth() != width || mask.getHeight() != height) {
      throw new TileReadException(
          "mask '%s' is %dx%d pixels, must be as its image '%s', %dx%d"
              .formatted(maskFile, mask.getWidth(), mask.getHeight(), imageFile, width, height));
    }
    return new Tile(name, width, height, rgb(image), labels(maskFile, mask, voc));
  }

  private static BufferedImage readImage(Path file) throws TileReadException {
    try {
      return WholeImage.read(file)
          .orElseThrow(
              () ->
                  new TileReadException(
                      "'" + file + "' is not an image: must be JPEG, PNG, TIFF, BMP or GIF"));
    } catch (IOException e) {
      throw new TileReadException("image '" + file + "' can't be read: " + e.getMessage(), e);
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

  private static byte[] labels(Path file, BufferedImage mask, boolean voc)
      throws TileReadException {
    Raster raster = mask.getRaster();
    int width = mask.getWidth();
    int height = mask.getHeight();
    int[] samples = raster.getSamples(0, 0, width, height, 0, new int[width * height]);
    TreeSet<Integer> values = new TreeSet<>();
    for (int sample : samples) {
      values.add(sample);
      if (values.size() > 3) {
        break;
      }
    }
    boolean bordered = voc || values.contains(VOC_BUILDING);
    TreeSet<Integer> marks = new TreeSet<>(values);
    marks.remove(0);
    boolean allowed =
        bordered
            ? marks.stream().allMatch(value -> value == VOC_BUILDING || value == VOC_BORDER)
            : marks.size() <= 1;
    if (!allowed) {
      throw new TileReadException(
          "mask '%s' has pixel values %s%s, allowed are 0 (ground) and one other (building), or 0, %d (building) and %d (border)"
              .formatted(
                  file, values, values.size() > 3 ? " and more" : "", VOC_BUILDING, VOC_BORDER));
    }
    if (!bordered) {
      boolean[] footprint = new boolean[samples.length];
      for (int i = 0; i < samples.length; i++) {
        footprint[i] = samples[i] != 0;
      }
      return Borders.label(footprint, width, height);
    }
    byte[] labels = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      labels[i] =
          switch (samples[i]) {
            case VOC_BUILDING -> Label.BUILDING;
            case VOC_BORDER -> Label.BORDER;
            default -> Label.BACKGROUND;
          };
    }
    return labels;
  }
}

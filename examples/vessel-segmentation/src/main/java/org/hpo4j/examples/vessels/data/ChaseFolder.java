package org.hpo4j.examples.vessels.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hpo4j.djl.vision.WholeImage;

/**
 * Reads photographs in the layout of CHASE_DB1: {@code Image_01L.jpg} is the left eye of patient 01
 * and {@code Image_01L_1stHO.png} what the first grader marked, a vessel wherever it is not black.
 * The second grader's masks are not read.
 */
public final class ChaseFolder {
  private static final Pattern PHOTOGRAPH =
      Pattern.compile("(Image_(\\d+)[LR])\\.(?:jpg|jpeg|png)", Pattern.CASE_INSENSITIVE);

  private ChaseFolder() {}

  /**
   * Reads all photographs of a folder, in the order of their names.
   *
   * @throws RetinaReadException if there is none or a file can't be used
   */
  public static List<Photograph> read(Path folder) throws RetinaReadException {
    if (!Files.isDirectory(folder)) {
      throw new RetinaReadException("'" + folder + "' is not a folder");
    }
    List<Photograph> photographs = new ArrayList<>();
    for (Path file : files(folder)) {
      Matcher name = PHOTOGRAPH.matcher(file.getFileName().toString());
      if (name.matches()) {
        Path mask = folder.resolve(name.group(1) + "_1stHO.png");
        if (!Files.exists(mask)) {
          throw new RetinaReadException("'%s' has no mask: '%s' is missing".formatted(file, mask));
        }
        photographs.add(photograph(name.group(1), name.group(2), file, mask));
      }
    }
    if (photographs.isEmpty()) {
      throw new RetinaReadException(
          "'%s' has no photographs: must have files such as Image_01L.jpg, each with its Image_01L_1stHO.png"
              .formatted(folder));
    }
    return photographs;
  }

  private static List<Path> files(Path folder) throws RetinaReadException {
    try (Stream<Path> listed = Files.list(folder)) {
      return listed.sorted().toList();
    } catch (IOException e) {
      throw new RetinaReadException("'" + folder + "' can't be listed: " + e.getMessage(), e);
    }
  }

  private static Photograph photograph(String name, String patient, Path file, Path maskFile)
      throws RetinaReadException {
    BufferedImage image = readImage(file);
    BufferedImage mask = readImage(maskFile);
    int width = image.getWidth();
    int height = image.getHeight();
    if (mask.getWidth() != width || mask.getHeight() != height) {
      throw new RetinaReadException(
          "mask '%s' is %dx%d pixels, must be as its photograph '%s', %dx%d"
              .formatted(maskFile, mask.getWidth(), mask.getHeight(), file, width, height));
    }
    int[] marks = mask.getRGB(0, 0, width, height, new int[width * height], 0, width);
    boolean[] vessels = new boolean[marks.length];
    for (int i = 0; i < marks.length; i++) {
      vessels[i] = (marks[i] & 0xFFFFFF) != 0;
    }
    return new Photograph(name, patient, width, height, rgb(image), vessels);
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

  private static BufferedImage readImage(Path file) throws RetinaReadException {
    try {
      return WholeImage.read(file)
          .orElseThrow(
              () -> new RetinaReadException("'" + file + "' is not an image: must be JPEG or PNG"));
    } catch (IOException e) {
      throw new RetinaReadException("image '" + file + "' can't be read: " + e.getMessage(), e);
    }
  }
}

package org.hpo4j.examples.vessels.data;

import java.io.DataOutputStream;
import java.io.IOException;

/** A colour photograph of a retina with the pixels that a grader called vessels. */
public final class Photograph {
  private final String name;
  private final String patient;
  private final int width;
  private final int height;
  private final byte[] rgb;
  private final boolean[] vessels;

  /**
   * Wraps the arrays without a copy; they are not changed from here on.
   *
   * @param name where it came from, for messages and file names
   * @param patient whose eye it is; photographs of one patient stay in one part of a split
   * @param width in pixels
   * @param height in pixels
   * @param rgb three unsigned bytes a pixel, row by row
   * @param vessels a pixel each, row by row
   */
  Photograph(String name, String patient, int width, int height, byte[] rgb, boolean[] vessels) {
    if (width < 1
        || height < 1
        || rgb.length != 3L * width * height
        || vessels.length != (long) width * height) {
      throw new IllegalArgumentException(
          "photograph '%s' of %dx%d pixels has %d bytes of colour and %d pixels of vessels"
              .formatted(name, width, height, rgb.length, vessels.length));
    }
    this.name = name;
    this.patient = patient;
    this.width = width;
    this.height = height;
    this.rgb = rgb;
    this.vessels = vessels;
  }

  /** Returns where the photograph came from. */
  public String name() {
    return name;
  }

  /** Returns whose eye it shows. */
  public String patient() {
    return patient;
  }

  /** Returns the width in pixels. */
  public int width() {
    return width;
  }

  /** Returns the height in pixels. */
  public int height() {
    return height;
  }

  /**
   * Returns one colour value in [0, 255].
   *
   * @param pixel {@code y * width + x}
   * @param channel 0 red, 1 green, 2 blue
   */
  public int colour(int pixel, int channel) {
    return rgb[3 * pixel + channel] & 0xFF;
  }

  /** Returns whether a grader called the pixel {@code y * width + x} a vessel. */
  public boolean isVessel(int pixel) {
    return vessels[pixel];
  }

  /**
   * Returns the photograph at a fraction of its size: colours are means of {@code factor x factor}
   * pixels, a pixel is a vessel where at least half of them were. Columns and rows that don't fill
   * a pixel are left out.
   *
   * @param factor at least 1, at most width and height
   */
  public Photograph scaledDown(int factor) {
    if (factor < 1 || factor > Math.min(width, height)) {
      throw new IllegalArgumentException(
          "factor is %d, must be from 1 to the side of '%s', %dx%d"
              .formatted(factor, name, width, height));
    }
    if (factor == 1) {
      return this;
    }
    int w = width / factor;
    int h = height / factor;
    byte[] colours = new byte[3 * w * h];
    boolean[] marks = new boolean[w * h];
    for (int i = 0; i < w * h; i++) {
      int[] sums = new int[4];
      for (int j = 0; j < factor * factor; j++) {
        int pixel = (i / w * factor + j / factor) * width + i % w * factor + j % factor;
        for (int channel = 0; channel < 3; channel++) {
          sums[channel] += colour(pixel, channel);
        }
        sums[3] += vessels[pixel] ? 1 : 0;
      }
      for (int channel = 0; channel < 3; channel++) {
        colours[3 * i + channel] = (byte) Math.round((double) sums[channel] / (factor * factor));
      }
      marks[i] = 2 * sums[3] >= factor * factor;
    }
    return new Photograph(name, patient, w, h, colours, marks);
  }

  /**
   * Checks height and width.
   *
   * @param size of a patch in pixels
   * @throws IllegalArgumentException if one is less
   */
  public void requireSide(int size) {
    if (width < size || height < size) {
      throw new IllegalArgumentException(
          "'%s' is %dx%d pixels, must be at least %dx%d, the size of a patch"
              .formatted(name, width, height, size, size));
    }
  }

  /** Writes all that tells the photograph from another. */
  void writeTo(DataOutputStream out) throws IOException {
    out.writeUTF(name);
    out.writeUTF(patient);
    out.writeInt(width);
    out.writeInt(height);
    out.write(rgb);
    byte[] marks = new byte[vessels.length];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = (byte) (vessels[i] ? 1 : 0);
    }
    out.write(marks);
  }
}

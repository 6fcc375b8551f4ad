package org.hpo4j.examples.documents.data;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A scanned form with a mask for each class; masks may overlap. */
public final class Scan {
  /** Classes that fit into the bits of an {@code int} with its sign left alone. */
  public static final int MOST_CLASSES = 31;

  private final String name;
  private final int width;
  private final int height;
  private final byte[] rgb;
  private final int[] masks;

  /**
   * Wraps the arrays without a copy; they are not changed from here on.
   *
   * @param name where it came from, for messages
   * @param width in pixels
   * @param height in pixels
   * @param rgb three unsigned bytes a pixel, row by row
   * @param masks for each pixel, row by row, bit {@code c} set where class {@code c} is
   */
  Scan(String name, int width, int height, byte[] rgb, int[] masks) {
    if (width < 1
        || height < 1
        || rgb.length != 3L * width * height
        || masks.length != (long) width * height) {
      throw new IllegalArgumentException(
          "scan '%s' of %dx%d pixels has %d bytes of colour and %d pixels of masks"
              .formatted(name, width, height, rgb.length, masks.length));
    }
    this.name = name;
    this.width = width;
    this.height = height;
    this.rgb = rgb;
    this.masks = masks;
  }

  /** Returns where the scan came from. */
  public String name() {
    return name;
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
   * @param channel 0 red, 1 green, 2 blue
   */
  public int colour(int x, int y, int channel) {
    return rgb[3 * (y * width + x) + channel] & 0xFF;
  }

  /** Returns whether a pixel belongs to a class. */
  public boolean is(int x, int y, int formClass) {
    return ((masks[y * width + x] >> formClass) & 1) != 0;
  }

  /** Writes all that tells the scan from another. */
  void writeTo(DataOutputStream out) throws IOException {
    out.writeUTF(name);
    out.writeInt(width);
    out.writeInt(height);
    out.write(rgb);
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * masks.length);
    bytes.asIntBuffer().put(masks);
    out.write(bytes.array());
  }
}

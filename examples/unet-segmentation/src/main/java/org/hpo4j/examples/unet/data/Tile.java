package org.hpo4j.examples.unet.data;

import java.io.DataOutputStream;
import java.io.IOException;

/** An aerial photograph with the class of each pixel. */
public final class Tile {
  private final String name;
  private final int width;
  private final int height;
  private final byte[] rgb;
  private final byte[] labels;

  /**
   * Wraps the arrays without a copy; they are not changed from here on.
   *
   * @param name where it came from, for messages
   * @param width in pixels
   * @param height in pixels
   * @param rgb three unsigned bytes a pixel, row by row
   * @param labels a {@link Label} a pixel, row by row
   */
  Tile(String name, int width, int height, byte[] rgb, byte[] labels) {
    if (width < 1
        || height < 1
        || rgb.length != 3L * width * height
        || labels.length != (long) width * height) {
      throw new IllegalArgumentException(
          "tile '%s' of %dx%d pixels has %d bytes of colour and %d labels"
              .formatted(name, width, height, rgb.length, labels.length));
    }
    this.name = name;
    this.width = width;
    this.height = height;
    this.rgb = rgb;
    this.labels = labels;
  }

  /** Returns where the tile came from. */
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

  /** Returns the {@link Label} of a pixel. */
  public int label(int x, int y) {
    return labels[y * width + x];
  }

  /** Writes all that tells the tile from another. */
  void writeTo(DataOutputStream out) throws IOException {
    out.writeUTF(name);
    out.writeInt(width);
    out.writeInt(height);
    out.write(rgb);
    out.write(labels);
  }
}

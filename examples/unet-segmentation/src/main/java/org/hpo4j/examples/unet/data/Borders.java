package org.hpo4j.examples.unet.data;

/**
 * Tells borders from footprints.
 *
 * <p>A border is the ring of footprint pixels within two pixels of ground, across corners too. It
 * lies inside the footprint, so that building and border together are the footprint as it was
 * mapped. The edge of the image is no border: the building goes on beyond it.
 */
final class Borders {
  private static final int WIDTH = 2;

  private Borders() {}

  /** Returns the labels of a footprint mask, row by row. */
  static byte[] label(boolean[] footprint, int width, int height) {
    byte[] labels = new byte[footprint.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (footprint[y * width + x]) {
          boolean border = isNearGround(footprint, width, height, x, y);
          labels[y * width + x] = border ? Label.BORDER : Label.BUILDING;
        }
      }
    }
    return labels;
  }

  private static boolean isNearGround(boolean[] footprint, int width, int height, int x, int y) {
    for (int v = Math.max(0, y - WIDTH); v <= Math.min(height - 1, y + WIDTH); v++) {
      for (int u = Math.max(0, x - WIDTH); u <= Math.min(width - 1, x + WIDTH); u++) {
        if (!footprint[v * width + u]) {
          return true;
        }
      }
    }
    return false;
  }
}

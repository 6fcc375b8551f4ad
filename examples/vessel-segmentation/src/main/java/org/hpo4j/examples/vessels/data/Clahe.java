package org.hpo4j.examples.vessels.data;

/**
 * Contrast-limited adaptive histogram equalization (K. Zuiderveld, "Contrast limited adaptive
 * histogram equalization", Graphics Gems IV, 1994, pages 474 to 485).
 *
 * <p>The picture is divided into regions. Each region's histogram is clipped, so that no grey value
 * may count more than a multiple of the mean bin; what was cut off is spread over the bins that
 * have room. The sums of the clipped histogram map grey values: its height bounds the slope of the
 * mapping, and so how much noise is amplified. A pixel is mapped by the four regions whose centres
 * are around it, weighted bilinearly.
 *
 * @param columns number of regions across, at least 1
 * @param rows number of regions down, at least 1
 * @param clipLimit largest height of a bin as a multiple of the mean height, at least 1; 1 leaves
 *     the contrast as it is
 */
record Clahe(int columns, int rows, double clipLimit) {
  private static final int BINS = 256;

  Clahe {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "regions are %dx%d, must be at least 1x1".formatted(columns, rows));
    }
    if (!(clipLimit >= 1 && clipLimit < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("clipLimit is " + clipLimit + ", must be at least 1");
    }
  }

  /** Returns 8x8 regions and a clip limit of 2. */
  static Clahe ofDefaults() {
    return new Clahe(8, 8, 2);
  }

  /**
   * Returns the equalized picture.
   *
   * @param grey unsigned bytes, row by row; not changed
   * @param width in pixels, at least the number of columns
   * @param height in pixels, at least the number of rows
   */
  byte[] apply(byte[] grey, int width, int height) {
    if (width < columns || height < rows || grey.length != width * height) {
      throw new IllegalArgumentException(
          "picture of %dx%d pixels has %d values, must be as many, and at least %dx%d pixels"
              .formatted(width, height, grey.length, columns, rows));
    }
    double[][] mappings = new double[columns * rows][];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        mappings[row * columns + column] = mapping(grey, width, height, column, row);
      }
    }
    byte[] equalized = new byte[grey.length];
    for (int y = 0; y < height; y++) {
      Between down = Between.of(y, height, rows);
      for (int x = 0; x < width; x++) {
        Between across = Between.of(x, width, columns);
        int value = grey[y * width + x] & 0xFF;
        double above =
            across.mix(
                mappings[down.first * columns + across.first][value],
                mappings[down.first * columns + across.second][value]);
        double below =
            across.mix(
                mappings[down.second * columns + across.first][value],
                mappings[down.second * columns + across.second][value]);
        equalized[y * width + x] = (byte) Math.round(down.mix(above, below));
      }
    }
    return equalized;
  }

  private double[] mapping(byte[] grey, int width, int height, int column, int row) {
    int[] histogram = new int[BINS];
    int left = column * width / columns;
    int right = (column + 1) * width / columns;
    int top = row * height / rows;
    int bottom = (row + 1) * height / rows;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        histogram[grey[y * width + x] & 0xFF]++;
      }
    }
    int pixels = (right - left) * (bottom - top);
    clip(histogram, (int) Math.min(pixels, Math.ceil(clipLimit * pixels / BINS)));
    double[] mapping = new double[BINS];
    long sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += histogram[bin];
      mapping[bin] = 255.0 * sum / pixels;
    }
    return mapping;
  }

  /**
   * Cuts the bins at a limit and spreads the excess over those below it, evenly, until none is
   * left. Their sum stays what it was, which the limit must leave room for.
   */
  static void clip(int[] histogram, int limit) {
    int excess = 0;
    for (int bin = 0; bin < histogram.length; bin++) {
      excess += Math.max(0, histogram[bin] - limit);
      histogram[bin] = Math.min(histogram[bin], limit);
    }
    while (excess > 0) {
      int open = 0;
      for (int count : histogram) {
        open += count < limit ? 1 : 0;
      }
      // Less than one for each open bin is given to bins at equal distances.
      int share = Math.max(1, excess / open);
      int stride = Math.max(1, open / excess);
      int seen = 0;
      for (int bin = 0; bin < histogram.length && excess > 0; bin++) {
        if (histogram[bin] < limit && seen++ % stride == 0) {
          int given = Math.min(Math.min(share, excess), limit - histogram[bin]);
          histogram[bin] += given;
          excess -= given;
        }
      }
    }
  }

  /** Two neighbouring regions and how far a pixel is from the first's centre to the second's. */
  private record Between(int first, int second, double weight) {
    static Between of(int pixel, int pixels, int regions) {
      double place = (pixel + 0.5) * regions / pixels - 0.5;
      int first = (int) Math.floor(place);
      if (first < 0) {
        return new Between(0, 0, 0);
      }
      return first >= regions - 1
          ? new Between(regions - 1, regions - 1, 0)
          : new Between(first, first + 1, place - first);
    }

    double mix(double a, double b) {
      return a + weight * (b - a);
    }
  }
}

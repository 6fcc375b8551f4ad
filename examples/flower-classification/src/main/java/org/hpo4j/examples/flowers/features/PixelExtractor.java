package org.hpo4j.examples.flowers.features;

import java.util.ArrayList;
import java.util.List;

/**
 * No network: the picture itself, as the means of a grid of blocks for each colour.
 *
 * @param crop height and width of the images, at least {@value #GRID}
 */
record PixelExtractor(int crop) implements Extractor {
  static final int GRID = 16;
  static final int SIZE = 3 * GRID * GRID;

  PixelExtractor {
    if (crop < GRID) {
      throw new IllegalArgumentException(
          "crop is %d pixels, must be at least %d".formatted(crop, GRID));
    }
  }

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public List<float[]> extract(List<float[]> images) {
    List<float[]> rows = new ArrayList<>();
    for (float[] image : images) {
      float[] sums = new float[SIZE];
      int[] counts = new int[SIZE];
      for (int i = 0; i < image.length; i++) {
        int channel = i / (crop * crop);
        int y = i / crop % crop * GRID / crop;
        int x = i % crop * GRID / crop;
        int cell = (channel * GRID + y) * GRID + x;
        sums[cell] += image[i];
        counts[cell]++;
      }
      for (int cell = 0; cell < SIZE; cell++) {
        sums[cell] /= counts[cell];
      }
      rows.add(sums);
    }
    return rows;
  }

  @Override
  public void close() {}
}

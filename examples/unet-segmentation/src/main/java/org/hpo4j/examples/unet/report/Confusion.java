package org.hpo4j.examples.unet.report;

import java.util.Arrays;
import java.util.List;
import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.examples.unet.data.Tile;

/**
 * Counts of pixels by true and predicted class, and of pixels in true and predicted footprints.
 *
 * <p>F1 of a class is {@code 2 TP / (2 TP + FP + FN)} with each pixel's most probable class. The
 * building IoU is {@code |T and P| / |T or P|}, T the pixels of footprints (building or border) and
 * P those where building and border together are more probable than background.
 */
public final class Confusion {
  private final long[][] counts = new long[Label.COUNT][Label.COUNT];
  private long intersection;
  private long union;

  /** Counts the pixels that a segmentation covers. */
  public void add(Tile truth, Segmentation predicted) {
    for (int y = 0; y < predicted.height(); y++) {
      for (int x = 0; x < predicted.width(); x++) {
        int label = truth.label(x, y);
        counts[label][predicted.label(x, y)]++;
        boolean building = label != Label.BACKGROUND;
        boolean called = predicted.isFootprint(x, y);
        intersection += building && called ? 1 : 0;
        union += building || called ? 1 : 0;
      }
    }
  }

  /** Returns the F1 of a class in [0, 1]; 0 where the class is neither there nor predicted. */
  public double f1(int label) {
    long called = 0;
    long there = 0;
    for (int other = 0; other < Label.COUNT; other++) {
      called += counts[other][label];
      there += counts[label][other];
    }
    return called + there == 0 ? 0 : 2.0 * counts[label][label] / (called + there);
  }

  /** Returns the pixels by true class, in rows, and predicted class. */
  public List<List<Long>> counts() {
    return Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }

  /** Returns the IoU of footprints in [0, 1]; 1 where there is none and none is predicted. */
  public double buildingIou() {
    return union == 0 ? 1 : (double) intersection / union;
  }
}

package org.hpo4j.examples.unet.report;

import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.examples.unet.data.Tile;
import org.hpo4j.examples.unet.data.TileBatches;
import org.hpo4j.examples.unet.engine.TrainedUNet;

/**
 * What a network makes of a tile: the logits of each pixel, for as much of the tile as the network
 * takes.
 */
public final class Segmentation {
  private final int width;
  private final int height;
  private final float[] logits;

  private Segmentation(int width, int height, float[] logits) {
    this.width = width;
    this.height = height;
    this.logits = logits;
  }

  /**
   * Segments the upper left part of a tile whose sides are multiples of {@code multiple}.
   *
   * @param multiple what the network needs height and width to be multiples of
   */
  public static Segmentation of(TrainedUNet network, Tile tile, int multiple) {
    int width = tile.width() / multiple * multiple;
    int height = tile.height() / multiple * multiple;
    return new Segmentation(
        width, height, network.logits(TileBatches.colours(tile, width, height), height, width));
  }

  /** Returns the width of the part in pixels. */
  public int width() {
    return width;
  }

  /** Returns the height of the part in pixels. */
  public int height() {
    return height;
  }

  /** Returns the most probable class of a pixel. */
  public int label(int x, int y) {
    int best = 0;
    for (int label = 1; label < Label.COUNT; label++) {
      if (logit(x, y, label) > logit(x, y, best)) {
        best = label;
      }
    }
    return best;
  }

  /** Returns whether building and border together are more probable than background. */
  public boolean isFootprint(int x, int y) {
    double background = logit(x, y, Label.BACKGROUND);
    return Math.exp(logit(x, y, Label.BUILDING) - background)
            + Math.exp(logit(x, y, Label.BORDER) - background)
        > 1;
  }

  private float logit(int x, int y, int label) {
    return logits[(y * width + x) * Label.COUNT + label];
  }
}

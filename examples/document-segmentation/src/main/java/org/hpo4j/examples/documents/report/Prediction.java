package org.hpo4j.examples.documents.report;

import org.hpo4j.examples.documents.data.ScanBatch;

/** What a network says of one scan, for as much of it as the network takes. */
public final class Prediction {
  private final ScanBatch batch;
  private final float[] logits;
  private final int image;
  private final int classes;

  /**
   * One image's part of a batch's answer.
   *
   * @param batch what was asked
   * @param logits the answer, in the layout of the batch; above 0 is more probable than not
   * @param image number of the image in the batch
   */
  public Prediction(ScanBatch batch, float[] logits, int image, int classes) {
    if (logits.length != batch.masks().length) {
      throw new IllegalArgumentException(
          "got %d logits, must be %d".formatted(logits.length, batch.masks().length));
    }
    this.batch = batch;
    this.logits = logits;
    this.image = image;
    this.classes = classes;
  }

  /** Returns the width of the part in pixels. */
  public int width() {
    return batch.width();
  }

  /** Returns the height of the part in pixels. */
  public int height() {
    return batch.height();
  }

  /** Returns whether a pixel more probably belongs to a class than not. */
  public boolean is(int x, int y, int formClass) {
    return logits[
            batch.layout().index(image, formClass, y, x, classes, batch.height(), batch.width())]
        > 0;
  }
}

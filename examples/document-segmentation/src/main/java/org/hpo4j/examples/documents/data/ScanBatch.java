package org.hpo4j.examples.documents.data;

/**
 * Scans as numbers.
 *
 * @param layout order of the axes
 * @param images colours in [-1, 1], three channels
 * @param masks 1 where a class is and 0 elsewhere, a channel a class
 * @param count number of images
 * @param height in pixels
 * @param width in pixels
 */
@SuppressWarnings("ArrayRecordComponent") // Made once and handed on; never compared.
public record ScanBatch(
    Layout layout, float[] images, float[] masks, int count, int height, int width) {

  /** Returns the number of classes. */
  public int classes() {
    return masks.length / (count * height * width);
  }

  /** An empty batch, to be filled. */
  static ScanBatch of(Layout layout, int count, int height, int width, int classes) {
    int pixels = count * height * width;
    return new ScanBatch(
        layout, new float[3 * pixels], new float[classes * pixels], count, height, width);
  }

  /**
   * Copies part of a scan.
   *
   * @param gains what each channel is multiplied by
   */
  void set(int image, Scan scan, int left, int top, int classes, float... gains) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          images[layout.index(image, c, y, x, 3, height, width)] =
              gains[c] * scan.colour(left + x, top + y, c) / 127.5f - 1;
        }
        for (int c = 0; c < classes; c++) {
          masks[layout.index(image, c, y, x, classes, height, width)] =
              scan.is(left + x, top + y, c) ? 1 : 0;
        }
      }
    }
  }
}

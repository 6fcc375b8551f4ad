package org.hpo4j.examples.unet.data;

/** A batch of images and their classes, in an order that no engine imposes. */
public final class Crops {
  private final float[] colours;
  private final int[] labels;
  private final int count;
  private final int height;
  private final int width;

  /**
   * Takes arrays without copying them.
   *
   * @param colours in [-1, 1], as {@code [count, height, width, 3]} in row-major order
   * @param labels classes of {@link Label}, as {@code [count, height, width]}
   */
  public Crops(float[] colours, int[] labels, int count, int height, int width) {
    if (colours.length != 3 * labels.length || labels.length != count * height * width) {
      throw new IllegalArgumentException(
          "got %d colours and %d labels for %d crops of %dx%d pixels"
              .formatted(colours.length, labels.length, count, height, width));
    }
    this.colours = colours;
    this.labels = labels;
    this.count = count;
    this.height = height;
    this.width = width;
  }

  /** Returns the colours in [-1, 1], {@code [count, height, width, 3]}; not a copy. */
  public float[] colours() {
    return colours;
  }

  /** Returns the classes, {@code [count, height, width]}; not a copy. */
  public int[] labels() {
    return labels;
  }

  /** Returns the number of images. */
  public int count() {
    return count;
  }

  /** Returns the height of an image in pixels. */
  public int height() {
    return height;
  }

  /** Returns the width of an image in pixels. */
  public int width() {
    return width;
  }
}

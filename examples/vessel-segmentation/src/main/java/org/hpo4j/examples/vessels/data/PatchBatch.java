package org.hpo4j.examples.vessels.data;

/**
 * Some square patches with their labels. With one channel, {@code [patch, row, column, channel]}
 * and {@code [patch, channel, row, column]} are the same order of values, so both engines take
 * these arrays as they are.
 */
public final class PatchBatch {
  private final int count;
  private final int size;
  private final float[] inputs;
  private final float[] vessels;

  private PatchBatch(int count, int size) {
    this.count = count;
    this.size = size;
    inputs = new float[count * size * size];
    vessels = new float[count * size * size];
  }

  /**
   * Returns the patches whose corners are given.
   *
   * @param size height and width in pixels
   */
  static PatchBatch of(Corner[] corners, int size) {
    PatchBatch batch = new PatchBatch(corners.length, size);
    for (int patch = 0; patch < corners.length; patch++) {
      Retina retina = corners[patch].retina();
      for (int i = 0; i < size * size; i++) {
        int pixel =
            (corners[patch].y() + i / size) * retina.width() + corners[patch].x() + i % size;
        batch.inputs[patch * size * size + i] = retina.input(pixel);
        batch.vessels[patch * size * size + i] = retina.isVessel(pixel) ? 1 : 0;
      }
    }
    return batch;
  }

  /** The upper left pixel of a patch. */
  record Corner(Retina retina, int x, int y) {}

  /** Returns the number of patches. */
  public int count() {
    return count;
  }

  /** Returns height and width of a patch in pixels. */
  public int size() {
    return size;
  }

  /** Returns {@link Retina#input} patch by patch and row by row; not to be changed. */
  public float[] inputs() {
    return inputs;
  }

  /** Returns 1 for each pixel of a vessel and 0 for all others, in the same order. */
  public float[] vessels() {
    return vessels;
  }
}

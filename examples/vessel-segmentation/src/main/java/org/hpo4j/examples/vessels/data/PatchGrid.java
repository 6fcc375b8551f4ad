package org.hpo4j.examples.vessels.data;

import java.util.ArrayList;
import java.util.List;
import org.hpo4j.examples.vessels.data.PatchBatch.Corner;

/**
 * Covers a whole photograph with overlapping patches and averages what a network says of each
 * pixel.
 *
 * @param size height and width of a patch in pixels
 * @param stride pixels from one patch to the next, from 1 to the size
 * @param perBatch patches that the network is given at a time
 */
public record PatchGrid(int size, int stride, int perBatch) {

  /** A network that has been trained. */
  @FunctionalInterface
  public interface Predictor {

    /** Returns the probability of a vessel for each pixel of each patch. */
    float[] probabilities(PatchBatch patches);
  }

  public PatchGrid {
    if (stride < 1 || stride > size) {
      throw new IllegalArgumentException(
          "stride is %d, must be from 1 to the size of a patch, %d".formatted(stride, size));
    }
  }

  /**
   * Returns the probability of a vessel for each pixel, row by row: the mean over the patches that
   * cover it. Patches that lie outside the field of view are not asked for; pixels that only those
   * cover get 0.
   */
  public float[] probabilities(Retina retina, Predictor predictor) {
    float[] sums = new float[retina.width() * retina.height()];
    int[] counts = new int[sums.length];
    List<Corner> corners = corners(retina);
    for (int from = 0; from < corners.size(); from += perBatch) {
      Corner[] batch =
          corners.subList(from, Math.min(corners.size(), from + perBatch)).toArray(Corner[]::new);
      float[] answers = predictor.probabilities(PatchBatch.of(batch, size));
      for (int i = 0; i < answers.length; i++) {
        Corner corner = batch[i / (size * size)];
        int within = i % (size * size);
        int pixel = (corner.y() + within / size) * retina.width() + corner.x() + within % size;
        sums[pixel] += answers[i];
        counts[pixel]++;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = counts[i] == 0 ? 0 : sums[i] / counts[i];
    }
    return sums;
  }

  private List<Corner> corners(Retina retina) {
    List<Corner> corners = new ArrayList<>();
    for (int y : starts(retina.height())) {
      for (int x : starts(retina.width())) {
        if (touchesInside(retina, x, y)) {
          corners.add(new Corner(retina, x, y));
        }
      }
    }
    return corners;
  }

  /** The last patch ends at the edge, however little it is away from the one before. */
  private List<Integer> starts(int length) {
    List<Integer> starts = new ArrayList<>();
    for (int start = 0; start + size < length; start += stride) {
      starts.add(start);
    }
    starts.add(length - size);
    return starts;
  }

  private boolean touchesInside(Retina retina, int left, int top) {
    for (int i = 0; i < size * size; i++) {
      if (retina.isInside((top + i / size) * retina.width() + left + i % size)) {
        return true;
      }
    }
    return false;
  }
}

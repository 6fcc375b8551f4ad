package org.hpo4j.examples.documents.data;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Scans in batches; epoch and number alone decide what is in one. */
public interface ScanBatches {

  /** Returns how many batches there are in an epoch, at least 1. */
  int batches();

  /**
   * Makes a batch.
   *
   * @param epoch from 0
   * @param batch in [0, {@link #batches})
   */
  ScanBatch load(int epoch, int batch, Layout layout);

  /**
   * Returns random crops under random light. They aren't mirrored: a form has a right way up.
   *
   * @param scans each at least {@code tile} pixels high and wide
   * @param classes number of classes
   * @param tile height and width of a crop
   * @param batchSize crops in a batch
   * @param batches batches in an epoch
   * @param seed decides every crop together with epoch and batch number
   */
  static ScanBatches training(
      List<Scan> scans, int classes, int tile, int batchSize, int batches, long seed) {
    List<Scan> checked = requireSize(scans, tile);
    return new ScanBatches() {
      @Override
      public int batches() {
        return batches;
      }

      @Override
      public ScanBatch load(int epoch, int number, Layout layout) {
        RandomGenerator random = Seeds.generator(seed, (long) epoch * batches + number, "crops");
        ScanBatch batch = ScanBatch.of(layout, batchSize, tile, tile, classes);
        for (int i = 0; i < batchSize; i++) {
          Scan scan = checked.get(random.nextInt(checked.size()));
          int x = random.nextInt(scan.width() - tile + 1);
          int y = random.nextInt(scan.height() - tile + 1);
          double exposure = Math.exp(0.2 * (2 * random.nextDouble() - 1));
          batch.set(
              i,
              scan,
              x,
              y,
              classes,
              tint(exposure, random),
              tint(exposure, random),
              tint(exposure, random));
        }
        return batch;
      }
    };
  }

  private static float tint(double exposure, RandomGenerator random) {
    return (float) (exposure * (0.95 + 0.1 * random.nextDouble()));
  }

  /**
   * Returns whole scans as they are: of each the upper left part whose sides are multiples of
   * {@code multiple}. Neighbours of one size share a batch.
   *
   * @param scans each at least {@code multiple} pixels high and wide
   * @param classes number of classes
   * @param multiple what the network needs height and width to be multiples of
   * @param batchSize most scans in a batch
   */
  static ScanBatches evaluation(List<Scan> scans, int classes, int multiple, int batchSize) {
    List<List<Scan>> groups = groups(requireSize(scans, multiple), multiple, batchSize);
    return new ScanBatches() {
      @Override
      public int batches() {
        return groups.size();
      }

      @Override
      public ScanBatch load(int epoch, int number, Layout layout) {
        List<Scan> group = groups.get(number);
        ScanBatch batch =
            ScanBatch.of(
                layout,
                group.size(),
                cut(group.get(0).height(), multiple),
                cut(group.get(0).width(), multiple),
                classes);
        for (int i = 0; i < group.size(); i++) {
          batch.set(i, group.get(i), 0, 0, classes, 1, 1, 1);
        }
        return batch;
      }
    };
  }

  private static List<List<Scan>> groups(List<Scan> scans, int multiple, int batchSize) {
    List<List<Scan>> groups = new ArrayList<>();
    List<Scan> group = new ArrayList<>();
    for (Scan scan : scans) {
      boolean fits =
          group.isEmpty()
              || (group.size() < batchSize
                  && cut(scan.height(), multiple) == cut(group.get(0).height(), multiple)
                  && cut(scan.width(), multiple) == cut(group.get(0).width(), multiple));
      if (!fits) {
        groups.add(List.copyOf(group));
        group.clear();
      }
      group.add(scan);
    }
    groups.add(List.copyOf(group));
    return groups;
  }

  private static int cut(int length, int multiple) {
    return length / multiple * multiple;
  }

  /**
   * Returns the scans.
   *
   * @throws IllegalArgumentException if one is less than {@code size} pixels high or wide
   */
  static List<Scan> requireSize(List<Scan> scans, int size) {
    for (Scan scan : scans) {
      if (scan.width() < size || scan.height() < size) {
        throw new IllegalArgumentException(
            "scan '%s' is %dx%d pixels, must be at least %dx%d"
                .formatted(scan.name(), scan.width(), scan.height(), size, size));
      }
    }
    return List.copyOf(scans);
  }
}

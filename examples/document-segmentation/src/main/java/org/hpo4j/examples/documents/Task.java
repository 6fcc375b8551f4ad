package org.hpo4j.examples.documents;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.examples.documents.data.ScanBatches;
import org.hpo4j.examples.documents.data.ScanSplit;

/**
 * What is to be learned, from what, and where.
 *
 * @param positiveWeights what the loss of a pixel that belongs to a class is multiplied by
 * @param seed decides the batches; all trials see the same, as promoted ones must
 * @param pretrained folder with weights that every trial starts from
 * @param gpu number of the GPU to use; else the CPU
 * @param threads of one trial's training
 */
record Task(
    Profile profile,
    ScanSplit scans,
    List<Double> positiveWeights,
    long seed,
    Optional<Path> pretrained,
    OptionalInt gpu,
    int threads) {
  /** Name of the objective. */
  static final String OBJECTIVE = "val_f1";

  /** Names of the metrics beside it. */
  static final String PRECISION = "val_precision";

  static final String RECALL = "val_recall";
  static final String IOU = "val_iou";

  private static final double LARGEST_WEIGHT = 10;

  /**
   * A task whose weights follow from the scans: the square root of how many pixels don't belong to
   * a class for each that does, at most 10. The full ratio would make a rare class be found
   * everywhere.
   */
  static Task of(
      Profile profile,
      ScanSplit scans,
      long seed,
      Optional<Path> pretrained,
      OptionalInt gpu,
      int threads) {
    List<Double> weights =
        Arrays.stream(scans.classShares())
            .map(share -> Math.min(LARGEST_WEIGHT, Math.sqrt((1 - share) / share)))
            .boxed()
            .toList();
    return new Task(profile, scans, weights, seed, pretrained, gpu, threads);
  }

  /** Returns {@link #positiveWeights} as an array. */
  double[] weights() {
    return positiveWeights.stream().mapToDouble(weight -> weight).toArray();
  }

  int classes() {
    return scans.classes().size();
  }

  ScanBatches training() {
    return ScanBatches.training(
        scans.train(), classes(), profile.tile(), profile.batch(), profile.steps(), seed);
  }

  ScanBatches validation() {
    return ScanBatches.evaluation(
        scans.validation(), classes(), profile.space().sizeMultiple(), profile.batch());
  }

  ScanBatches test() {
    return test(scans.test().size());
  }

  /** Returns the first test scans. */
  ScanBatches test(int count) {
    return ScanBatches.evaluation(
        scans.test().subList(0, count), classes(), profile.space().sizeMultiple(), profile.batch());
  }

  List<String> classNames() {
    return scans.classes();
  }
}

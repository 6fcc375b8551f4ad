package org.hpo4j.djl.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.evaluator.Evaluator;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.hpo4j.djl.loss.OneHot;

/**
 * A {@link Score} of the true and false positives and negatives of all examples and pixels since
 * the last reset: counts are added up over batches, never ratios.
 *
 * <p>By default the mean of the classes' scores (macro); {@link #micro} takes the score of the
 * classes' summed counts, {@link #ofClass} that of one class. A score that is 0/0, such as the
 * recall of a class that no label has, is left out of the mean; if nothing is left, the value is 0.
 * The share of pixels whose class was found is the micro recall of {@link #ofClasses}.
 */
public final class ConfusionScore extends Evaluator {
  private final Score score;
  private final int classes;
  private final Truth truth;
  private final boolean micro;
  private final OptionalInt only;
  private final Map<String, Counts> sums = new ConcurrentHashMap<>();

  /** Decides, for each pixel and class, what was found and what is there, as booleans. */
  private interface Truth {
    Decisions decide(NDArray outputs, NDArray labels);
  }

  private record Decisions(NDArray found, NDArray there) {}

  private ConfusionScore(
      String name, Score score, int classes, Truth truth, boolean micro, OptionalInt only) {
    super(name);
    if (classes < 1) {
      throw new IllegalArgumentException("classes is " + classes + ", must be at least 1");
    }
    this.score = score;
    this.classes = classes;
    this.truth = truth;
    this.micro = micro;
    this.only = only;
  }

  /**
   * Returns a score of masks that overlap: logits and labels are {@code [batch, classes, ...]}, a
   * class is found where its logit is above 0, so its probability above 0.5, and there where its
   * label is above 0.5.
   *
   * @param classes size of the second dimension, at least 1
   */
  public static ConfusionScore ofMasks(Score score, int classes) {
    return ofMasks(score, classes, 0.5);
  }

  /**
   * Returns a score of masks.
   *
   * @param classes size of the second dimension, at least 1
   * @param threshold what a class's probability must be above, in (0, 1)
   */
  public static ConfusionScore ofMasks(Score score, int classes, double threshold) {
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException("threshold is " + threshold + ", must be in (0, 1)");
    }
    double logit = Math.log(threshold / (1 - threshold));
    return new ConfusionScore(
        nameOf(score),
        score,
        classes,
        (outputs, labels) ->
            new Decisions(outputs.gt(logit), labels.toType(DataType.FLOAT32, false).gt(0.5)),
        false,
        OptionalInt.empty());
  }

  /**
   * Returns a score of classes that exclude each other: logits are {@code [batch, classes, ...]},
   * labels the same shape without the second dimension, and the class with the largest logit is
   * found. A label outside {@code [0, classes)} is of no class.
   *
   * @param classes size of the second dimension, at least 1
   */
  public static ConfusionScore ofClasses(Score score, int classes) {
    return new ConfusionScore(
        nameOf(score),
        score,
        classes,
        (outputs, labels) ->
            new Decisions(OneHot.of(outputs.argMax(1), classes), OneHot.of(labels, classes)),
        false,
        OptionalInt.empty());
  }

  /** Returns the score of the sums of all classes' counts. */
  public ConfusionScore micro() {
    return new ConfusionScore(
        nameOf(score) + "_micro", score, classes, truth, true, OptionalInt.empty());
  }

  /**
   * Returns the score of one class.
   *
   * @param number in {@code [0, classes)}
   */
  public ConfusionScore ofClass(int number) {
    if (number < 0 || number >= classes) {
      throw new IllegalArgumentException(
          "class is " + number + ", must be in [0, " + classes + ")");
    }
    return new ConfusionScore(
        nameOf(score) + "_class" + number, score, classes, truth, false, OptionalInt.of(number));
  }

  private static String nameOf(Score score) {
    return score.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the score of one batch alone, a single number. */
  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    double value = value(count(labels, predictions));
    return predictions.singletonOrThrow().getManager().create((float) value);
  }

  @Override
  public void addAccumulator(String key) {
    sums.put(key, Counts.zero(classes));
  }

  @Override
  public void resetAccumulator(String key) {
    addAccumulator(key);
  }

  @Override
  public void updateAccumulator(String key, NDList labels, NDList predictions) {
    updateAccumulators(new String[] {key}, labels, predictions);
  }

  @Override
  public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
    Counts batch = count(labels, predictions);
    for (String key : keys) {
      sums.merge(key, batch, Counts::plus);
    }
  }

  /**
   * Returns the score since the last reset.
   *
   * @throws IllegalArgumentException if there is no such accumulator
   */
  @Override
  public float getAccumulator(String key) {
    Counts counts = sums.get(key);
    if (counts == null) {
      throw new IllegalArgumentException("no accumulator '" + key + "', add it first");
    }
    return (float) value(counts);
  }

  private Counts count(NDList labels, NDList predictions) {
    NDArray outputs = predictions.singletonOrThrow();
    if (outputs.getShape().dimension() < 2 || outputs.getShape().get(1) != classes) {
      throw new IllegalArgumentException(
          "shape of the outputs is %s, must be (batch, %d, ...)"
              .formatted(outputs.getShape(), classes));
    }
    Decisions decisions = truth.decide(outputs, labels.singletonOrThrow());
    NDArray found = decisions.found();
    NDArray there = decisions.there();
    if (!found.getShape().equals(there.getShape())) {
      throw new IllegalArgumentException(
          "shape of the labels is %s, which does not go with outputs of shape %s"
              .formatted(labels.singletonOrThrow().getShape(), outputs.getShape()));
    }
    return new Counts(
        byClass(found.logicalAnd(there)),
        byClass(found),
        byClass(there),
        (double) outputs.size() / classes);
  }

  private static double[] byClass(NDArray booleans) {
    Shape shape = booleans.getShape();
    int[] others = IntStream.range(0, shape.dimension()).filter(axis -> axis != 1).toArray();
    // Whole numbers: a float holds none above 2^24 exactly.
    long[] counts = booleans.toType(DataType.INT64, false).sum(others).toLongArray();
    return LongStream.of(counts).asDoubleStream().toArray();
  }

  private double value(Counts counts) {
    if (micro) {
      double value = counts.ofAll(score);
      return Double.isNaN(value) ? 0 : value;
    }
    IntStream numbers =
        only.isPresent() ? IntStream.of(only.getAsInt()) : IntStream.range(0, classes);
    return numbers
        .mapToDouble(number -> counts.ofClass(score, number))
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(0);
  }
}

package org.hpo4j.tensorflow.loss;

import java.util.List;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A {@link Score} of the true and false positives and negatives of all examples and pixels of an
 * evaluation.
 *
 * <p>By default the mean of the classes' scores (macro); {@link #micro} takes the score of the
 * classes' summed counts, {@link #ofClass} that of one class. A score that is 0/0, such as the
 * recall of a class that no label has, is left out of the mean; if nothing is left, the value is 0.
 *
 * @param <L> type of the labels
 */
public final class ConfusionScore<L extends TType> implements Metric<L> {
  private final Score score;
  private final int classes;
  private final Truth<L> truth;
  private final boolean micro;
  private final OptionalInt only;

  /** Decides, for each pixel and class, what was found and what is there, as ones and zeros. */
  private interface Truth<L extends TType> {
    Decisions decide(Ops tf, Operand<TFloat32> outputs, Operand<L> labels);
  }

  private record Decisions(Operand<TFloat32> found, Operand<TFloat32> there) {}

  private ConfusionScore(
      Score score, int classes, Truth<L> truth, boolean micro, OptionalInt only) {
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
   * Returns a score of masks that overlap: logits and labels are {@code [..., classes]}, a class is
   * found where its logit is above 0, so its probability above 0.5, and there where its label is.
   *
   * @param classes size of the last dimension, at least 1
   */
  public static ConfusionScore<TFloat32> ofMasks(Score score, int classes) {
    return ofMasks(score, classes, 0.5);
  }

  /**
   * Returns a score of masks.
   *
   * @param classes size of the last dimension, at least 1
   * @param threshold what a class's probability must be above, in (0, 1)
   */
  public static ConfusionScore<TFloat32> ofMasks(Score score, int classes, double threshold) {
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException("threshold is " + threshold + ", must be in (0, 1)");
    }
    float logit = (float) Math.log(threshold / (1 - threshold));
    return new ConfusionScore<>(
        score,
        classes,
        (tf, outputs, labels) ->
            new Decisions(
                ones(tf, tf.math.greater(outputs, tf.constant(logit)), classes),
                ones(tf, tf.math.greater(labels, tf.constant(0.5f)), classes)),
        false,
        OptionalInt.empty());
  }

  /**
   * Returns a score of classes that exclude each other: logits are {@code [..., classes]}, labels
   * the same shape without the last dimension, and the class with the largest logit is found. A
   * label outside {@code [0, classes)} is of no class.
   *
   * @param classes size of the last dimension, at least 1
   */
  public static ConfusionScore<TInt32> ofClasses(Score score, int classes) {
    return new ConfusionScore<>(
        score,
        classes,
        (tf, outputs, labels) ->
            new Decisions(
                oneHot(tf, tf.math.argMax(outputs, tf.constant(-1), TInt32.class), classes),
                oneHot(tf, labels, classes)),
        false,
        OptionalInt.empty());
  }

  /** Returns the score of the sums of all classes' counts. */
  public ConfusionScore<L> micro() {
    return new ConfusionScore<>(score, classes, truth, true, OptionalInt.empty());
  }

  /**
   * Returns the score of one class.
   *
   * @param number in {@code [0, classes)}
   */
  public ConfusionScore<L> ofClass(int number) {
    if (number < 0 || number >= classes) {
      throw new IllegalArgumentException(
          "class is " + number + ", must be in [0, " + classes + ")");
    }
    return new ConfusionScore<>(score, classes, truth, false, OptionalInt.of(number));
  }

  private static Operand<TFloat32> ones(Ops tf, Operand<TBool> yes, int classes) {
    return tf.reshape(tf.dtypes.cast(yes, TFloat32.class), tf.constant(new int[] {-1, classes}));
  }

  private static Operand<TFloat32> oneHot(Ops tf, Operand<TInt32> numbers, int classes) {
    return tf.oneHot(
        tf.reshape(numbers, tf.constant(new int[] {-1})),
        tf.constant(classes),
        tf.constant(1f),
        tf.constant(0f));
  }

  /** Returns the true positives, false positives, false negatives and true negatives by class. */
  @Override
  public Operand<TFloat32> sums(Ops tf, Operand<TFloat32> outputs, Operand<L> labels) {
    Decisions decisions = truth.decide(tf, outputs, labels);
    Operand<TFloat32> found = decisions.found();
    Operand<TFloat32> there = decisions.there();
    Operand<TFloat32> notFound = tf.math.sub(tf.constant(1f), found);
    Operand<TFloat32> notThere = tf.math.sub(tf.constant(1f), there);
    return tf.concat(
        List.of(
            count(tf, found, there),
            count(tf, found, notThere),
            count(tf, notFound, there),
            count(tf, notFound, notThere)),
        tf.constant(0));
  }

  private static Operand<TFloat32> count(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return tf.reduceSum(tf.math.mul(a, b), tf.constant(0));
  }

  @Override
  public double value(double[] sums) {
    if (micro) {
      return orZero(score.of(total(sums, 0), total(sums, 1), total(sums, 2), total(sums, 3)));
    }
    if (only.isPresent()) {
      return orZero(ofClass(sums, only.getAsInt()));
    }
    double sum = 0;
    int defined = 0;
    for (int i = 0; i < classes; i++) {
      double value = ofClass(sums, i);
      if (!Double.isNaN(value)) {
        sum += value;
        defined++;
      }
    }
    return defined == 0 ? 0 : sum / defined;
  }

  private double ofClass(double[] sums, int number) {
    return score.of(
        sums[number],
        sums[classes + number],
        sums[2 * classes + number],
        sums[3 * classes + number]);
  }

  private double total(double[] sums, int kind) {
    double total = 0;
    for (int i = 0; i < classes; i++) {
      total += sums[kind * classes + i];
    }
    return total;
  }

  private static double orZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }
}

package org.hpo4j.djl.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import java.util.List;
import org.hpo4j.djl.GradientCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossEntropyTest {
  private static final Shape LOGITS = new Shape(2, 3, 2, 2);
  private static final int[] NUMBERS = {0, 1, 2, 1, 2, 0, 0, 7};

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void categoricalIsTheMeanOfWeightedLogLikelihoods() {
    double[] logits = GradientCheck.spacedValues(24);
    double[] weights = {0.5, 2, 3};
    double expected = 0;
    for (int pixel = 0; pixel < 8; pixel++) {
      int label = NUMBERS[pixel];
      if (label < 3) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
          sum += Math.exp(logits[index(pixel, c)]);
        }
        expected -= weights[label] * (logits[index(pixel, label)] - Math.log(sum)) / 8;
      }
    }
    Loss loss = SparseCategoricalCrossEntropy.of(3).withClassWeights(weights);
    assertThat(value(loss, numbers(), manager.create(logits, LOGITS)))
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void binaryIsTheMeanOfWeightedLogLikelihoods() {
    double[] logits = GradientCheck.spacedValues(24);
    float[] masks = masks();
    double[] weights = {0.5, 2, 3};
    double[] positive = {4, 1, 0.25};
    double expected = 0;
    for (int pixel = 0; pixel < 8; pixel++) {
      for (int c = 0; c < 3; c++) {
        double p = 1 / (1 + Math.exp(-logits[index(pixel, c)]));
        double y = masks[index(pixel, c)];
        expected -= weights[c] * (positive[c] * y * Math.log(p) + (1 - y) * Math.log(1 - p)) / 24;
      }
    }
    Loss loss = BinaryCrossEntropy.of(3).withClassWeights(weights).withPositiveWeights(positive);
    assertThat(value(loss, manager.create(masks, LOGITS), manager.create(logits, LOGITS)))
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void categoricalHasTheRightGradient() {
    assertThat(
            gradientError(
                SparseCategoricalCrossEntropy.of(3).withClassWeights(0.5, 2, 3), numbers()))
        .isLessThan(GradientCheck.TOLERANCE);
  }

  @Test
  void binaryHasTheRightGradient() {
    assertThat(
            gradientError(
                BinaryCrossEntropy.of(3).withClassWeights(1, 2, 3).withPositiveWeights(3, 2, 1),
                manager.create(masks(), LOGITS)))
        .isLessThan(GradientCheck.TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-38, 1e-20, 1e-3, 1, 30, 100, 1e4, 1e10, 1e20, 1e37})
  void lossesAndGradientsAreFiniteForLogitsOfAnySize(double size) {
    float x = (float) size;
    NDArray two = manager.create(new float[] {x, -x, -x, x}, new Shape(2, 2));
    NDArray number = manager.create(new int[] {1, 0}, new Shape(2));
    NDArray mask = manager.create(new float[] {0, 1, 1, 0}, new Shape(2, 2));
    // All predictions are wrong: the loss is ln(1 + e^x) of the margin, which is 2x and x.
    assertThat(finiteLoss(SparseCategoricalCrossEntropy.of(2), number, two))
        .isCloseTo((float) softplus(2.0 * x), within((float) (1e-6 * softplus(2.0 * x))));
    assertThat(finiteLoss(BinaryCrossEntropy.of(2), mask, two))
        .isCloseTo((float) softplus(x), within((float) (1e-6 * softplus(x))));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, -10, -40, -100})
  void binaryIsRelativelyExactWhereItIsSmall(int power) {
    // In double precision down to 1e-100: a hundred decades below a loss of 1.
    double x = -power * Math.log(10);
    NDArray logits = manager.create(new double[] {x, -x}, new Shape(2, 1));
    NDArray masks = manager.create(new double[] {1, 0}, new Shape(2, 1));
    double expected = Math.log1p(Math.pow(10, power));
    assertThat(value(BinaryCrossEntropy.of(1), masks, logits))
        .isCloseTo(expected, within(1e-9 * expected));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    NDArray logits = manager.zeros(LOGITS);
    assertThatThrownBy(() -> value(SparseCategoricalCrossEntropy.of(4), numbers(), logits))
        .hasMessage("shape of the logits is (2, 3, 2, 2), must be (batch, 4, ...)");
    assertThatThrownBy(() -> value(SparseCategoricalCrossEntropy.of(3), logits, logits))
        .hasMessage("shape of the labels is (2, 3, 2, 2), must be (2, 2, 2)");
    assertThatThrownBy(() -> value(BinaryCrossEntropy.of(3), numbers(), logits))
        .hasMessage("shape of the labels is (2, 2, 2), must be (2, 3, 2, 2)");
    assertThatThrownBy(() -> SparseCategoricalCrossEntropy.of(1))
        .hasMessage("classes is 1, must be at least 2");
    assertThatThrownBy(() -> BinaryCrossEntropy.of(0))
        .hasMessage("classes is 0, must be at least 1");
    assertThatThrownBy(() -> BinaryCrossEntropy.of(2).withClassWeights(1))
        .hasMessage("classWeights are [1.0], must be 2, one for each class");
    assertThatThrownBy(() -> BinaryCrossEntropy.of(2).withPositiveWeights(1, -1))
        .hasMessage("positiveWeights are [1.0, -1.0], each must be finite and at least 0");
  }

  private NDArray numbers() {
    return manager.create(NUMBERS, new Shape(2, 2, 2));
  }

  private static float[] masks() {
    float[] masks = new float[24];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = i % 5 < 2 ? 1 : 0;
    }
    return masks;
  }

  /** Position of a class of a pixel in [2, 3, 2, 2]; pixels are counted over the batch. */
  private static int index(int pixel, int c) {
    return pixel / 4 * 12 + c * 4 + pixel % 4;
  }

  private static double softplus(double x) {
    return x > 40 ? x : Math.log1p(Math.exp(x));
  }

  private static double value(Loss loss, NDArray labels, NDArray logits) {
    return loss.evaluate(new NDList(labels), new NDList(logits))
        .toType(DataType.FLOAT64, false)
        .toDoubleArray()[0];
  }

  private static float finiteLoss(Loss loss, NDArray labels, NDArray logits) {
    logits.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray value = loss.evaluate(new NDList(labels), new NDList(logits));
      collector.backward(value);
      assertThat(logits.getGradient().isNaN().any().getBoolean()).isFalse();
      return value.getFloat();
    }
  }

  private double gradientError(Loss loss, NDArray labels) {
    NDArray logits = manager.create(GradientCheck.spacedValues(24), LOGITS);
    logits.setRequiresGradient(true);
    return GradientCheck.relativeError(
        manager, List.of(logits), scope -> loss.evaluate(new NDList(labels), new NDList(logits)));
  }
}

package org.hpo4j.tensorflow.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hpo4j.tensorflow.GradientCheck;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** Losses with a weight for each class. */
class WeightedLossTest {
  private static final Shape IMAGES = Shape.of(2, 2, 3, 2);
  private static final int[][][] CLASSES = {{{0, 1, 1}, {0, 0, 1}}, {{1, 0, 1}, {1, 1, 0}}};
  private static final double LN2 = Math.log(2);

  private interface Labels<L extends TType> {
    Operand<L> of(Ops tf);
  }

  private static <L extends TType> double gradientError(Loss<L> loss, Labels<L> labels) {
    return GradientCheck.relativeError(
        GradientCheck.randomValues(24),
        IMAGES,
        (tf, variables, logits) -> loss.mean(tf, logits, labels.of(tf)));
  }

  private static Operand<TFloat32> masks(Ops tf) {
    float[] values = new float[24];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 5 < 2 ? 1 : 0;
    }
    return tf.reshape(tf.constant(values), tf.constant(new int[] {2, 2, 3, 2}));
  }

  private static Operand<TInt32> classes(Ops tf) {
    return tf.constant(CLASSES);
  }

  @Test
  void gradientsAreRight() {
    assertThat(
            gradientError(
                SparseCategoricalCrossEntropy.of(2).withClassWeights(0.5, 3),
                WeightedLossTest::classes))
        .isLessThan(GradientCheck.TOLERANCE);
    // Rows of these labels don't sum to 1.
    assertThat(
            gradientError(
                CategoricalCrossEntropy.of(2).withClassWeights(0.5, 3), WeightedLossTest::masks))
        .isLessThan(GradientCheck.TOLERANCE);
    assertThat(
            gradientError(
                BinaryCrossEntropy.of(2).withClassWeights(0.5, 3).withPositiveWeights(4, 2),
                WeightedLossTest::masks))
        .isLessThan(GradientCheck.TOLERANCE);
  }

  @Test
  void weightsMultiplyTheTermsOfTheirClass() {
    // Equal logits: each pixel's loss is ln 2 times the weight of its class, 1 or 3.
    assertThat(
            Evaluated.scalar(
                tf ->
                    SparseCategoricalCrossEntropy.of(2)
                        .withClassWeights(1, 3)
                        .mean(
                            tf,
                            tf.constant(new float[][] {{0, 0}, {0, 0}}),
                            tf.constant(new int[] {0, 1}))))
        .isCloseTo(2 * LN2, within(1e-6));
    assertThat(
            Evaluated.scalar(
                tf ->
                    CategoricalCrossEntropy.of(2)
                        .withClassWeights(1, 3)
                        .mean(
                            tf,
                            tf.constant(new float[][] {{0, 0}, {0, 0}}),
                            tf.constant(new float[][] {{1, 0}, {0.5f, 0.5f}}))))
        .isCloseTo(1.5 * LN2, within(1e-6));
  }

  @Test
  void binaryWeightsMultiplyClassesAndPositiveTerms() {
    // All logits 0, so each term is ln 2: (1 * 5 + 1) / 2 of class 0 and (3 + 3) / 2 of class 1.
    assertThat(
            Evaluated.scalar(
                tf ->
                    BinaryCrossEntropy.of(2)
                        .withClassWeights(1, 3)
                        .withPositiveWeights(5, 7)
                        .mean(
                            tf,
                            tf.constant(new float[][] {{0, 0}, {0, 0}}),
                            tf.constant(new float[][] {{1, 0}, {0, 0}}))))
        .isCloseTo(3 * LN2, within(1e-6));
  }

  @Test
  void binaryCrossEntropyIsThatOfItsDefinition() {
    // sigmoid(ln 3) = 3/4, label 1; sigmoid(-ln 3) = 1/4, label 1.
    float ln3 = (float) Math.log(3);
    assertThat(
            Evaluated.scalar(
                tf ->
                    BinaryCrossEntropy.of(1)
                        .mean(
                            tf,
                            tf.constant(new float[][] {{ln3}, {-ln3}}),
                            tf.constant(new float[][] {{1}, {1}}))))
        .isCloseTo((Math.log(4.0 / 3) + Math.log(4)) / 2, within(1e-6));
  }

  @Test
  void binaryCrossEntropyStaysFiniteForExtremeLogits() {
    assertThat(
            Evaluated.scalar(
                tf ->
                    BinaryCrossEntropy.of(1)
                        .mean(
                            tf,
                            tf.constant(new float[][] {{1e4f}, {-1e4f}}),
                            tf.constant(new float[][] {{0}, {0}}))))
        .isEqualTo(5e3);
  }

  @Test
  void weightsOfAnotherNumberAreRefused() {
    assertThatThrownBy(() -> SparseCategoricalCrossEntropy.of(3).withClassWeights(1, 2))
        .hasMessage("classWeights are [1.0, 2.0], must be 3, one for each class");
    assertThatThrownBy(() -> BinaryCrossEntropy.of(2).withPositiveWeights(1, -1))
        .hasMessage("positiveWeights are [1.0, -1.0], each must be finite and at least 0");
  }
}

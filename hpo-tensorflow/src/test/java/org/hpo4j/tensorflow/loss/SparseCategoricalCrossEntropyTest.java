package org.hpo4j.tensorflow.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hpo4j.tensorflow.GradientCheck;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class SparseCategoricalCrossEntropyTest {

  @Test
  void gradientOnImagesIsRight() {
    assertThat(
            GradientCheck.relativeError(
                GradientCheck.randomValues(48),
                Shape.of(2, 2, 4, 3),
                (tf, variables, logits) ->
                    SparseCategoricalCrossEntropy.of(3)
                        .mean(
                            tf,
                            logits,
                            tf.constant(
                                new int[][][] {
                                  {{0, 1, 2, 0}, {1, 1, 2, 2}}, {{0, 0, 1, 1}, {2, 2, 0, 1}}
                                }))))
        .isLessThan(GradientCheck.TOLERANCE);
  }

  @Test
  void isTheMeanOfTheNegativeLogProbabilities() {
    // softmax(0, ln 3) = (1/4, 3/4); labels 0 and 1: (ln 4 + ln 4/3) / 2.
    float ln3 = (float) Math.log(3);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      var loss =
          SparseCategoricalCrossEntropy.of(2)
              .mean(
                  tf,
                  tf.constant(new float[][] {{0, ln3}, {0, ln3}}),
                  tf.constant(new int[] {0, 1}));
      try (var result = session.runner().fetch(loss).run()) {
        assertThat((double) ((TFloat32) result.get(0)).getFloat())
            .isCloseTo((Math.log(4) + Math.log(4.0 / 3)) / 2, within(1e-6));
      }
    }
  }

  @Test
  void staysFiniteForExtremeLogits() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      var loss =
          SparseCategoricalCrossEntropy.of(2)
              .mean(tf, tf.constant(new float[][] {{1e4f, -1e4f}}), tf.constant(new int[] {1}));
      try (var result = session.runner().fetch(loss).run()) {
        assertThat(((TFloat32) result.get(0)).getFloat()).isEqualTo(2e4f);
      }
    }
  }

  @Test
  void oneClassIsRefused() {
    assertThatThrownBy(() -> SparseCategoricalCrossEntropy.of(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("classes is 1, must be at least 2");
  }
}

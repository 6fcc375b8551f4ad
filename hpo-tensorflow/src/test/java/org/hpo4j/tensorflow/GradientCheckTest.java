package org.hpo4j.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.nn.Conv2d;

/**
 * The check itself: it passes a right gradient and fails the wrong ones that the layers work
 * around.
 */
class GradientCheckTest {

  @Test
  void logSoftmaxOnTwoDimensionsIsRight() {
    assertThat(
            GradientCheck.relativeError(
                GradientCheck.randomValues(12),
                Shape.of(4, 3),
                (tf, variables, x) -> tf.nn.logSoftmax(x)))
        .isLessThan(GradientCheck.TOLERANCE);
  }

  @Test
  void findsTheEnginesWrongGradientOfLogSoftmaxOnFourDimensions() {
    assertThat(
            GradientCheck.relativeError(
                GradientCheck.randomValues(48),
                Shape.of(2, 2, 4, 3),
                (tf, variables, x) -> tf.nn.logSoftmax(x)))
        .isGreaterThan(0.1);
  }

  @Test
  void findsTheEnginesWrongGradientOfDilatedConvolution() {
    assertThat(
            GradientCheck.relativeError(
                GradientCheck.randomValues(72),
                Shape.of(1, 6, 6, 2),
                (tf, variables, x) ->
                    tf.nn.conv2d(
                        x,
                        tf.reshape(
                            tf.constant(GradientCheck.spacedValues(36)),
                            tf.constant(new int[] {3, 3, 2, 2})),
                        List.of(1L, 1L, 1L, 1L),
                        "SAME",
                        Conv2d.dilations(List.of(1L, 2L, 2L, 1L)))))
        .isGreaterThan(0.1);
  }
}

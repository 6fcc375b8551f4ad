package org.hpo4j.tensorflow.layers;

import static org.assertj.core.api.Assertions.assertThat;

import org.hpo4j.tensorflow.GradientCheck;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Gradients with respect to input and variables against central differences. */
class LayerGradientTest {
  private static final Shape IMAGES = Shape.of(2, 4, 4, 2);

  @Test
  void conv2d() {
    assertRight(Mode.TRAINING, variables -> Conv2d.of(variables, "conv", 3, 2, 3));
  }

  @Test
  void pointwiseConv2d() {
    assertRight(Mode.TRAINING, variables -> Conv2d.of(variables, "conv", 1, 2, 6));
  }

  @Test
  void transposedConv2d() {
    assertRight(Mode.TRAINING, variables -> TransposedConv2d.of(variables, "up", 2, 3));
  }

  @Test
  void batchNormInTraining() {
    assertRight(Mode.TRAINING, variables -> BatchNorm.of(variables, "norm", 2, 0.9));
  }

  @Test
  void batchNormInInference() {
    assertRight(Mode.INFERENCE, variables -> BatchNorm.of(variables, "norm", 2, 0.9));
  }

  @Test
  void relu() {
    assertRight(Mode.TRAINING, variables -> Layers.relu());
  }

  @Test
  void maxPool2x2() {
    assertRight(Mode.TRAINING, variables -> Layers.maxPool2x2());
  }

  @Test
  void groupedSum() {
    assertRight(Mode.TRAINING, variables -> Layers.groupedSum(2, 1));
    assertRight(
        Mode.TRAINING,
        variables -> Conv2d.of(variables, "conv", 1, 2, 6).then(Layers.groupedSum(6, 3)));
  }

  @Test
  void concatChannels() {
    assertRight(
        Mode.TRAINING,
        variables -> {
          Layer conv = Conv2d.of(variables, "conv", 1, 2, 1);
          return (tower, x) -> Layers.concatChannels(tower, x, conv.apply(tower, x));
        });
  }

  private interface Builder {
    Layer build(Variables variables);
  }

  private static void assertRight(Mode mode, Builder builder) {
    double error =
        GradientCheck.relativeError(
            GradientCheck.spacedValues(64),
            IMAGES,
            (tf, variables, x) -> builder.build(variables).apply(Tower.of(tf, mode), x));
    assertThat(error).isLessThan(GradientCheck.TOLERANCE);
  }
}

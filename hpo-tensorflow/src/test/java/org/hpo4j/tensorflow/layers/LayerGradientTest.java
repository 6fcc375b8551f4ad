package org.hpo4j.tensorflow.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hpo4j.tensorflow.GradientCheck;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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
  void stridedConv2d() {
    assertRight(Mode.TRAINING, variables -> Conv2d.of(variables, "conv", 3, 2, 3).withStride(2));
  }

  @Test
  void conv2dWithoutBias() {
    assertRight(Mode.TRAINING, variables -> Conv2d.withoutBias(variables, "conv", 3, 2, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void dilatedConv2d(int rate) {
    assertRight(
        Mode.TRAINING, variables -> Conv2d.of(variables, "conv", 3, 2, 3).withDilation(rate));
  }

  @Test
  void dense() {
    assertRight(
        Mode.TRAINING, variables -> Layers.flatten().then(Dense.of(variables, "dense", 32, 3)));
  }

  @Test
  void dropout() {
    assertRight(Mode.TRAINING, variables -> new Dropout("dropout", 0.4));
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

  @ParameterizedTest
  @MethodSource("activations")
  void activation(Activation activation) {
    assertRight(Mode.TRAINING, variables -> activation.layer(variables, "activation", 2));
    assertRight(Mode.INFERENCE, variables -> activation.layer(variables, "activation", 2));
  }

  static List<Named<Activation>> activations() {
    return List.of(
        Named.of("relu", Activation.relu()),
        Named.of("leakyRelu", Activation.leakyRelu(0.1)),
        Named.of("elu", Activation.elu()),
        Named.of("mish", Activation.mish()),
        Named.of("prelu", Activation.prelu()),
        Named.of("sharedPrelu", Activation.sharedPrelu()),
        Named.of("uniform", Activation.randomizedLeakyRelu(SlopeLaw.uniform(1.0 / 8, 1.0 / 3))),
        Named.of("normal", Activation.randomizedLeakyRelu(SlopeLaw.normal(0.3, 0.1))));
  }

  @Test
  void overlappingMaxPool() {
    assertRight(Mode.TRAINING, variables -> Layers.maxPool(3, 2));
  }

  @Test
  void globalAveragePool() {
    assertRight(Mode.TRAINING, variables -> Layers.globalAveragePool());
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

package org.hpo4j.djl.block;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.stream.Stream;
import org.hpo4j.djl.GradientCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every layer's gradients against finite differences, in training and in inference. */
class BlockGradientTest {
  private static final Shape SHAPE = new Shape(2, 3, 5, 4);

  static Stream<Arguments> blocks() {
    return Stream.of(
        Arguments.of("conv", Conv2d.builder(3, 2).build()),
        Arguments.of("conv 1x1", Conv2d.builder(1, 4).build()),
        Arguments.of("conv dilated", Conv2d.builder(3, 2).dilation(2).build()),
        Arguments.of("conv strided", Conv2d.builder(3, 2).stride(2).withoutBias().build()),
        Arguments.of("conv valid", Conv2d.builder(3, 2).valid().build()),
        Arguments.of("transposed", Blocks.transposedConv2d(2)),
        Arguments.of("norm", Blocks.batchNorm(0.9)),
        Arguments.of("pool", Blocks.maxPool(2, 2, 0)),
        Arguments.of("pool 3x3/2", Blocks.maxPool(3, 2, 1)),
        Arguments.of("dropout", Blocks.dropout(0.4)),
        Arguments.of("average", Blocks.globalAveragePool()),
        Arguments.of("relu", Activation.relu().block()),
        Arguments.of("leaky", Activation.leakyRelu(0.3).block()),
        Arguments.of("prelu", Activation.prelu().block()),
        Arguments.of("shared prelu", Activation.sharedPrelu().block()),
        Arguments.of(
            "uniform leaky", Activation.randomizedLeakyRelu(SlopeLaw.uniform(0.1, 0.4)).block()),
        Arguments.of(
            "normal leaky", Activation.randomizedLeakyRelu(SlopeLaw.normal(0.2, 0.1)).block()),
        Arguments.of("mish", Activation.mish().block()),
        Arguments.of("elu", Activation.elu().block()),
        Arguments.of(
            "sequence",
            new NamedSequence()
                .add("conv", Conv2d.builder(3, 2).withoutBias().build())
                .add("norm", Blocks.batchNorm(0.9))
                .add("act", Activation.mish().block())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("blocks")
  void gradientsAreRightInTraining(String name, Block block) {
    assertThat(GradientCheck.relativeError(block, SHAPE, true))
        .as(name)
        .isLessThan(GradientCheck.TOLERANCE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("blocks")
  void gradientsAreRightInInference(String name, Block block) {
    assertThat(GradientCheck.relativeError(block, SHAPE, false))
        .as(name)
        .isLessThan(GradientCheck.TOLERANCE);
  }

  @Test
  void denseHasARightGradient() {
    assertThat(GradientCheck.relativeError(Blocks.dense(3), new Shape(4, 5), true))
        .isLessThan(GradientCheck.TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-100, -30, -1, 0.5, 10, 25, 100})
  void mishHasARightGradientFarOut(double x) {
    assertThat(
            GradientCheck.relativeError(
                Activation.mish().block(), new double[] {x}, new Shape(1, 1, 1, 1), true))
        .isLessThan(1e-5);
  }
}

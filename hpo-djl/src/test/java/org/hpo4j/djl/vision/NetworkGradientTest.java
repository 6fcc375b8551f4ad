package org.hpo4j.djl.vision;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.stream.Stream;
import org.hpo4j.djl.GradientCheck;
import org.hpo4j.djl.block.Activation;
import org.hpo4j.djl.block.SlopeLaw;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of whole networks against finite differences. */
class NetworkGradientTest {
  private static final ConvStyle STYLE =
      new ConvStyle(Activation.mish(), UNet.BatchNormPlace.BEFORE, 0.9, 0);

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("bare", unet(UNet.BatchNormPlace.NONE, Activation.mish(), 0)),
        Arguments.of("after", unet(UNet.BatchNormPlace.AFTER, Activation.elu(), 0)),
        Arguments.of("prelu", unet(UNet.BatchNormPlace.NONE, Activation.prelu(), 0.3)),
        Arguments.of(
            "random",
            unet(
                UNet.BatchNormPlace.NONE,
                Activation.randomizedLeakyRelu(SlopeLaw.uniform(0.1, 0.3)),
                0)),
        Arguments.of(
            "dilated",
            UNet.builder(1, 2)
                .startFilters(2)
                .depth(1)
                .batchNorm(UNet.BatchNormPlace.NONE)
                .activation(Activation.mish())
                .dilations(1, 2, 2, 1)
                .build()),
        Arguments.of("residual", new Residual(2, 1, false, STYLE)),
        Arguments.of("projected residual", new Residual(3, 2, true, STYLE)));
  }

  private static UNet unet(UNet.BatchNormPlace place, Activation activation, double dropout) {
    return UNet.builder(1, 2)
        .startFilters(2)
        .depth(1)
        .batchNorm(place)
        .activation(activation)
        .dropout(dropout)
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void gradientsAreRight(String name, Block network) {
    long channels = network instanceof UNet ? 1 : 2;
    assertThat(GradientCheck.relativeError(network, new Shape(2, channels, 4, 4), true))
        .as(name)
        .isLessThan(GradientCheck.TOLERANCE);
  }
}

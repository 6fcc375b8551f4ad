package org.hpo4j.tensorflow.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.hpo4j.tensorflow.layers.Activation;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The U-Nets of TensorFlow and of DJL's PyTorch, given the same weights, agree on their outputs, on
 * the moving averages after a step and on all gradients.
 *
 * <p>Sums have other orders in the two engines, so the last digits differ, and with each layer more
 * of them: errors are relative, in the Euclidean norm of an array.
 */
class EnginesAgreeTest {
  private static final double TOLERANCE = 1e-4;
  private static final double ROUNDING = 1e-2;
  private static final int SIZE = 64;
  private static final int CHANNELS = 3;
  private static final int CLASSES = 2;

  static List<Arguments> networks() {
    return List.of(
        pair("relu, norm before", tensorFlow(), djl()),
        pair(
            "leaky, no norm",
            tensorFlow().activation(Activation.leakyRelu(0.2)).batchNorm(UNet.BatchNormPlace.NONE),
            djl()
                .activation(org.hpo4j.djl.block.Activation.leakyRelu(0.2))
                .batchNorm(org.hpo4j.djl.vision.UNet.BatchNormPlace.NONE)),
        pair(
            "elu, norm after",
            tensorFlow().activation(Activation.elu()).batchNorm(UNet.BatchNormPlace.AFTER),
            djl()
                .activation(org.hpo4j.djl.block.Activation.elu())
                .batchNorm(org.hpo4j.djl.vision.UNet.BatchNormPlace.AFTER)),
        pair(
            "mish, dilated",
            tensorFlow().activation(Activation.mish()).dilations(1, 2, 2, 1, 2, 3),
            djl().activation(org.hpo4j.djl.block.Activation.mish()).dilations(1, 2, 2, 1, 2, 3)),
        pair(
            "prelu",
            tensorFlow().activation(Activation.prelu()),
            djl().activation(org.hpo4j.djl.block.Activation.prelu())),
        pair(
            "shared prelu",
            tensorFlow().activation(Activation.sharedPrelu()),
            djl().activation(org.hpo4j.djl.block.Activation.sharedPrelu())),
        // Smooth: over so many layers of a few pixels, a rectifier would turn last digits into
        // other signs.
        pair(
            "residual encoder",
            UNet.builder(CHANNELS, CLASSES)
                .startFilters(4)
                .activation(Activation.mish())
                .encoder(UNet.Encoder.RESNET34),
            org.hpo4j.djl.vision.UNet.builder(CHANNELS, CLASSES)
                .startFilters(4)
                .activation(org.hpo4j.djl.block.Activation.mish())
                .encoder(org.hpo4j.djl.vision.UNet.Encoder.RESNET34)));
  }

  private static UNet.Builder tensorFlow() {
    return UNet.builder(CHANNELS, CLASSES).startFilters(4).depth(2);
  }

  private static org.hpo4j.djl.vision.UNet.Builder djl() {
    return org.hpo4j.djl.vision.UNet.builder(CHANNELS, CLASSES).startFilters(4).depth(2);
  }

  private static Arguments pair(
      String name, UNet.Builder tensorFlow, org.hpo4j.djl.vision.UNet.Builder djl) {
    return Arguments.of(Named.of(name, tensorFlow.build()), Named.of("DJL", djl.build()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void outputsAndGradientsAgree(UNet tensorFlow, org.hpo4j.djl.vision.UNet djl) {
    try (TensorFlowNetwork first = new TensorFlowNetwork(tensorFlow, CHANNELS);
        DjlNetwork second = new DjlNetwork(djl, CHANNELS, SIZE)) {
      assertThat(second.names()).isEqualTo(new TreeSet<>(first.names()));
      Map<String, Values> weights = new LinkedHashMap<>();
      first.names().forEach(name -> weights.put(name, drawn(name, first.shape(name))));
      weights.forEach(first::set);
      weights.forEach((name, values) -> second.set(name, values.toPyTorch()));
      Values image = drawn("image", 2, SIZE, SIZE, CHANNELS);
      Values factors = drawn("factors", 2, SIZE, SIZE, CLASSES);

      Map<String, Values> expected = second.run(image.toPyTorch(), factors.toPyTorch());
      Map<String, Values> actual = first.run(image, factors);
      // Besides what is trained: outputs in both modes, the image's gradient, moving averages.
      assertThat(actual).containsOnlyKeys(expected.keySet()).hasSizeGreaterThan(weights.size());
      // A bias before a batch normalization has no gradient but rounding.
      double largest = expected.values().stream().mapToDouble(Values::norm).max().orElseThrow();
      expected.forEach(
          (name, values) ->
              assertThat(actual)
                  .hasEntrySatisfying(
                      name,
                      own ->
                          assertThat(own.toPyTorch().distance(values, ROUNDING * largest))
                              .as(name)
                              .isLessThan(TOLERANCE)));
    }
  }

  /** Weights near those of a training: no first value, a bias of 0 for example, is kept. */
  private static Values drawn(String name, long... shape) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    Values values = Values.ofShape(shape);
    long fanIn = shape.length == 4 ? shape[0] * shape[1] * shape[2] : 1;
    boolean positive = name.endsWith("/scale") || name.endsWith("/variance");
    for (int i = 0; i < values.array().length; i++) {
      double uniform = 2 * random.nextDouble() - 1;
      if (name.endsWith("/kernel")) {
        values.array()[i] = (float) (uniform * Math.sqrt(6.0 / fanIn));
      } else if (positive) {
        values.array()[i] = (float) (1 + 0.3 * uniform);
      } else {
        values.array()[i] = (float) (name.contains("/") ? 0.3 * uniform : uniform);
      }
    }
    return values;
  }
}

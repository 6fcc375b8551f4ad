package org.hpo4j.tensorflow.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.hpo4j.tensorflow.layers.Activation;
import org.hpo4j.tensorflow.layers.Mode;
import org.hpo4j.tensorflow.layers.SlopeLaw;
import org.hpo4j.tensorflow.layers.Tower;
import org.hpo4j.tensorflow.layers.Variables;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class UNetTest {

  @Test
  void filtersDoubleWithEachLevel() {
    try (Graph graph = new Graph()) {
      Variables variables = variables(graph);
      UNet.builder(3, 2).startFilters(4).depth(2).build().layers(variables);

      assertThat(variables.shape("down0/conv0/kernel")).isEqualTo(Shape.of(3, 3, 3, 4));
      assertThat(variables.shape("down1/conv1/kernel")).isEqualTo(Shape.of(3, 3, 8, 8));
      assertThat(variables.shape("bottom/conv1/kernel")).isEqualTo(Shape.of(3, 3, 16, 16));
      assertThat(variables.shape("up1/transposed/kernel")).isEqualTo(Shape.of(2, 2, 8, 16));
      assertThat(variables.shape("up0/conv0/kernel")).isEqualTo(Shape.of(3, 3, 8, 4));
      assertThat(variables.shape("head/kernel")).isEqualTo(Shape.of(1, 1, 4, 2));
    }
  }

  /** Table 1 of He et al. 2016: 21.3 million parameters less the classifier's 0.5 million. */
  @Test
  void residualEncoderHasTheLayersOfTheArticle() {
    try (Graph graph = new Graph()) {
      Variables variables = variables(graph);
      UNet.builder(3, 1).startFilters(64).encoder(UNet.Encoder.RESNET34).build().layers(variables);

      List<String> encoder =
          variables.trainableNames().stream()
              .filter(name -> name.startsWith("stem") || name.startsWith("stage"))
              .toList();
      // A convolution first, two in each of 16 blocks, and three 1x1 convolutions between sizes.
      assertThat(encoder.stream().filter(name -> name.endsWith("/kernel"))).hasSize(1 + 32 + 3);
      assertThat(encoder.stream().mapToLong(name -> variables.shape(name).size()).sum())
          .isEqualTo(21_284_672);
      assertThat(variables.shape("stage3/block2/conv1/kernel")).isEqualTo(Shape.of(3, 3, 512, 512));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void outputIsAsLargeAsTheInput(UNet network) {
    float[] output = run(network, 32, 64);
    assertThat(output).hasSize(32 * 64 * 2).doesNotContain(Float.NaN);
    assertThat(output[0]).isNotEqualTo(output[output.length - 2]);
  }

  static List<Named<UNet>> networks() {
    return List.of(
        Named.of("plain", builder().build()),
        Named.of("no norm", builder().batchNorm(UNet.BatchNormPlace.NONE).build()),
        Named.of("norm after", builder().batchNorm(UNet.BatchNormPlace.AFTER).dropout(0.3).build()),
        Named.of("dilated", builder().dilations(2, 1, 1, 1, 2, 3).build()),
        Named.of(
            "random slopes",
            builder()
                .activation(Activation.randomizedLeakyRelu(SlopeLaw.normal(0.3, 0.1)))
                .build()),
        Named.of(
            "residual", UNet.builder(1, 2).startFilters(4).encoder(UNet.Encoder.RESNET34).build()));
  }

  private static UNet.Builder builder() {
    return UNet.builder(1, 2).startFilters(2).depth(2);
  }

  @Test
  void eachPlaceLearnsSlopesOfItsOwn() {
    try (Graph graph = new Graph()) {
      Variables variables = variables(graph);
      builder().activation(Activation.prelu()).build().layers(variables);

      List<String> slopes =
          variables.trainableNames().stream().filter(name -> name.endsWith("/slope")).toList();
      assertThat(slopes)
          .hasSize(2 * 5)
          .contains("down0/activation0/slope", "bottom/activation1/slope", "up1/activation0/slope");
      assertThat(variables.shape("down1/activation0/slope")).isEqualTo(Shape.of(4));
    }
  }

  @Test
  void sizesThatCannotBeHalvedAreRefused() {
    UNet network = builder().build();
    assertThatThrownBy(() -> network.requireSize(32, 30))
        .hasMessage(
            "width is 30, must be a positive multiple of 4, since the network halves it 2 times");
    assertThatThrownBy(() -> run(network, 32, 30))
        .isInstanceOf(TFInvalidArgumentException.class)
        .hasMessageContaining("height and width must be multiples of")
        .hasMessageContaining("[32 30]");
  }

  @Test
  void dilationsThatGridAreRefused() {
    assertThatThrownBy(() -> builder().dilations(1, 2, 2, 4, 1, 1).build())
        .hasMessage(
            "dilations are [1, 2, 2, 4, 1, 1], which grid: the two of a level must have no common"
                + " divisor above 1, those of level 1 have 2");
    assertThatThrownBy(() -> builder().dilations(2, 3, 1, 2, 3, 3).build())
        .hasMessageContaining("those of the bottom have 3");
    assertThatThrownBy(() -> builder().dilations(1, 2).build())
        .hasMessage("dilations are [1, 2], must be 6: two for each of 2 levels and the bottom");
    assertThatThrownBy(() -> builder().dilations(1, 0, 1, 1, 1, 1).build())
        .hasMessage("dilations are [1, 0, 1, 1, 1, 1], each must be at least 1");
  }

  @Test
  void optionsOutsideTheirRangeAreRefused() {
    assertThatThrownBy(() -> UNet.builder(0, 2))
        .hasMessage("inputChannels is 0, must be at least 1");
    assertThatThrownBy(() -> builder().depth(9)).hasMessage("depth is 9, must be in [1, 8]");
    assertThatThrownBy(() -> builder().dropout(1)).hasMessage("dropout is 1.0, must be in [0, 1)");
    assertThatThrownBy(() -> builder().encoder(UNet.Encoder.RESNET34).build())
        .hasMessage("depth is 2, must be 5 with the encoder RESNET34");
  }

  private static Variables variables(Graph graph) {
    return Variables.of(Ops.create(graph), name -> new SplittableRandom(name.hashCode()));
  }

  /** Runs a network in training on an image of which only the left half isn't zero. */
  private static float[] run(UNet network, int height, int width) {
    float[] image = new float[height * width];
    for (int i = 0; i < image.length; i++) {
      image[i] = i % width < width / 2 ? 1 : 0;
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Variables variables = variables(graph);
      Placeholder<TFloat32> x =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 1)));
      var y = network.layers(variables).apply(Tower.of(tf, Mode.TRAINING), x);
      variables.initialize(session);
      try (TFloat32 fed =
              TFloat32.tensorOf(Shape.of(1, height, width, 1), DataBuffers.of(image, true, false));
          var result = session.runner().feed(x, fed).fetch(y).run()) {
        TFloat32 fetched = (TFloat32) result.get(0);
        float[] values = new float[Math.toIntExact(fetched.size())];
        fetched.copyTo(DataBuffers.of(values, false, false));
        return values;
      }
    }
  }
}

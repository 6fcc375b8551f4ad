package org.hpo4j.examples.unet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.tensorflow.layers.Mode;
import org.hpo4j.tensorflow.layers.Tower;
import org.hpo4j.tensorflow.layers.Variables;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class TensorFlowUNetTest {

  @ParameterizedTest
  @CsvSource({"1, 3", "1, 57", "4, 3", "8, 120", "32, 6"})
  void parametersAreCountedAsTheGraphHasThem(int scale, int channels) {
    UNet unet = new UNet(scale, channels, 0.9);
    try (Graph graph = new Graph()) {
      Variables variables = Variables.of(Ops.create(graph), name -> new SplittableRandom(1));
      TensorFlowUNet.layers(unet, variables);
      assertThat(variables.parameterCount()).isEqualTo(unet.parameterCount());
      assertThat(variables.shape("head/kernel").size() + channels)
          .isEqualTo(unet.headParameterCount());
      assertThat(variables.shape("encoder4/conv2/kernel").size() + 512 / scale)
          .isEqualTo(unet.bottleneckParameterCount());
    }
  }

  @ParameterizedTest
  @CsvSource({"3", "12"})
  void logitsHaveTheSizeOfTheImageAndOneChannelForEachClass(int channels) {
    UNet unet = new UNet(16, channels, 0.9);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Variables variables = Variables.of(tf, name -> new SplittableRandom(1));
      var image = tf.zeros(tf.constant(new int[] {2, 32, 48, 3}), TFloat32.class);
      var logits =
          TensorFlowUNet.layers(unet, variables).apply(Tower.of(tf, Mode.INFERENCE), image);
      variables.initialize(session);
      try (var result = session.runner().fetch(logits).run()) {
        assertThat(((TFloat32) result.get(0)).shape()).isEqualTo(Shape.of(2, 32, 48, 3));
      }
    }
  }
}

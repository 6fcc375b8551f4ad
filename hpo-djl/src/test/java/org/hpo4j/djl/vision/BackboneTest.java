package org.hpo4j.djl.vision;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import org.junit.jupiter.api.Test;

class BackboneTest {

  @Test
  void vgg16HasItsParametersUnderKerasNames() {
    Block vgg = Vgg16.withoutTop();
    try (NDManager manager = NDManager.newBaseManager()) {
      vgg.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 224, 224));
      assertThat(Parameters.count(vgg)).isEqualTo(14_714_688);
      assertThat(vgg.getOutputShapes(new Shape[] {new Shape(1, 3, 224, 224)}))
          .containsExactly(new Shape(1, 512, 7, 7));
    }
    assertThat(vgg.getParameters().keys())
        .hasSize(26)
        .startsWith("block1_conv1/kernel", "block1_conv1/bias", "block1_conv2/kernel")
        .endsWith("block5_conv3/kernel", "block5_conv3/bias");
  }

  @Test
  void squeezeNetHasItsParametersUnderKerasNames() {
    Block squeezeNet = SqueezeNet11.withoutTop();
    try (NDManager manager = NDManager.newBaseManager()) {
      squeezeNet.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 227, 227));
      assertThat(Parameters.count(squeezeNet)).isEqualTo(722_496);
    }
    assertThat(squeezeNet.getParameters().keys())
        .hasSize(2 + 8 * 6)
        .startsWith("conv1/kernel", "conv1/bias", "fire2/squeeze1x1/kernel")
        .endsWith("fire9/expand3x3/kernel", "fire9/expand3x3/bias");
  }

  @Test
  void squeezeNetsLayersHaveTheSizesOfItsKerasPort() {
    Block squeezeNet = SqueezeNet11.withoutTop();
    try (NDManager manager = NDManager.newBaseManager()) {
      Shape input = new Shape(1, 3, 227, 227);
      squeezeNet.initialize(manager, DataType.FLOAT32, input);
      assertThat(shapeAfter(squeezeNet, "conv1", input)).isEqualTo(new Shape(1, 64, 113, 113));
      assertThat(shapeAfter(squeezeNet, "pool1", input)).isEqualTo(new Shape(1, 64, 56, 56));
      assertThat(shapeAfter(squeezeNet, "fire3", input)).isEqualTo(new Shape(1, 128, 56, 56));
      assertThat(shapeAfter(squeezeNet, "pool3", input)).isEqualTo(new Shape(1, 128, 27, 27));
      assertThat(shapeAfter(squeezeNet, "fire5", input)).isEqualTo(new Shape(1, 256, 27, 27));
      assertThat(shapeAfter(squeezeNet, "pool5", input)).isEqualTo(new Shape(1, 256, 13, 13));
      assertThat(shapeAfter(squeezeNet, "fire7", input)).isEqualTo(new Shape(1, 384, 13, 13));
      NDList output =
          squeezeNet.forward(
              new ParameterStore(manager, false), new NDList(manager.ones(input)), false);
      assertThat(output.singletonOrThrow().getShape()).isEqualTo(new Shape(1, 512, 13, 13));
    }
  }

  private static Shape shapeAfter(Block network, String last, Shape input) {
    Shape[] shapes = {input};
    for (var child : network.getChildren()) {
      shapes = child.getValue().getOutputShapes(shapes);
      if (child.getKey().equals(last)) {
        return shapes[0];
      }
    }
    throw new AssertionError("no layer " + last);
  }
}

package org.hpo4j.djl.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hpo4j.djl.DjlModel;
import org.hpo4j.djl.block.Blocks;
import org.hpo4j.djl.block.Conv2d;
import org.hpo4j.djl.block.NamedSequence;
import org.junit.jupiter.api.Test;

class PretrainedWeightsTest {
  private static final Shape INPUT = new Shape(1, 2, 4, 4);

  @Test
  void eachValueComesToItsPlace() throws IOException {
    NamedSequence block = new NamedSequence().add("conv", Conv2d.builder(3, 5).build());
    PretrainedWeights.set(block, INPUT, PretrainedWeightsTest::places);
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, INPUT);
      NDArray kernel = block.getParameters().get("conv/kernel").getArray();
      assertThat(kernel.getShape()).isEqualTo(new Shape(5, 2, 3, 3));
      for (int out = 0; out < 5; out++) {
        for (int in = 0; in < 2; in++) {
          for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 3; x++) {
              assertThat(kernel.getFloat(out, in, y, x))
                  .isEqualTo(((y * 3 + x) * 2 + in) * 5 + out);
            }
          }
        }
      }
      assertThat(block.getParameters().get("conv/bias").getArray().toFloatArray())
          .containsExactly(0, 1, 2, 3, 4);
    }
  }

  @Test
  void denseKernelsAreTurned() throws IOException {
    NamedSequence block = new NamedSequence().add("dense", Blocks.dense(3));
    PretrainedWeights.set(block, new Shape(1, 2), PretrainedWeightsTest::places);
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
      assertThat(block.getParameters().get("dense/kernel").getArray().toFloatArray())
          .containsExactly(0, 3, 1, 4, 2, 5);
    }
  }

  @Test
  void weightsStayAsTheyAreWhenMemoryIsCollected() throws IOException {
    Shape input = new Shape(1, 512);
    NamedSequence block = new NamedSequence().add("dense", Blocks.dense(512));
    PretrainedWeights.set(block, input, PretrainedWeightsTest::places);
    try (DjlModel model =
        DjlModel.open(block, name -> new SplittableRandom(1), Device.cpu(), input)) {
      float[] before = model.weights("dense/kernel").floats();
      // What the engine shared with a Java buffer would be freed with it, and soon used anew.
      for (int i = 0; i < 50; i++) {
        System.gc();
        ByteBuffer.allocateDirect(512 * 512 * Float.BYTES);
      }
      assertThat(model.weights("dense/kernel").floats()).isEqualTo(before);
    }
  }

  @Test
  void theSourceIsAskedForShapesAsKerasHasThem() throws IOException {
    List<String> asked = new ArrayList<>();
    PretrainedWeights.set(
        SqueezeNet11.withoutTop(),
        new Shape(1, 3, 64, 64),
        (name, shape) -> {
          asked.add(name + " " + shape);
          return new float[Math.toIntExact(shape.size())];
        });
    assertThat(asked)
        .contains(
            "conv1/kernel (3, 3, 3, 64)",
            "fire2/squeeze1x1/kernel (1, 1, 64, 16)",
            "fire9/expand3x3/kernel (3, 3, 64, 256)",
            "fire9/expand3x3/bias (256)");
  }

  @Test
  void ifOneIsMissingNoneIsTaken() {
    Block block =
        new NamedSequence()
            .add("first", Conv2d.builder(1, 2).build())
            .add("second", Conv2d.builder(1, 3).build());
    assertThatThrownBy(
            () ->
                PretrainedWeights.set(
                    block,
                    INPUT,
                    (name, shape) ->
                        name.startsWith("second") ? new float[1] : places(name, shape)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'second/kernel' has 1 values, must have 6, of shape (1, 1, 2, 3)");
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, INPUT);
      assertThat(block.getParameters().get("first/bias").getArray().toFloatArray())
          .containsExactly(0, 0);
    }
  }

  @Test
  void anInitializedBlockIsRefused() {
    Block block = new NamedSequence().add("conv", Conv2d.builder(1, 2).build());
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, INPUT);
      assertThatThrownBy(() -> PretrainedWeights.set(block, INPUT, PretrainedWeightsTest::places))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the block is initialized, weights must be set before");
    }
  }

  /** Each value is its own place. */
  private static float[] places(String name, Shape shape) {
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return values;
  }
}

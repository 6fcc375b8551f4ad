package org.hpo4j.djl.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import org.hpo4j.djl.GradientCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What layers compute, against plain arithmetic. */
class BlocksTest {
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void aTransposedConvolutionSpreadsEachPixelByTheKernel() {
    int inputs = 3;
    int filters = 2;
    int height = 2;
    int width = 3;
    Block block = Blocks.transposedConv2d(filters);
    Shape shape = new Shape(2, inputs, height, width);
    double[] x = GradientCheck.spacedValues(36);
    double[] kernel = GradientCheck.spacedValues(inputs * filters * 4);
    double[] bias = {0.5, -0.25};
    block.initialize(manager, DataType.FLOAT64, shape);
    block.getParameters().get("kernel").getArray().set(kernel);
    block.getParameters().get("bias").getArray().set(bias);

    // By the definition: output[2i + a][2j + b] gains x[i][j] times kernel[a][b], over all inputs.
    double[] expected = new double[2 * filters * 4 * height * width];
    for (int n = 0; n < 2; n++) {
      for (int f = 0; f < filters; f++) {
        for (int y = 0; y < 2 * height; y++) {
          for (int z = 0; z < 2 * width; z++) {
            double sum = bias[f];
            for (int c = 0; c < inputs; c++) {
              sum +=
                  x[((n * inputs + c) * height + y / 2) * width + z / 2]
                      * kernel[((c * filters + f) * 2 + y % 2) * 2 + z % 2];
            }
            expected[((n * filters + f) * 2 * height + y) * 2 * width + z] = sum;
          }
        }
      }
    }
    NDArray output = forward(block, manager.create(x, shape), true);
    assertThat(output.getShape()).isEqualTo(new Shape(2, 2, 4, 6));
    assertThat(output.toDoubleArray()).containsExactly(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 5, 5", "3, 1, 5, 5", "7, 1, 5, 5", "3, 2, 5, 3", "3, 2, 6, 3", "7, 2, 6, 3"})
  void samePaddingKeepsTheSizeOrDividesItByTheStride(int size, int stride, int from, int to) {
    Block conv = Conv2d.builder(size, 2).stride(stride).build();
    NDArray output = forward(conv, manager.ones(new Shape(1, 1, from, from)), false);
    assertThat(output.getShape()).isEqualTo(new Shape(1, 2, to, to));
    assertThat(conv.getOutputShapes(new Shape[] {new Shape(1, 1, from, from)}))
        .containsExactly(output.getShape());
  }

  @Test
  void aDilatedConvolutionReadsPixelsThatFarApart() {
    Block conv = Conv2d.builder(3, 1).dilation(2).withoutBias().build();
    Shape shape = new Shape(1, 1, 7, 7);
    conv.initialize(manager, DataType.FLOAT32, shape);
    conv.getParameters().get("kernel").getArray().set(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    NDArray point = manager.zeros(shape);
    point.set(new NDIndex(0, 0, 3, 3), 1);
    NDArray output = forward(conv, point, false);
    float[] read = new float[9];
    for (int i = 0; i < 9; i++) {
      // The kernel's entry above and to the left reads what is below and to the right of it.
      read[i] = output.getFloat(0, 0, 5 - 2 * (i / 3), 5 - 2 * (i % 3));
    }
    assertThat(read).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(output.sum().getFloat()).isEqualTo(45);
  }

  @Test
  void batchNormNormalizesInTrainingAndRemembersForInference() {
    Block norm = Blocks.batchNorm(0.5);
    NDArray x = manager.create(new float[] {1, 3, 10, 14}, new Shape(2, 2, 1, 1));
    // Channel 0 has 1 and 10, channel 1 has 3 and 14; unbiased variances 40.5 and 60.5.
    float[] trained = forward(norm, x, true).toFloatArray();
    assertThat(trained[0]).isCloseTo((float) (-4.5 / Math.sqrt(20.25 + 1e-3)), within(1e-5f));
    assertThat(norm.getParameters().get("mean").getArray().toFloatArray())
        .containsExactly(2.75f, 4.25f);
    assertThat(norm.getParameters().get("variance").getArray().toFloatArray())
        .containsExactly(new float[] {20.75f, 30.75f}, within(1e-5f));
    float[] inferred = forward(norm, x, false).toFloatArray();
    assertThat(inferred[0])
        .isCloseTo((float) ((1 - 2.75) / Math.sqrt(20.75 + 1e-3)), within(1e-5f));
  }

  @Test
  void dropoutIsOffOutsideOfTrainingAndKeepsTheMeanInIt() {
    NDArray ones = manager.ones(new Shape(1, 1, 100, 100));
    assertThat(forward(Blocks.dropout(0.4), ones, false)).isEqualTo(ones);
    Engine.getInstance().setRandomSeed(3);
    NDArray dropped = forward(Blocks.dropout(0.4), ones, true);
    assertThat(dropped.max().getFloat()).isCloseTo(1 / 0.6f, within(1e-6f));
    assertThat(dropped.eq(0).sum().getLong()).isBetween(3800L, 4200L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "taken"})
  void namesThatAreNoPartOfAPathAreRefused(String name) {
    NamedSequence sequence = new NamedSequence().add("taken", Activation.relu().block());
    assertThatThrownBy(() -> sequence.add(name, Activation.relu().block()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void optionsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> Conv2d.builder(2, 1).build())
        .hasMessage("size is 2, must be odd for padding that keeps height and width");
    assertThatThrownBy(() -> Conv2d.builder(3, 0)).hasMessage("filters is 0, must be at least 1");
    assertThatThrownBy(() -> Blocks.dropout(1)).hasMessage("rate is 1.0, must be in [0, 1)");
    assertThatThrownBy(() -> Blocks.batchNorm(1)).hasMessage("momentum is 1.0, must be in [0, 1)");
    assertThatThrownBy(() -> Blocks.maxPool(3, 2, 2)).hasMessage("padding is 2, must be in [0, 1]");
    assertThatThrownBy(
            () ->
                Conv2d.builder(5, 1)
                    .valid()
                    .build()
                    .initialize(manager, DataType.FLOAT32, new Shape(1, 1, 4, 9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("height is 4, must be at least 5 for a kernel of size 5");
  }

  private NDArray forward(Block block, NDArray x, boolean training) {
    block.initialize(manager, x.getDataType(), x.getShape());
    return block
        .forward(new ParameterStore(manager, false), new NDList(x), training)
        .singletonOrThrow();
  }
}

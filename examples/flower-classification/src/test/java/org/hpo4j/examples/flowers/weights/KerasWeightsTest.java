package org.hpo4j.examples.flowers.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasWeightsTest {
  private Path folder;

  @BeforeEach
  void use(@TempDir Path temporary) {
    folder = temporary;
  }

  @Test
  void aLayerOfTheVggFileIsRead() throws IOException {
    try (KerasWeights weights = KerasWeights.open(vgg(3, 2))) {
      float[] kernel = weights.values("block1_conv1/kernel", 3, 3, 3, 2);
      assertThat(kernel).hasSize(54);
      // Row-major: height, width, inputs, outputs.
      assertThat(kernel[((1 * 3 + 2) * 3 + 1) * 2 + 1]).isEqualTo(1211);
      assertThat(weights.values("block1_conv1/bias", 2)).containsExactly(0.5f, 1.5f);
    }
  }

  @Test
  void aLayersNameMayHaveSeveralParts() throws IOException {
    Path path = folder.resolve("squeezenet.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      WritableGroup layer = file.putGroup("fire2").putGroup("squeeze1x1");
      layer.putDataset("uniform2", kernel(1, 4, 2));
      layer.putGroup("fire2").putDataset("squeeze1x1_b", new float[] {7, 8});
    }
    try (KerasWeights weights = KerasWeights.open(path)) {
      assertThat(weights.values("fire2/squeeze1x1/kernel", 1, 1, 4, 2)).hasSize(8);
      assertThat(weights.values("fire2/squeeze1x1/bias", 2)).containsExactly(7, 8);
    }
  }

  @Test
  void aWholeModelsWeightsAreFound() throws IOException {
    Path path = folder.resolve("model.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      WritableGroup layer = file.putGroup("model_weights").putGroup("conv");
      layer.putDataset("kernel:0", kernel(3, 3, 2));
      layer.putDataset("bias:0", new float[2]);
    }
    try (KerasWeights weights = KerasWeights.open(path)) {
      assertThat(weights.values("conv/kernel", 3, 3, 3, 2)).hasSize(54);
    }
  }

  @Test
  void anotherShapeIsRefusedWithBoth() throws IOException {
    Path path = vgg(3, 2);
    try (KerasWeights weights = KerasWeights.open(path)) {
      assertThatThrownBy(() -> weights.values("block1_conv1/kernel", 3, 3, 3, 64))
          .isInstanceOf(WeightsException.class)
          .hasMessageStartingWith("layer 'block1_conv1' of weights '" + path + "' has arrays of")
          .hasMessageContaining("[3, 3, 3, 2]")
          .hasMessageEndingWith("must have one of [3, 3, 3, 64]");
    }
  }

  @Test
  void anotherNetworksFileIsRefusedWithItsLayers() throws IOException {
    try (KerasWeights weights = KerasWeights.open(vgg(3, 2))) {
      assertThatThrownBy(() -> weights.values("fire2/squeeze1x1/kernel", 1, 1, 64, 16))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("no layer 'fire2/squeeze1x1'")
          .hasMessageContaining("[block1_conv1]");
    }
  }

  @Test
  void doublesAreRefused() throws IOException {
    Path path = folder.resolve("doubles.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      WritableGroup layer = file.putGroup("conv");
      layer.putDataset("kernel", new double[1][1][1][2]);
      layer.putDataset("bias", new double[2]);
    }
    try (KerasWeights weights = KerasWeights.open(path)) {
      assertThatThrownBy(() -> weights.values("conv/kernel", 1, 1, 1, 2))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("is of double, must be of 32-bit floats");
    }
  }

  @Test
  void aFileThatIsNotHdf5IsRefused() throws IOException {
    Path path = Files.writeString(folder.resolve("page.h5"), "<html>404</html>".repeat(100));
    assertThatThrownBy(() -> KerasWeights.open(path))
        .isInstanceOf(WeightsException.class)
        .hasMessageStartingWith("weights '" + path + "' can't be read as HDF5")
        .hasMessageContaining("1600 bytes");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    Path path = Files.createFile(folder.resolve("empty.h5"));
    assertThatThrownBy(() -> KerasWeights.open(path)).isInstanceOf(WeightsException.class);
  }

  @Test
  void aMissingFileIsNamed() {
    Path path = folder.resolve("nowhere.h5");
    assertThatThrownBy(() -> KerasWeights.open(path))
        .isInstanceOf(WeightsException.class)
        .hasMessage("weights '" + path + "' are not a file");
  }

  @Test
  void aFileTruncatedAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(vgg(3, 2));
    Path path = folder.resolve("truncated.h5");
    for (int tenths = 1; tenths < 10; tenths++) {
      Files.write(path, Arrays.copyOf(whole, whole.length * tenths / 10));
      assertThatThrownBy(() -> read(path))
          .as("%d tenths", tenths)
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("'" + path + "'");
    }
  }

  @Test
  void theRealSqueezeNetCutAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(squeezeNet());
    Path path = folder.resolve("truncated.h5");
    for (int percent = 5; percent < 100; percent += 10) {
      Files.write(path, Arrays.copyOf(whole, (int) (whole.length * (long) percent / 100)));
      assertThatThrownBy(() -> readSqueezeNet(path))
          .as("%d percent", percent)
          .isInstanceOf(WeightsException.class);
    }
  }

  @Test
  void theRealSqueezeNetIsReadAsItsOffsetsSay() throws IOException {
    Path path = squeezeNet();
    byte[] bytes = Files.readAllBytes(path);
    try (KerasWeights weights = KerasWeights.open(path)) {
      assertThat(weights.values("conv1/kernel", 3, 3, 3, 64)[0]).isEqualTo(floatAt(bytes, 4832));
      assertThat(weights.values("fire9/expand3x3/kernel", 3, 3, 64, 256)[9])
          .isEqualTo(floatAt(bytes, 2409312 + 36));
    }
  }

  private static Path squeezeNet() {
    Optional<String> file = Optional.ofNullable(System.getenv("HPO4J_SQUEEZENET"));
    assumeTrue(file.isPresent(), "HPO4J_SQUEEZENET names no file with SqueezeNet's weights");
    return Path.of(file.orElseThrow());
  }

  private static float floatAt(byte[] bytes, int offset) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(offset);
  }

  private static void read(Path path) throws IOException {
    try (KerasWeights weights = KerasWeights.open(path)) {
      weights.values("block1_conv1/kernel", 3, 3, 3, 2);
      weights.values("block1_conv1/bias", 2);
    }
  }

  private static void readSqueezeNet(Path path) throws IOException {
    try (KerasWeights weights = KerasWeights.open(path)) {
      weights.values("conv1/kernel", 3, 3, 3, 64);
      weights.values("fire9/expand3x3/kernel", 3, 3, 64, 256);
    }
  }

  /** Writes a file in the layout of Keras' VGG-16, one layer long. */
  private Path vgg(int size, int outputs) {
    Path path = folder.resolve("vgg.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      WritableGroup layer = file.putGroup("block1_conv1");
      layer.putDataset("block1_conv1_W_1:0", kernel(size, 3, outputs));
      float[] bias = new float[outputs];
      for (int i = 0; i < outputs; i++) {
        bias[i] = i + 0.5f;
      }
      layer.putDataset("block1_conv1_b_1:0", bias);
    }
    return path;
  }

  /** Each value tells its own place, by digits. */
  private static float[][][][] kernel(int size, int inputs, int outputs) {
    float[][][][] values = new float[size][size][inputs][outputs];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        for (int in = 0; in < inputs; in++) {
          for (int out = 0; out < outputs; out++) {
            values[y][x][in][out] = 1000 * y + 100 * x + 10 * in + out;
          }
        }
      }
    }
    return values;
  }
}

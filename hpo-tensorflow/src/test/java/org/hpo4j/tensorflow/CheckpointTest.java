package org.hpo4j.tensorflow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.hpo4j.tensorflow.layers.Initializer;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Variables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Weights that don't fit are refused in words, with their path. */
class CheckpointTest {
  private Path prefix = Path.of("");
  private List<Path> files = List.of();

  @BeforeEach
  void save(@TempDir Path folder) throws IOException {
    prefix = folder.resolve("weights");
    try (NetworkSession<TInt32> session = open(Points::line)) {
      files = session.save(prefix);
    }
  }

  private static NetworkSession<TInt32> open(Function<Variables, Layer> layers) throws IOException {
    return NetworkSession.open(
        Points.network(layers),
        Points.batches(1, 1).load(0, 0),
        name -> new SplittableRandom(1),
        DeviceOptions.cpu());
  }

  @Test
  void ofOtherVariables() throws IOException {
    assertRefused(variables -> dense(variables, "other/weights", Shape.of(2, 2)));
  }

  @Test
  void ofOtherShapes() throws IOException {
    assertRefused(variables -> dense(variables, "line/weights", Shape.of(2, 3)));
  }

  private static Layer dense(Variables variables, String name, Shape shape) {
    Operand<TFloat32> weights = variables.trainable(name, shape, Initializer.glorotUniform(2, 2));
    return (tower, input) -> tower.tf().linalg.matMul(input, weights);
  }

  @Test
  void cutOff() throws IOException {
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      assertRefused(Points::line);
      Files.write(file, bytes);
    }
  }

  @Test
  void garbled() throws IOException {
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      byte[] garbled = bytes.clone();
      garbled[0] ^= 0x55;
      Files.write(file, garbled);
      assertRefused(Points::line);
      Files.write(file, bytes);
    }
  }

  private void assertRefused(Function<Variables, Layer> layers) throws IOException {
    try (NetworkSession<TInt32> session = open(layers)) {
      assertThatThrownBy(() -> session.restore(prefix))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + prefix + "' can't be used")
          .hasMessageContaining("same variables and shapes");
    }
  }
}

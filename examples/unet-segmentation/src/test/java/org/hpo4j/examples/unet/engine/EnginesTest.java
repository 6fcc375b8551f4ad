package org.hpo4j.examples.unet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.hpo4j.examples.unet.data.CropSource;
import org.hpo4j.examples.unet.data.GeneratedTiles;
import org.hpo4j.examples.unet.data.TileBatches;
import org.hpo4j.examples.unet.data.TileSplit;
import org.hpo4j.examples.unet.model.NetworkFile;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.tensorflow.DeviceOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnginesTest {
  private static final TileSplit TILES = GeneratedTiles.of(3, 32, 4, 2);
  private static final UNet UNET = new UNet(16, 6, 0.9);

  static Stream<Engine> engines() {
    return Stream.of(new TensorFlowEngine(DeviceOptions.cpu()), new DjlEngine(OptionalInt.empty()));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void trainingLowersTheLossAndWeightsComeBack(Engine engine, @TempDir Path folder)
      throws IOException {
    CropSource training = TileBatches.training(TILES.train(), 32, 4, 8, 1);
    CropSource validation = TileBatches.evaluation(TILES.validation(), UNet.SIZE_MULTIPLE);
    Path weights = folder.resolve("weights");
    double trained;
    try (TrainedUNet network = engine.open(UNET, 7)) {
      double untrained = network.loss(validation);
      List<Double> losses = new ArrayList<>();
      network.train(training, validation, new Schedule(4e-3, 3), (epoch, loss) -> losses.add(loss));
      trained = network.loss(validation);
      assertThat(losses).hasSize(3);
      assertThat(losses.get(2)).isEqualTo(trained, within(1e-5)).isLessThan(untrained);
      network.save(weights);
    }
    assertThat(engine.hasWeights(weights)).isTrue();
    try (TrainedUNet network = engine.open(UNET, 8)) {
      network.restore(weights);
      assertThat(network.loss(validation)).isEqualTo(trained, within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void anExportedModelPredictsTheSame(Engine engine, @TempDir Path folder) throws IOException {
    float[] colours = new float[32 * 48 * 3];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = i % 7 / 3.5f - 1;
    }
    float[] expected;
    try (TrainedUNet network = engine.open(UNET, 7)) {
      // Running averages of its own, which a model that lost them would not have.
      network.train(
          TileBatches.training(TILES.train(), 32, 4, 4, 1),
          TileBatches.evaluation(TILES.validation(), UNet.SIZE_MULTIPLE),
          new Schedule(4e-3, 1),
          (epoch, loss) -> {});
      expected = network.logits(colours, 32, 48);
      network.export(folder);
    }
    try (UNetModel model = engine.load(folder)) {
      assertThat(model.logits(colours, 32, 48)).containsExactly(expected, within(1e-5f));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aFolderWithoutModelIsNamed(Engine engine, @TempDir Path folder) {
    assertThatThrownBy(() -> engine.load(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + folder + "'");
  }

  @Test
  void aDescriptionThatIsNoneIsNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve(NetworkFile.NAME);
    Files.writeString(file, "{\"scale\": 4}");
    assertThatThrownBy(() -> new DjlEngine(OptionalInt.empty()).load(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("network.json", "head_channels", "{\"scale\": 4}");
    NetworkFile.write(UNET, file);
    assertThat(NetworkFile.read(file)).isEqualTo(UNET);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theLastTwoKernelsHaveTheSizesOfTheNetwork(Engine engine) throws IOException {
    try (TrainedUNet network = engine.open(UNET, 7)) {
      assertThat(network.weights(UNet.LAST_KERNEL)).hasSize(2 * 2 * 6);
      assertThat(network.weights(UNet.PENULTIMATE_KERNEL)).hasSize(2 * 2 * 4 * 2 * 2);
    }
  }
}

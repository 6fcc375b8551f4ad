package org.hpo4j.djl.vision;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ResNet-34 as in table 1 of He et al., "Deep residual learning", CVPR 2016. */
class ResNet34Test {
  private static final Shape INPUT = new Shape(1, 3, 224, 224);

  private static final NDManager MANAGER = NDManager.newBaseManager();
  private static final Block NETWORK = ResNet34.withClasses(1000);

  @BeforeAll
  static void initialize() {
    NETWORK.initialize(MANAGER, DataType.FLOAT32, INPUT);
  }

  @AfterAll
  static void close() {
    MANAGER.close();
  }

  @Test
  void layersHaveTheSizesOfTheTable() {
    List<String> sizes = new ArrayList<>();
    Shape[] shapes = {INPUT};
    for (Pair<String, Block> layer : NETWORK.getChildren()) {
      shapes = layer.getValue().getOutputShapes(shapes);
      sizes.add(layer.getKey() + " " + shapes[0].slice(1));
    }
    assertThat(sizes)
        .containsExactly(
            "stem (64, 112, 112)",
            "stage0 (64, 56, 56)",
            "stage1 (128, 28, 28)",
            "stage2 (256, 14, 14)",
            "stage3 (512, 7, 7)",
            "pool (512)",
            "head (1000)");
  }

  @ParameterizedTest
  @CsvSource({"0, 3, 64", "1, 4, 128", "2, 6, 256", "3, 3, 512"})
  void stagesHaveTheBlocksOfTheTable(int stage, int blocks, int channels) {
    List<String> kernels =
        NETWORK.getParameters().stream()
            .filter(p -> p.getKey().matches("stage" + stage + "/block\\d+/conv\\d/kernel"))
            .map(
                p ->
                    p.getKey()
                        + " "
                        + p.getValue().getShape().get(0)
                        + "x"
                        + p.getValue().getShape().slice(2))
            .toList();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      for (int j = 0; j < 2; j++) {
        expected.add(
            "stage" + stage + "/block" + i + "/conv" + j + "/kernel " + channels + "x(3, 3)");
      }
    }
    assertThat(kernels).isEqualTo(expected);
  }

  @Test
  void thirtyFourLayersHaveWeights() {
    assertThat(
            NETWORK.getParameters().keys().stream()
                .filter(name -> name.endsWith("/kernel") && !name.contains("shortcut")))
        .hasSize(34);
  }

  @Test
  void shortcutsAreProjectedWhereChannelsChange() {
    assertThat(
            NETWORK.getParameters().keys().stream()
                .filter(name -> name.endsWith("shortcut/kernel")))
        .containsExactly(
            "stage1/block0/shortcut/kernel",
            "stage2/block0/shortcut/kernel",
            "stage3/block0/shortcut/kernel");
  }

  @Test
  void parametersAreAsManyAsTheNetworkIsKnownFor() {
    assertThat(Parameters.count(NETWORK)).isEqualTo(21_797_672);
  }

  @Test
  void sumsAddNothingToASavedNetwork() throws IOException {
    Block block = NETWORK.getChildren().get("stage0").getChildren().get("block0");
    Block sum = block.getChildren().get("sum");
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    sum.saveParameters(new DataOutputStream(saved));
    assertThat(sum.getParameters()).isEmpty();
    assertThat(saved.size()).isZero();
  }

  @Test
  void aSavedNetworkGivesTheSameWhenItIsLoaded() throws IOException, MalformedModelException {
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    NETWORK.saveParameters(new DataOutputStream(saved));
    Block loaded = ResNet34.withClasses(1000);
    loaded.loadParameters(
        MANAGER, new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
    NDList images = new NDList(MANAGER.randomUniform(0, 1, new Shape(1, 3, 64, 64)));
    ParameterStore store = new ParameterStore(MANAGER, false);
    assertThat(loaded.forward(store, images, false).singletonOrThrow().toFloatArray())
        .isEqualTo(NETWORK.forward(store, images, false).singletonOrThrow().toFloatArray());
  }

  @Test
  void theOutputIsALogitForEachClass() {
    NDList output =
        NETWORK.forward(
            new ParameterStore(MANAGER, false),
            new NDList(MANAGER.ones(new Shape(2, 3, 64, 64))),
            false);
    assertThat(output.singletonOrThrow().getShape()).isEqualTo(new Shape(2, 1000));
  }
}

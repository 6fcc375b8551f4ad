package org.hpo4j.djl.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hpo4j.djl.block.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UNetTest {

  @Test
  void parametersAreNamedByTheirPlace() {
    UNet unet = UNet.builder(3, 2).startFilters(4).depth(1).activation(Activation.prelu()).build();
    assertThat(unet.getParameters().keys())
        .containsExactly(
            "down0/conv0/kernel",
            "down0/conv0/bias",
            "down0/norm0/scale",
            "down0/norm0/offset",
            "down0/norm0/mean",
            "down0/norm0/variance",
            "down0/activation0/slope",
            "down0/conv1/kernel",
            "down0/conv1/bias",
            "down0/norm1/scale",
            "down0/norm1/offset",
            "down0/norm1/mean",
            "down0/norm1/variance",
            "down0/activation1/slope",
            "bottom/conv0/kernel",
            "bottom/conv0/bias",
            "bottom/norm0/scale",
            "bottom/norm0/offset",
            "bottom/norm0/mean",
            "bottom/norm0/variance",
            "bottom/activation0/slope",
            "bottom/conv1/kernel",
            "bottom/conv1/bias",
            "bottom/norm1/scale",
            "bottom/norm1/offset",
            "bottom/norm1/mean",
            "bottom/norm1/variance",
            "bottom/activation1/slope",
            "up0/transposed/kernel",
            "up0/transposed/bias",
            "up0/conv0/kernel",
            "up0/conv0/bias",
            "up0/norm0/scale",
            "up0/norm0/offset",
            "up0/norm0/mean",
            "up0/norm0/variance",
            "up0/activation0/slope",
            "up0/conv1/kernel",
            "up0/conv1/bias",
            "up0/norm1/scale",
            "up0/norm1/offset",
            "up0/norm1/mean",
            "up0/norm1/variance",
            "up0/activation1/slope",
            "head/kernel",
            "head/bias");
  }

  @Test
  void optionsDoNotRenameWhatFollowsThem() {
    List<String> bare =
        UNet.builder(1, 1)
            .depth(2)
            .batchNorm(UNet.BatchNormPlace.NONE)
            .build()
            .getParameters()
            .keys();
    List<String> all =
        UNet.builder(1, 1)
            .depth(2)
            .batchNorm(UNet.BatchNormPlace.AFTER)
            .dropout(0.5)
            .activation(Activation.sharedPrelu())
            .build()
            .getParameters()
            .keys();
    assertThat(all).containsSubsequence(bare);
  }

  @Test
  void theArticlesNetworkHasItsParameters() {
    // Counted by hand: two 3x3 convolutions a block, 64 to 1024 filters, 2x2 up, 1x1 to 2 classes.
    long expected = 0;
    long inputs = 1;
    for (long filters = 64; filters <= 1024; filters *= 2) {
      expected += (9 * inputs + 1) * filters + (9 * filters + 1) * filters;
      inputs = filters;
    }
    for (long filters = 512; filters >= 64; filters /= 2) {
      expected += (4 * 2 * filters + 1) * filters;
      expected += (9 * 2 * filters + 1) * filters + (9 * filters + 1) * filters;
    }
    expected += (64 + 1) * 2;
    UNet unet =
        UNet.builder(1, 2).startFilters(64).depth(4).batchNorm(UNet.BatchNormPlace.NONE).build();
    try (NDManager manager = NDManager.newBaseManager()) {
      unet.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 16, 16));
      assertThat(Parameters.count(unet)).isEqualTo(expected).isEqualTo(31_030_658L);
    }
  }

  @ParameterizedTest
  @EnumSource(UNet.Encoder.class)
  void logitsHaveTheSizeOfTheImageAndOneChannelForEachClass(UNet.Encoder encoder) {
    UNet unet = UNet.builder(3, 5).startFilters(2).encoder(encoder).build();
    Shape shape = new Shape(2, 3, 64, 96);
    try (NDManager manager = NDManager.newBaseManager()) {
      unet.initialize(manager, DataType.FLOAT32, shape);
      NDList output =
          unet.forward(new ParameterStore(manager, false), new NDList(manager.ones(shape)), false);
      assertThat(output.singletonOrThrow().getShape()).isEqualTo(new Shape(2, 5, 64, 96));
      assertThat(unet.getOutputShapes(new Shape[] {shape}))
          .containsExactly(new Shape(2, 5, 64, 96));
    }
  }

  @Test
  void theArticlesResNetIsTheWayDown() {
    UNet unet = UNet.builder(3, 1).startFilters(64).encoder(UNet.Encoder.RESNET34).build();
    assertThat(unet.getParameters().keys())
        .contains(
            "stem/conv0/kernel",
            "stage0/block2/conv1/kernel",
            "stage3/block0/shortcut/kernel",
            "stage3/block0/shortcut_norm/scale",
            "up4/transposed/kernel",
            "up0/conv1/bias",
            "head/bias")
        .doesNotContain("stage0/block0/shortcut/kernel", "stage0/block3/conv0/kernel");
  }

  @ParameterizedTest
  @CsvSource({"4, 48, 50, width is 50", "4, 40, 48, height is 40", "3, 0, 8, height is 0"})
  void sizesThatCannotBeHalvedAreRefused(int depth, int height, int width, String message) {
    UNet unet = UNet.builder(1, 1).startFilters(1).depth(depth).build();
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThatThrownBy(
              () -> unet.initialize(manager, DataType.FLOAT32, new Shape(1, 1, height, width)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "%s, must be a positive multiple of %d, since the network halves it %d times"
                  .formatted(message, 1 << depth, depth));
    }
  }

  @Test
  void greyImagesAreRefusedWhereColourIsExpected() {
    UNet unet = UNet.builder(3, 1).startFilters(1).depth(1).build();
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThatThrownBy(() -> unet.initialize(manager, DataType.FLOAT32, new Shape(2, 1, 8, 8)))
          .hasMessage("shape of the input is (2, 1, 8, 8), must be (batch, 3, height, width)");
    }
  }

  @Test
  void dilationsThatGridAreRefused() {
    assertThatThrownBy(() -> UNet.builder(1, 1).depth(2).dilations(1, 2, 2, 4, 1, 1).build())
        .hasMessage(
            "dilations are [1, 2, 2, 4, 1, 1], which grid: the two of a level must have no common"
                + " divisor above 1, those of level 1 have 2");
    assertThatThrownBy(() -> UNet.builder(1, 1).depth(2).dilations(2, 3, 1, 2, 3, 3).build())
        .hasMessageContaining("those of the bottom have 3");
    assertThatThrownBy(() -> UNet.builder(1, 1).depth(2).dilations(1, 2).build())
        .hasMessage("dilations are [1, 2], must be 6: two for each of 2 levels and the bottom");
    assertThatThrownBy(() -> UNet.builder(1, 1).depth(2).dilations(1, 0, 1, 1, 1, 1).build())
        .hasMessage("dilations are [1, 0, 1, 1, 1, 1], each must be at least 1");
    assertThatThrownBy(
            () ->
                UNet.builder(1, 1)
                    .encoder(UNet.Encoder.RESNET34)
                    .dilations(1, 1, 1, 1, 1, 2)
                    .build())
        .hasMessage("dilations are [1, 1, 1, 1, 1, 2], must be left out with the encoder RESNET34");
  }

  @Test
  void dilatedConvolutionsReachAsFarAsTheirRate() {
    UNet.Builder builder =
        UNet.builder(1, 1).startFilters(1).depth(1).batchNorm(UNet.BatchNormPlace.NONE);
    assertThat(reach(builder.build())).isLessThan(reach(builder.dilations(2, 3, 3, 4).build()));
  }

  @Test
  void aLevelsConvolutionsHaveARateEach() {
    UNet unet = UNet.builder(1, 1).startFilters(1).depth(1).dilations(1, 2, 4, 3).build();
    try (NDManager manager = NDManager.newBaseManager()) {
      unet.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 64, 64));
      assertThat(rate(unet, "down0", "conv0")).isEqualTo(1);
      assertThat(rate(unet, "down0", "conv1")).isEqualTo(2);
      assertThat(rate(unet, "bottom", "conv0")).isEqualTo(4);
      assertThat(rate(unet, "bottom", "conv1")).isEqualTo(3);
      assertThat(rate(unet, "up0", "conv1")).isEqualTo(1);
    }
  }

  /** Returns how many pixels to the right an image's middle changes a convolution's output. */
  private static int rate(UNet unet, String level, String convolution) {
    Block block = unet.getChildren().get(level).getChildren().get(convolution);
    int size = 33;
    int middle = size / 2;
    try (NDManager manager = NDManager.newBaseManager()) {
      var image = manager.zeros(new Shape(1, block.getInputShapes()[0].get(1), size, size));
      ParameterStore store = new ParameterStore(manager, false);
      var before = block.forward(store, new NDList(image), false).singletonOrThrow();
      image.set(new NDIndex(0, 0, middle, middle), 1);
      var after = block.forward(store, new NDList(image), false).singletonOrThrow();
      float[] row = after.sub(before).get(0, 0, middle).toFloatArray();
      return IntStream.range(0, size).filter(x -> row[x] != 0).max().orElseThrow() - middle;
    }
  }

  /** Returns how many pixels of the output change with the middle one of the input. */
  private static long reach(UNet unet) {
    Shape shape = new Shape(1, 1, 64, 64);
    try (NDManager manager = NDManager.newBaseManager()) {
      unet.initialize(manager, DataType.FLOAT32, shape);
      // All sums of positive numbers, so nothing cancels.
      unet.getParameters().values().forEach(p -> p.getArray().set(ones(p.getShape())));
      var image = manager.zeros(shape);
      ParameterStore store = new ParameterStore(manager, false);
      var before = unet.forward(store, new NDList(image), false).singletonOrThrow();
      image.set(new NDIndex(0, 0, 32, 32), 1);
      var after = unet.forward(store, new NDList(image), false).singletonOrThrow();
      return after.neq(before).sum().getLong();
    }
  }

  private static float[] ones(Shape shape) {
    float[] ones = new float[Math.toIntExact(shape.size())];
    Arrays.fill(ones, 0.1f);
    return ones;
  }

  @Test
  void optionsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> UNet.builder(0, 1))
        .hasMessage("inputChannels is 0, must be at least 1");
    assertThatThrownBy(() -> UNet.builder(1, 0)).hasMessage("classes is 0, must be at least 1");
    assertThatThrownBy(() -> UNet.builder(1, 1).depth(9))
        .hasMessage("depth is 9, must be in [1, 8]");
    assertThatThrownBy(() -> UNet.builder(1, 1).startFilters(0))
        .hasMessage("startFilters is 0, must be in [1, 1024]");
    assertThatThrownBy(() -> UNet.builder(1, 1).dropout(1))
        .hasMessage("dropout is 1.0, must be in [0, 1)");
    assertThatThrownBy(() -> UNet.builder(1, 1).depth(4).encoder(UNet.Encoder.RESNET34).build())
        .hasMessage("depth is 4, must be 5 with the encoder RESNET34");
  }
}

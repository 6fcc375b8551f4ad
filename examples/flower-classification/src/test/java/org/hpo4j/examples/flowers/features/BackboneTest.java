package org.hpo4j.examples.flowers.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackboneTest {
  private static final int CROP = 48;

  @Test
  void weightsOfSqueezeNetComeFromTheFile(@TempDir Path folder) throws IOException {
    Path file = SqueezeNetFile.write(folder.resolve("squeezenet.h5"), 2, 64);
    float[] first = features(Backbone.SQUEEZENET, Optional.of(file), 1);
    assertThat(features(Backbone.SQUEEZENET, Optional.of(file), 2)).isEqualTo(first);
    assertThat(features(Backbone.SQUEEZENET, Optional.empty(), 1)).isNotEqualTo(first);
  }

  @Test
  void weightsStayAsTheyAreWhenMemoryIsCollected(@TempDir Path folder) throws IOException {
    Path file = SqueezeNetFile.write(folder.resolve("squeezenet.h5"), 2, 64);
    List<float[]> image = List.of(image());
    try (Extractor extractor = Backbone.SQUEEZENET.open(Optional.of(file), 1, CROP, Device.cpu())) {
      float[] before = extractor.extract(image).get(0);
      assertThat(before).doesNotContain(Float.NaN);
      // What the engine shares with a Java buffer would be freed with it, and soon used anew.
      for (int i = 0; i < 20; i++) {
        System.gc();
        ByteBuffer.allocateDirect(1 << 20).putFloat(0, Float.NaN);
      }
      assertThat(extractor.extract(image).get(0)).isEqualTo(before);
    }
  }

  @Test
  void randomWeightsFollowTheSeed() throws IOException {
    float[] first = features(Backbone.SQUEEZENET, Optional.empty(), 1);
    assertThat(features(Backbone.SQUEEZENET, Optional.empty(), 1)).isEqualTo(first);
    assertThat(features(Backbone.SQUEEZENET, Optional.empty(), 2)).isNotEqualTo(first);
  }

  @Test
  void weightsOfAnotherNetworkAreRefused(@TempDir Path folder) throws IOException {
    Path file = SqueezeNetFile.write(folder.resolve("squeezenet.h5"), 2, 64);
    assertThatThrownBy(() -> features(Backbone.VGG16, Optional.of(file), 1))
        .hasMessageContaining("no layer 'block1_conv1'")
        .hasMessageContaining("another network");
  }

  @Test
  void weightsOfAnotherShapeAreRefused(@TempDir Path folder) throws IOException {
    Path file = SqueezeNetFile.write(folder.resolve("squeezenet.h5"), 2, 32);
    assertThatThrownBy(() -> features(Backbone.SQUEEZENET, Optional.of(file), 1))
        .hasMessageContaining("layer 'conv1'")
        .hasMessageContaining("[3, 3, 3, 32]")
        .hasMessageContaining("must have one of [3, 3, 3, 64]");
  }

  @Test
  void resNetHas512Features() throws IOException {
    assertThat(features(Backbone.RESNET34, Optional.empty(), 1)).hasSize(512);
  }

  @Test
  void withoutANetworkFeaturesAreMeansOfBlocks() throws IOException {
    float[] image = new float[3 * CROP * CROP];
    // The first block of 3x3 pixels of the second colour.
    for (int y = 0; y < 3; y++) {
      Arrays.fill(image, CROP * CROP + y * CROP, CROP * CROP + y * CROP + 3, 5f);
    }
    try (Extractor extractor = Backbone.NONE.open(Optional.empty(), 1, CROP, Device.cpu())) {
      float[] row = extractor.extract(List.of(image)).get(0);
      float[] expected = new float[3 * 16 * 16];
      expected[16 * 16] = 5;
      assertThat(row).containsExactly(expected);
    }
  }

  @Test
  void aCropThatANetworkCannotHalveIsRefused() {
    assertThatThrownBy(() -> Backbone.VGG16.requireCrop(16))
        .hasMessage("crop is 16 pixels, must be at least 32 for backbone vgg16");
  }

  private static float[] features(Backbone backbone, Optional<Path> weights, long seed)
      throws IOException {
    try (Extractor extractor = backbone.open(weights, seed, CROP, Device.cpu())) {
      return extractor.extract(List.of(image())).get(0);
    }
  }

  private static float[] image() {
    float[] image = new float[3 * CROP * CROP];
    Random random = new Random(1);
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }
    return image;
  }
}

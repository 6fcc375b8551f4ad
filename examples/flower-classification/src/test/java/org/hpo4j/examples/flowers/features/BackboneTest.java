package org.hpo4j.examples.flowers.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hpo4j.djl.DjlModel;
import org.hpo4j.math.KeyedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackboneTest {
  private static final int CROP = 48;

  @Test
  void weightsOfSqueezeNetComeFromTheFile(@TempDir Path folder) throws IOException {
    Path file = squeezeNet(folder.resolve("squeezenet.h5"), 64);
    float[] first = features(Backbone.SQUEEZENET, Optional.of(file), 1);
    assertThat(features(Backbone.SQUEEZENET, Optional.of(file), 2)).isEqualTo(first);
    assertThat(features(Backbone.SQUEEZENET, Optional.empty(), 1)).isNotEqualTo(first);
  }

  @Test
  void weightsStayAsTheyAreWhenMemoryIsCollected(@TempDir Path folder) throws IOException {
    Path file = squeezeNet(folder.resolve("squeezenet.h5"), 64);
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
    Path file = squeezeNet(folder.resolve("squeezenet.h5"), 64);
    assertThatThrownBy(() -> features(Backbone.VGG16, Optional.of(file), 1))
        .hasMessageContaining("no layer 'block1_conv1'")
        .hasMessageContaining("another network");
  }

  @Test
  void weightsOfAnotherShapeAreRefused(@TempDir Path folder) throws IOException {
    Path file = squeezeNet(folder.resolve("squeezenet.h5"), 32);
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

  /** Writes a file in the layout of SqueezeNet's, {@code conv1} with as many filters as wanted. */
  private static Path squeezeNet(Path file, int filters) {
    Random random = new Random(2);
    Map<String, WritableGroup> groups = new HashMap<>();
    try (WritableHdfFile out = HdfFile.write(file);
        DjlModel model =
            DjlModel.open(
                Backbone.SQUEEZENET.network().orElseThrow(),
                name -> KeyedRandom.of(1, 0, name)::nextLong,
                Device.cpu(),
                new Shape(1, 3, CROP, CROP))) {
      for (Pair<String, Parameter> parameter : model.block().getParameters()) {
        String name = parameter.getKey();
        String[] parts = name.split("/", -1);
        Shape shape = parameter.getValue().getShape();
        int outputs = name.startsWith("conv1") ? filters : (int) shape.get(0);
        WritableGroup group = groups.computeIfAbsent(parts[0], out::putGroup);
        if (parts.length == 3) {
          group =
              groups.computeIfAbsent(
                  parts[0] + "/" + parts[1], key -> groupIn(groups, parts[0], parts[1]));
        }
        if (shape.dimension() == 1) {
          group.putDataset("b", new float[outputs]);
        } else {
          group.putDataset(
              "uniform", kernel((int) shape.get(2), (int) shape.get(1), outputs, random));
        }
      }
    }
    return file;
  }

  private static WritableGroup groupIn(
      Map<String, WritableGroup> groups, String parent, String name) {
    WritableGroup group = groups.get(parent);
    if (group == null) {
      throw new IllegalStateException("no group " + parent);
    }
    return group.putGroup(name);
  }

  private static float[][][][] kernel(int size, int inputs, int outputs, Random random) {
    float[][][][] kernel = new float[size][size][inputs][outputs];
    for (float[][][] rows : kernel) {
      for (float[][] place : rows) {
        for (float[] row : place) {
          for (int i = 0; i < outputs; i++) {
            row[i] = (float) random.nextGaussian() / size / (float) Math.sqrt(inputs);
          }
        }
      }
    }
    return kernel;
  }
}

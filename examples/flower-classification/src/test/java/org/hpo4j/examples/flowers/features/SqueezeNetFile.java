package org.hpo4j.examples.flowers.features;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.hpo4j.djl.DjlModel;
import org.hpo4j.math.KeyedRandom;

/** Weights of SqueezeNet for tests: random, in a file as Keras writes it. */
public final class SqueezeNetFile {
  private SqueezeNetFile() {}

  /**
   * Writes a file in the layout of SqueezeNet's, {@code conv1} with as many filters as wanted: the
   * real one's are 64.
   */
  public static Path write(Path file, long seed, int filters) {
    Random random = new Random(seed);
    Map<String, WritableGroup> groups = new HashMap<>();
    try (WritableHdfFile out = HdfFile.write(file);
        DjlModel model =
            DjlModel.open(
                Backbone.SQUEEZENET.network().orElseThrow(),
                name -> KeyedRandom.of(1, 0, name)::nextLong,
                Device.cpu(),
                new Shape(1, 3, 48, 48))) {
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

package org.hpo4j.examples.flowers.weights;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An HDF5 file of weights as Keras saves them: a group for each layer, in it, at whatever depth, a
 * kernel and a bias. The names below a layer's differ from file to file and are not looked at.
 */
public final class KerasWeights implements AutoCloseable {
  private static final String MODEL_WEIGHTS = "model_weights";

  private final Path path;
  private final HdfFile file;
  private final Group layers;

  private KerasWeights(Path path, HdfFile file) {
    this.path = path;
    this.file = file;
    // Where Keras saved a whole model, its weights are one level down.
    layers = file.getChildren().get(MODEL_WEIGHTS) instanceof Group inner ? inner : file;
  }

  /**
   * Opens a file.
   *
   * @throws WeightsException if it isn't there, or no whole HDF5 file
   */
  public static KerasWeights open(Path path) throws WeightsException {
    if (!Files.isRegularFile(path)) {
      throw new WeightsException("weights '" + path + "' are not a file");
    }
    try {
      HdfFile file = new HdfFile(path);
      try {
        requireWhole(path, file);
        return new KerasWeights(path, file);
      } catch (WeightsException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (RuntimeException e) {
      throw unreadable(path, e);
    }
  }

  /** What is missing may be padding or an array; the file's first bytes tell its length. */
  private static void requireWhole(Path path, HdfFile file) throws WeightsException {
    long length = file.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
    if (path.toFile().length() < length) {
      throw new WeightsException(
          "weights '%s' are truncated: the file has %d of %d bytes"
              .formatted(path, path.toFile().length(), length));
    }
  }

  /**
   * Reads one parameter of a layer: its only array of as many dimensions.
   *
   * @param name the layer's name and what the network calls the parameter, such as {@code
   *     block1_conv1/kernel} or {@code fire2/squeeze1x1/bias}
   * @param shape of a kernel: height, width, inputs, outputs; of a bias: outputs
   * @return the values in row-major order
   * @throws WeightsException if there is no such layer, or of another shape
   */
  public float[] values(String name, long... shape) throws WeightsException {
    String layer = name.substring(0, Math.max(0, name.lastIndexOf('/')));
    try {
      List<Dataset> arrays = new ArrayList<>();
      collect(layer(layer), arrays);
      return floats(only(arrays, layer, shape));
    } catch (RuntimeException e) {
      throw unreadable(path, e);
    }
  }

  private Group layer(String name) throws WeightsException {
    Group group = layers;
    for (String part : name.split("/", -1)) {
      if (!(group.getChildren().get(part) instanceof Group inner)) {
        throw new WeightsException(
            "weights '%s' have no layer '%s'; they are of another network: their layers are %s"
                .formatted(path, name, layers.getChildren().keySet()));
      }
      group = inner;
    }
    return group;
  }

  private static void collect(Group group, List<Dataset> arrays) {
    for (Node node : group.getChildren().values()) {
      if (node instanceof Dataset dataset) {
        arrays.add(dataset);
      } else if (node instanceof Group inner) {
        collect(inner, arrays);
      }
    }
  }

  /** Returns the one array of as many dimensions as wanted. */
  private Dataset only(List<Dataset> arrays, String layer, long[] shape) throws WeightsException {
    List<Dataset> found =
        arrays.stream().filter(array -> array.getDimensions().length == shape.length).toList();
    if (found.size() != 1 || !Arrays.equals(found.get(0).getDimensionsAsLong(), shape)) {
      throw new WeightsException(
          "layer '%s' of weights '%s' has arrays of shapes %s, must have one of %s"
              .formatted(
                  layer,
                  path,
                  arrays.stream().map(array -> Arrays.toString(array.getDimensions())).toList(),
                  Arrays.toString(shape)));
    }
    return found.get(0);
  }

  private float[] floats(Dataset array) throws WeightsException {
    if (!(array.getDataFlat() instanceof float[] values)) {
      throw new WeightsException(
          "array '%s' of weights '%s' is of %s, must be of 32-bit floats"
              .formatted(array.getPath(), path, array.getJavaType().getSimpleName()));
    }
    return values;
  }

  /** The library reports damage by exceptions of many classes. */
  private static WeightsException unreadable(Path path, RuntimeException e) {
    long bytes = path.toFile().length();
    String reason =
        e instanceof HdfException ? e.getMessage() : e.getClass().getSimpleName() + " inside";
    return new WeightsException(
        "weights '%s' can't be read as HDF5 (%s); the file has %d bytes: is it whole?"
            .formatted(path, reason, bytes),
        e);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

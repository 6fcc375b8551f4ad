package org.hpo4j.examples.flowers.features;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.hpo4j.djl.ArrayData;
import org.hpo4j.djl.DjlModel;
import org.hpo4j.djl.block.Blocks;
import org.hpo4j.djl.block.NamedSequence;
import org.hpo4j.djl.vision.KernelLayout;
import org.hpo4j.djl.vision.WeightSource;
import org.hpo4j.math.KeyedRandom;

/** A network whose weights stay as they are; each channel's mean over the image is a feature. */
final class BlockExtractor implements Extractor {
  private static final String BASE = "base";

  private final DjlModel model;
  private final int crop;
  private final int size;

  /**
   * Takes a network, {@code [batch, 3, crop, crop]} to {@code [batch, size, height, width]}.
   *
   * @param seed decides on the weights that the network has not been given
   */
  BlockExtractor(Block network, long seed, int crop, int size, Device device) {
    this.crop = crop;
    this.size = size;
    model =
        DjlModel.open(
            averaged(network),
            name -> KeyedRandom.of(seed, 0, "backbone/" + name)::nextLong,
            device,
            new Shape(1, 3, crop, crop));
  }

  /** Gives the network its weights, under the names that they have in it. */
  void load(WeightSource source) throws IOException {
    for (String name : model.names()) {
      Shape shape = model.weights(name).shape();
      Shape foreign = KernelLayout.foreign(shape);
      float[] values = source.values(name.substring(BASE.length() + 1), foreign);
      model.setWeights(
          name, ArrayData.of(KernelLayout.fromForeign(values, foreign), shape.getShape()));
    }
  }

  /** Returns a network with the mean over height and width at its end. */
  static Block averaged(Block network) {
    return new NamedSequence().add(BASE, network).add("average", Blocks.globalAveragePool());
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<float[]> extract(List<float[]> images) {
    int pixels = 3 * crop * crop;
    float[] batch = new float[images.size() * pixels];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i), 0, batch, i * pixels, pixels);
    }
    float[] outputs = model.predict(ArrayData.of(batch, images.size(), 3, crop, crop)).floats();
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      rows.add(Arrays.copyOfRange(outputs, i * size, (i + 1) * size));
    }
    return rows;
  }

  @Override
  public void weights(BiConsumer<String, float[]> sink) {
    for (String name : model.names()) {
      sink.accept(name.substring(BASE.length() + 1), model.weights(name).floats());
    }
  }

  @Override
  public void close() {
    model.close();
  }
}

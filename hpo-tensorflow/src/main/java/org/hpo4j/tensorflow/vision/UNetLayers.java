package org.hpo4j.tensorflow.vision;

import java.util.ArrayList;
import java.util.List;
import org.hpo4j.tensorflow.layers.Conv2d;
import org.hpo4j.tensorflow.layers.Dropout;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Layers;
import org.hpo4j.tensorflow.layers.Tower;
import org.hpo4j.tensorflow.layers.TransposedConv2d;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A U-Net: an encoder, whose features are joined from the bottom up. */
final class UNetLayers implements Layer {

  /**
   * The way down.
   *
   * @param steps what leads from one level to the next, the first from the image to the top; each
   *     but the last has its output joined on the way up if it has the size of that level
   * @param filters channels of each step's output
   */
  record Way(List<Layer> steps, List<Integer> filters) {}

  private final SizeCheck check;
  private final List<Layer> down;
  private final List<Layer> transposed = new ArrayList<>();
  private final List<Layer> blocks = new ArrayList<>();
  private final Layer head;

  private UNetLayers(Variables variables, UNetOptions options) {
    Way way =
        switch (options.encoder()) {
          case PLAIN -> plain(variables, options);
          case RESNET34 -> ResNet34.way(variables, options);
        };
    check = new SizeCheck(1 << options.depth());
    down = way.steps();
    int inputs = way.filters().get(way.filters().size() - 1);
    for (int level = options.depth() - 1; level >= 0; level--) {
      // The ResNet has nothing at the size of the image, and so no skip there.
      int skip = way.filters().size() - 1 - (options.depth() - level);
      int skipped = skip < 0 ? 0 : way.filters().get(skip);
      int filters = skip < 0 ? options.startFilters() : skipped;
      transposed.add(TransposedConv2d.of(variables, "up" + level + "/transposed", inputs, filters));
      blocks.add(block(variables, options, "up" + level, filters + skipped, filters, 1, 1));
      inputs = filters;
    }
    head = Conv2d.of(variables, "head", 1, inputs, options.classes());
  }

  static Layer of(Variables variables, UNetOptions options) {
    return new UNetLayers(variables, options);
  }

  private static Way plain(Variables variables, UNetOptions options) {
    List<Layer> steps = new ArrayList<>();
    List<Integer> filters = new ArrayList<>();
    int inputs = options.inputChannels();
    for (int level = 0; level <= options.depth(); level++) {
      int outputs = Math.multiplyExact(options.startFilters(), 1 << level);
      String name = level == options.depth() ? "bottom" : "down" + level;
      int first = Dilations.of(options.dilations(), level, 0);
      int second = Dilations.of(options.dilations(), level, 1);
      Layer block = block(variables, options, name, inputs, outputs, first, second);
      steps.add(level == 0 ? block : Layers.maxPool2x2().then(block));
      filters.add(outputs);
      inputs = outputs;
    }
    return new Way(steps, filters);
  }

  private static Layer block(
      Variables variables,
      UNetOptions options,
      String name,
      int inputs,
      int filters,
      int... dilations) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < dilations.length; i++) {
      Layer convolution =
          Conv2d.of(variables, name + "/conv" + i, 3, i == 0 ? inputs : filters, filters)
              .withDilation(dilations[i]);
      layers.add(options.activated(variables, name, i, convolution, filters));
    }
    layers.add(new Dropout(name + "/dropout", options.dropout()));
    return Layer.sequence(layers);
  }

  @Override
  public Operand<TFloat32> apply(Tower tower, Operand<TFloat32> image) {
    List<Operand<TFloat32>> features = new ArrayList<>();
    Operand<TFloat32> x = check.apply(tower, image);
    for (Layer step : down) {
      x = step.apply(tower, x);
      features.add(x);
    }
    for (int i = 0; i < blocks.size(); i++) {
      int skip = features.size() - 2 - i;
      Operand<TFloat32> larger = transposed.get(i).apply(tower, x);
      x =
          blocks
              .get(i)
              .apply(
                  tower,
                  skip < 0 ? larger : Layers.concatChannels(tower, features.get(skip), larger));
    }
    return head.apply(tower, x);
  }
}

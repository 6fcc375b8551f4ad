package org.hpo4j.tensorflow.vision;

import java.util.ArrayList;
import java.util.List;
import org.hpo4j.tensorflow.layers.Conv2d;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Layers;
import org.hpo4j.tensorflow.layers.Variables;

/** The convolutional part of ResNet-34 (He et al., CVPR 2016, table 1). */
final class ResNet34 {
  private static final List<Integer> BLOCKS = List.of(3, 4, 6, 3);

  private ResNet34() {}

  static UNetLayers.Way way(Variables variables, UNetOptions options) {
    List<Layer> steps = new ArrayList<>();
    List<Integer> filters = new ArrayList<>();
    int inputs = options.startFilters();
    steps.add(
        Conv2d.withoutBias(variables, "stem/conv0", 7, options.inputChannels(), inputs)
            .withStride(2)
            .then(options.norm(variables, "stem/norm0", inputs))
            .then(options.activation().layer(variables, "stem/activation0", inputs)));
    filters.add(inputs);
    for (int stage = 0; stage < BLOCKS.size(); stage++) {
      int outputs = Math.multiplyExact(options.startFilters(), 1 << stage);
      List<Layer> layers = new ArrayList<>();
      if (stage == 0) {
        layers.add(Layers.maxPool(3, 2));
      }
      for (int i = 0; i < BLOCKS.get(stage); i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        String name = "stage" + stage + "/block" + i;
        layers.add(residual(variables, options, name, inputs, outputs, stride));
        inputs = outputs;
      }
      steps.add(Layer.sequence(layers));
      filters.add(outputs);
    }
    return new UNetLayers.Way(steps, filters);
  }

  /**
   * Two convolutions and what they read, added (figure 2); where the size changes, a 1x1
   * convolution of it (option B of section 4.1).
   */
  private static Layer residual(
      Variables variables, UNetOptions options, String name, int inputs, int filters, int stride) {
    Layer branch =
        Conv2d.withoutBias(variables, name + "/conv0", 3, inputs, filters)
            .withStride(stride)
            .then(options.norm(variables, name + "/norm0", filters))
            .then(options.activation().layer(variables, name + "/activation0", filters))
            .then(Conv2d.withoutBias(variables, name + "/conv1", 3, filters, filters))
            .then(options.norm(variables, name + "/norm1", filters));
    Layer shortcut =
        stride == 1
            ? Layer.sequence(List.of())
            : Conv2d.withoutBias(variables, name + "/shortcut", 1, inputs, filters)
                .withStride(stride)
                .then(options.norm(variables, name + "/shortcut_norm", filters));
    Layer last = options.activation().layer(variables, name + "/activation1", filters);
    return (tower, x) ->
        last.apply(tower, tower.tf().math.add(branch.apply(tower, x), shortcut.apply(tower, x)));
  }
}

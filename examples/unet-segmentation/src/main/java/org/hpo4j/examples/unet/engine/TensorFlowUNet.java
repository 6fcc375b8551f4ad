package org.hpo4j.examples.unet.engine;

import java.util.ArrayList;
import java.util.List;
import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.tensorflow.layers.BatchNorm;
import org.hpo4j.tensorflow.layers.Conv2d;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Layers;
import org.hpo4j.tensorflow.layers.TransposedConv2d;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The study's U-Net in layers of TensorFlow: {@code [batch, height, width, 3]} in and out. */
public final class TensorFlowUNet {
  private static final int IMAGE_CHANNELS = 3;

  private TensorFlowUNet() {}

  /** Returns the network's layers; their variables go into {@code variables}. */
  public static Layer layers(UNet unet, Variables variables) {
    List<Integer> filters = unet.filters();
    List<Layer> encoder = new ArrayList<>();
    List<Layer> decoder = new ArrayList<>();
    int inputs = IMAGE_CHANNELS;
    for (int level = 0; level < filters.size(); level++) {
      encoder.add(
          block(
              variables, "encoder" + level, inputs, filters.get(level), unet.batchNormMomentum()));
      inputs = filters.get(level);
    }
    for (int level = filters.size() - 2; level >= 0; level--) {
      decoder.add(TransposedConv2d.of(variables, "decoder" + level, inputs, filters.get(level)));
      inputs = 2 * filters.get(level);
    }
    Layer head = Conv2d.of(variables, "head", 1, inputs, unet.headChannels());
    if (unet.headChannels() > Label.COUNT) {
      head = head.then(Layers.groupedSum(unet.headChannels(), Label.COUNT));
    }
    return joined(encoder, decoder, head);
  }

  private static Layer joined(List<Layer> encoder, List<Layer> decoder, Layer head) {
    return (tower, image) -> {
      List<Operand<TFloat32>> skips = new ArrayList<>();
      Operand<TFloat32> x = image;
      for (int level = 0; level < encoder.size(); level++) {
        if (level > 0) {
          x = Layers.maxPool2x2().apply(tower, x);
        }
        x = encoder.get(level).apply(tower, x);
        skips.add(x);
      }
      for (int i = 0; i < decoder.size(); i++) {
        Operand<TFloat32> skip = skips.get(encoder.size() - 2 - i);
        x = Layers.concatChannels(tower, skip, decoder.get(i).apply(tower, x));
      }
      return head.apply(tower, x);
    };
  }

  private static Layer block(
      Variables variables, String name, int inputs, int filters, double momentum) {
    return Layer.sequence(
        List.of(
            Conv2d.of(variables, name + "/conv1", 3, inputs, filters),
            BatchNorm.of(variables, name + "/norm1", filters, momentum),
            Layers.relu(),
            Conv2d.of(variables, name + "/conv2", 3, filters, filters),
            BatchNorm.of(variables, name + "/norm2", filters, momentum),
            Layers.relu()));
  }
}

package org.hpo4j.tensorflow.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A network or a part of one: a function from one operand to another.
 *
 * <p>A layer owns its variables and may be applied to several towers; they all share those
 * variables. Images are {@code [batch, height, width, channels]}.
 */
@FunctionalInterface
public interface Layer {

  /**
   * Adds this layer's operations to the tower's graph.
   *
   * @param tower the copy of the network that is being built
   * @param input what the layer reads
   * @return what the layer computes
   */
  Operand<TFloat32> apply(Tower tower, Operand<TFloat32> input);

  /** Returns a layer that applies {@code next} to this one's output. */
  default Layer then(Layer next) {
    return (tower, input) -> next.apply(tower, apply(tower, input));
  }

  /** Returns a layer that applies the given ones in order; of none, it returns its input. */
  static Layer sequence(List<Layer> layers) {
    List<Layer> copy = List.copyOf(layers);
    return (tower, input) -> {
      Operand<TFloat32> value = input;
      for (Layer layer : copy) {
        value = layer.apply(tower, value);
      }
      return value;
    };
  }
}

package org.hpo4j.tensorflow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Variables;
import org.hpo4j.tensorflow.loss.Loss;
import org.hpo4j.tensorflow.loss.Metric;
import org.hpo4j.tensorflow.optimizer.Adam;
import org.hpo4j.tensorflow.optimizer.Optimizer;
import org.tensorflow.types.family.TType;

/**
 * What is trained and how: layers, loss, metrics and optimizer.
 *
 * @param layers makes the layers, whose variables go into the given set
 * @param loss what training minimizes
 * @param metrics what evaluation computes besides the loss, by name
 * @param optimizer default Adam
 * @param frozen which trainable variables keep their values, by name; default none
 * @param <L> type of the labels
 */
public record Network<L extends TType>(
    Function<Variables, Layer> layers,
    Loss<L> loss,
    Map<String, Metric<L>> metrics,
    Optimizer optimizer,
    Predicate<String> frozen) {

  public Network {
    metrics = Map.copyOf(metrics);
  }

  /** Returns a network without metrics, trained by Adam. */
  public static <L extends TType> Network<L> of(Function<Variables, Layer> layers, Loss<L> loss) {
    return new Network<>(layers, loss, Map.of(), Adam.ofDefaults(), name -> false);
  }

  /** Returns this network with one metric more. */
  public Network<L> withMetric(String name, Metric<L> metric) {
    Map<String, Metric<L>> more = new LinkedHashMap<>(metrics);
    if (more.put(name, metric) != null) {
      throw new IllegalArgumentException("metric '" + name + "' was already added");
    }
    return new Network<>(layers, loss, more, optimizer, frozen);
  }

  /** Returns this network with another optimizer. */
  public Network<L> withOptimizer(Optimizer other) {
    return new Network<>(layers, loss, metrics, other, frozen);
  }

  /**
   * Returns this network with other frozen variables, such as {@code name ->
   * name.startsWith("stage")}. They keep their values to the last bit; a batch normalization whose
   * scale is frozen uses its averages, and keeps them.
   */
  public Network<L> withFrozen(Predicate<String> names) {
    return new Network<>(layers, loss, metrics, optimizer, names);
  }
}

package org.hpo4j.examples.documents;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.HyperParameters;

/**
 * Ranges of the hyperparameters, all with the names that the article's model builder gives them.
 *
 * @param fewestNeurons filters of the first level, at least
 * @param mostNeurons filters of the first level, at most
 * @param neuronStep distance between numbers of filters
 * @param leastDepth levels of the network, at least
 * @param mostDepth levels of the network, at most
 */
record NetworkSpace(
    int fewestNeurons, int mostNeurons, int neuronStep, int leastDepth, int mostDepth) {

  NetworkSpace {
    if (fewestNeurons < 1 || mostNeurons < fewestNeurons || neuronStep < 1) {
      throw new IllegalArgumentException(
          "start neurons are %d to %d in steps of %d, must be positive and rising"
              .formatted(fewestNeurons, mostNeurons, neuronStep));
    }
    if (leastDepth < 1 || mostDepth < leastDepth || mostDepth > 7) {
      throw new IllegalArgumentException(
          "depths are %d to %d, must rise within 1 to 7".formatted(leastDepth, mostDepth));
    }
  }

  /** Returns the space of one network's width and depth, which saved weights fix. */
  static NetworkSpace only(int neurons, int depth) {
    return new NetworkSpace(neurons, neurons, 1, depth, depth);
  }

  /** Returns what height and width must be multiples of, whatever the depth. */
  int sizeMultiple() {
    return 1 << mostDepth;
  }

  SearchSpace searchSpace() {
    return SearchSpace.of(startNeurons(), netDepth(), dropout(), batchNormBefore(), activation());
  }

  /** Returns the network that a trial asks for. */
  UNetDesign design(HyperParameters hp) {
    return new UNetDesign(
        hp.suggest(startNeurons()),
        hp.suggest(netDepth()),
        hp.suggest(dropout()),
        hp.suggest(batchNormBefore()),
        hp.suggest(activation()));
  }

  private Parameter<Integer> startNeurons() {
    // As in Keras Tuner, the smallest is the default.
    return Parameters.integer("start_neurons", fewestNeurons, mostNeurons, neuronStep)
        .withDefault(fewestNeurons);
  }

  private Parameter<Integer> netDepth() {
    return Parameters.integer("net_depth", leastDepth, mostDepth).withDefault(leastDepth);
  }

  private static Parameter<Boolean> dropout() {
    return Parameters.bool("dropout");
  }

  private static Parameter<Boolean> batchNormBefore() {
    return Parameters.bool("bn_before_activation").withDefault(true);
  }

  private static Parameter<UNetDesign.Nonlinearity> activation() {
    Map<String, UNetDesign.Nonlinearity> options = new LinkedHashMap<>();
    for (UNetDesign.Nonlinearity option : UNetDesign.Nonlinearity.values()) {
      options.put(option.label(), option);
    }
    return Parameters.choice("activation", options);
  }
}

package org.hpo4j.examples.anything;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.util.function.Function;
import org.hpo4j.djl.BatchSource;
import org.hpo4j.djl.ExampleBatches;
import org.hpo4j.djl.LearningRate;
import org.hpo4j.djl.optimizer.Adam;
import org.hpo4j.djl.optimizer.RmsProp;
import org.hpo4j.djl.optimizer.Sgd;
import org.hpo4j.trial.HyperParameters;

/** What a trial chooses. Each part asks for the parameters that it needs, where it needs them. */
final class Choices {
  private static final long ORDER = 7;

  private Choices() {}

  /** The number of layers, and of each one its units, its activation and what stands beside it. */
  static Block network(HyperParameters hp) {
    SequentialBlock layers = new SequentialBlock();
    int count = hp.integer("layers", 1, 3);
    for (int i = 0; i < count; i++) {
      String layer = "layer" + i;
      layers.add(Linear.builder().setUnits(hp.integer(layer + "_units", 8, 48, 8)).build());
      if (hp.bool(layer + "_batch_norm")) {
        layers.add(BatchNorm.builder().build());
      }
      String activation = hp.choice(layer + "_activation", "relu", "elu", "gelu");
      layers.add(activation(activation), activation);
      if (hp.bool(layer + "_dropout")) {
        float rate = (float) hp.uniform(layer + "_dropout_rate", 0.05, 0.5);
        layers.add(Dropout.builder().optRate(rate).build());
      }
    }
    return layers.add(Linear.builder().setUnits(2).build());
  }

  private static Function<NDList, NDList> activation(String name) {
    return switch (name) {
      case "relu" -> Activation::relu;
      case "elu" -> inputs -> Activation.elu(inputs, 1);
      default -> Activation::gelu;
    };
  }

  /** An optimizer; momentum is a parameter of those trials alone that have it. */
  static Optimizer optimizer(HyperParameters hp) {
    return switch (hp.choice("optimizer", "adam", "rmsprop", "sgd", "nesterov")) {
      case "adam" -> Adam.ofDefaults();
      case "rmsprop" -> RmsProp.ofDefaults();
      case "sgd" -> Sgd.plain();
      default -> Sgd.nesterov(hp.uniform("momentum", 0.5, 0.99));
    };
  }

  /** Losses have scales of their own, so the study compares trials by accuracy. */
  static Loss loss(HyperParameters hp) {
    return switch (hp.choice("loss", "cross_entropy", "margin")) {
      case "cross_entropy" -> Loss.softmaxCrossEntropyLoss();
      default -> new MarginLoss();
    };
  }

  /** A rate and how it falls. */
  static LearningRate rate(HyperParameters hp) {
    double rate = hp.logUniform("learning_rate", 1e-4, 1e-1);
    return switch (hp.choice("schedule", "constant", "cosine", "decay")) {
      case "constant" -> LearningRate.constant(rate);
      case "cosine" -> LearningRate.cosine(rate);
      default -> LearningRate.inverseTime(rate, hp.logUniform("decay", 1e-4, 1e-1));
    };
  }

  /** Batches of a size that is chosen, shuffled or not. */
  static BatchSource batches(Spirals data, HyperParameters hp) {
    int size = hp.choice("batch_size", 16, 32, 64);
    ExampleBatches batches = ExampleBatches.of(data.points(), data.arms(), size);
    return hp.bool("shuffle") ? batches.shuffled(ORDER) : batches;
  }
}

package org.hpo4j.examples.flowers.head;

import java.util.List;
import org.hpo4j.sampler.RunBuilder;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.HyperParameters;

/**
 * What a trial's head is like: features, a hidden layer with ReLU and dropout, and a layer of
 * log-probabilities of the classes.
 *
 * @param learningRate of Adam
 * @param batch examples in a step
 * @param units of the hidden layer
 * @param dropout part of the hidden layer that a step leaves out
 */
public record Head(double learningRate, int batch, int units, double dropout) {
  /** Step size of Adam. */
  public static final Parameter<Double> LEARNING_RATE =
      Parameters.logUniform("learning_rate", 1e-5, 1e-1);

  /** Examples in a step. */
  public static final Parameter<Integer> BATCH = Parameters.integer("batch", 1, 1024);

  /** Units of the hidden layer. */
  public static final Parameter<Integer> UNITS = Parameters.integer("units", 1, 4096);

  /** Part of the hidden layer that a step leaves out. */
  public static final Parameter<Double> DROPOUT = Parameters.uniform("dropout", 0, 0.9);

  /** All of them, in order. */
  public static final SearchSpace SPACE = SearchSpace.of(LEARNING_RATE, BATCH, UNITS, DROPOUT);

  /** Returns the head that a trial's values say. */
  public static Head of(HyperParameters hp) {
    return new Head(
        hp.suggest(LEARNING_RATE), hp.suggest(BATCH), hp.suggest(UNITS), hp.suggest(DROPOUT));
  }

  /** Returns the article's runs: the ordered parameters' product, the last changing fastest. */
  public static List<Configuration> runs() {
    return RunBuilder.runs(
        LEARNING_RATE.values(0.001),
        BATCH.values(25),
        UNITS.values(256, 512),
        DROPOUT.values(0.4, 0.5));
  }
}

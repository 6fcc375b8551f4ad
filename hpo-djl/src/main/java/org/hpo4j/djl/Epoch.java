package org.hpo4j.djl;

import java.util.Map;

/**
 * What one epoch of a training came to.
 *
 * @param number how many epochs are done with this one, from 1
 * @param trainingLoss mean loss of the epoch's steps, each before its update
 * @param trainingMetrics metrics over the epoch's training batches, each before its update; empty
 *     unless asked for
 * @param learningRate step size of the epoch's last step; NaN where an optimizer of DJL's own
 *     decides
 * @param validation loss and metrics on the validation data after the epoch
 */
public record Epoch(
    int number,
    double trainingLoss,
    Map<String, Double> trainingMetrics,
    double learningRate,
    Evaluation validation) {

  public Epoch {
    trainingMetrics = Map.copyOf(trainingMetrics);
  }
}

package org.hpo4j.tensorflow;

/**
 * What one epoch of a training came to.
 *
 * @param number how many epochs are done with this one, from 1
 * @param trainingLoss mean loss of the epoch's steps, each before its update
 * @param learningRate step size of the epoch's last step
 * @param validation loss and metrics on the validation data after the epoch
 */
public record Epoch(int number, double trainingLoss, double learningRate, Evaluation validation) {}

package org.hpo4j.examples.unet.engine;

/**
 * How a network is trained: by Adam, with a rate that falls along half a cosine.
 *
 * @param learningRate of the first step
 * @param epochs largest number of epochs
 */
public record Schedule(double learningRate, int epochs) {}

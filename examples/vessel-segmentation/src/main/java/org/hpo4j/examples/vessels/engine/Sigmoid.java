package org.hpo4j.examples.vessels.engine;

/** The logistic function: a network's logits as probabilities. */
final class Sigmoid {
  private Sigmoid() {}

  /** Returns {@code 1 / (1 + exp(-x))} of each. */
  static float[] of(float[] logits) {
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (1 / (1 + Math.exp(-logits[i])));
    }
    return probabilities;
  }
}

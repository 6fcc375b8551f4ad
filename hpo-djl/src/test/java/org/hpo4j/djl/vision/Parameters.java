package org.hpo4j.djl.vision;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;

/** Counts parameters. */
final class Parameters {

  private Parameters() {}

  /** Returns how many numbers of a block are trained. */
  static long count(Block block) {
    return block.getParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(parameter -> parameter.getShape().size())
        .sum();
  }
}

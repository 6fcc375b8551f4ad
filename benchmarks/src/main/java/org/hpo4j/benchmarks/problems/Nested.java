package org.hpo4j.benchmarks.problems;

import static org.hpo4j.space.Parameters.logInteger;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import org.hpo4j.space.Configuration;
import org.hpo4j.space.OneOf;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;

/** A network of one to three layers: whether there is a next one is a choice inside the last. */
final class Nested {

  private static final Parameter<Double> LR = logUniform("lr", 1e-5, 1);
  private static final Parameter<Integer> UNITS1 = logInteger("units1", 8, 512);
  private static final Parameter<Integer> UNITS2 = logInteger("units2", 8, 512);
  private static final Parameter<Double> DROPOUT2 = uniform("dropout2", 0, 0.8);
  private static final Parameter<Integer> UNITS3 = logInteger("units3", 8, 512);
  private static final Parameter<Double> DROPOUT3 = uniform("dropout3", 0, 0.8);

  private static final OneOf THIRD = oneOf("third", when("none"), when("dense", UNITS3, DROPOUT3));
  private static final OneOf SECOND =
      oneOf("second", when("none"), when("dense", UNITS2, DROPOUT2, THIRD));

  private Nested() {}

  static Problem problem() {
    return new Problem(
        "nested", ProblemSet.SPACES, SearchSpace.of(LR, UNITS1, SECOND), 0.05, 0, Nested::value);
  }

  /** Each layer halves what the one before left over; deeper networks need a lower rate. */
  private static double value(Configuration c) {
    double loss = 0.2 + layer(c.get(UNITS1), 64, 0.3, 0.3);
    int depth = 1;
    if (c.get(SECOND.selector()).equals("dense")) {
      depth++;
      loss += -0.1 + layer(c.get(UNITS2), 128, c.get(DROPOUT2), 0.2);
      if (c.get(THIRD.selector()).equals("dense")) {
        depth++;
        loss += -0.05 + layer(c.get(UNITS3), 32, c.get(DROPOUT3), 0.5);
      }
    }
    double rate = StrictMath.log10(c.get(LR)) + 1.5 + 0.5 * depth;
    return loss + 0.03 * rate * rate;
  }

  private static double layer(int units, int bestUnits, double dropout, double bestDropout) {
    double u = StrictMath.log(units / (double) bestUnits) / StrictMath.log(2);
    double d = dropout - bestDropout;
    return 0.01 * u * u + 0.3 * d * d;
  }
}

package org.hpo4j.benchmarks.problems;

import static org.hpo4j.space.Parameters.bool;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.uniform;

import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;

/** A bowl over the eight usual parameters of a network's training, of all kinds. */
final class Mixed8 {

  private static final Parameter<Double> LR = logUniform("lr", 1e-5, 1e-1);
  private static final Parameter<Double> WD = logUniform("wd", 1e-6, 1e-2);
  private static final Parameter<Integer> UNITS = integer("units", 16, 256, 16);
  private static final Parameter<Integer> LAYERS = integer("layers", 1, 6);
  private static final Parameter<Double> DROPOUT = uniform("dropout", 0, 0.6);
  private static final Parameter<Double> MOMENTUM = uniform("momentum", 0.5, 0.99);
  private static final Parameter<String> ACT = choice("act", "relu", "tanh", "elu", "gelu");
  private static final Parameter<Boolean> BN = bool("bn");

  private Mixed8() {}

  static Problem problem() {
    SearchSpace space = SearchSpace.of(LR, WD, UNITS, LAYERS, DROPOUT, MOMENTUM, ACT, BN);
    return new Problem("mixed8", ProblemSet.CLASSIC, space, 0.10, 0, Mixed8::value);
  }

  private static double value(Configuration c) {
    int units = c.get(UNITS);
    int layers = c.get(LAYERS);
    boolean bn = c.get(BN);
    String act = c.get(ACT);
    double doublings = StrictMath.log(units / 128.0) / StrictMath.log(2);
    double a = StrictMath.log10(c.get(LR)) + 2.5 + 0.3 * doublings;
    double w = StrictMath.log10(c.get(WD)) + 4;
    double u = (units - 160) / 96.0;
    double l = layers - 3;
    double d = c.get(DROPOUT) - (bn ? 0.15 : 0.35);
    double m = c.get(MOMENTUM) - 0.92;
    double bowl =
        0.10
            + 0.08 * a * a
            + 0.01 * w * w
            + 0.05 * u * u
            + 0.015 * l * l
            + 0.5 * d * d
            + 2.0 * m * m;
    return bowl
        + activation(act)
        + (bn ? 0 : 0.03)
        + (act.equals("tanh") && layers >= 4 ? 0.04 : 0);
  }

  private static double activation(String act) {
    return switch (act) {
      case "relu" -> 0.02;
      case "tanh" -> 0.06;
      case "elu" -> 0.03;
      case "gelu" -> 0;
      default -> throw new IllegalArgumentException("no activation '" + act + "'");
    };
  }
}

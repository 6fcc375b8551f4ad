package org.hpo4j.benchmarks.problems;

import static org.hpo4j.space.Parameters.bool;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import org.hpo4j.space.Configuration;
import org.hpo4j.space.OneOf;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;

/** A choice between three optimizers with parameters of their own, beside two shared parameters. */
final class Conditional {

  private static final Parameter<Double> DROPOUT = uniform("dropout", 0, 0.6);
  private static final Parameter<Integer> LAYERS = integer("layers", 1, 5);

  private static final Parameter<Double> SGD_LR = logUniform("sgd_lr", 1e-4, 1);
  private static final Parameter<Double> SGD_MOMENTUM = uniform("sgd_momentum", 0, 0.99);
  private static final Parameter<Boolean> SGD_NESTEROV = bool("sgd_nesterov");

  private static final Parameter<Double> ADAM_LR = logUniform("adam_lr", 1e-5, 1e-1);
  private static final Parameter<Double> ADAM_BETA1 = uniform("adam_beta1", 0.8, 0.99);

  /** One minus the second beta. */
  private static final Parameter<Double> ADAM_OMB2 = logUniform("adam_omb2", 1e-4, 1e-1);

  private static final Parameter<Double> RMS_LR = logUniform("rms_lr", 1e-5, 1e-1);
  private static final Parameter<Double> RMS_RHO = uniform("rms_rho", 0.8, 0.99);

  private static final OneOf OPT =
      oneOf(
          "opt",
          when("sgd", SGD_LR, SGD_MOMENTUM, SGD_NESTEROV),
          when("adam", ADAM_LR, ADAM_BETA1, ADAM_OMB2),
          when("rmsprop", RMS_LR, RMS_RHO));

  private Conditional() {}

  static Problem problem() {
    return new Problem(
        "cond",
        ProblemSet.CLASSIC,
        SearchSpace.of(OPT, DROPOUT, LAYERS),
        0.20,
        0,
        Conditional::value);
  }

  private static double value(Configuration c) {
    double d = c.get(DROPOUT) - 0.25;
    double l = c.get(LAYERS) - 2;
    return 0.20 + 0.2 * d * d + 0.01 * l * l + branch(c);
  }

  private static double branch(Configuration c) {
    String optimizer = c.get(OPT.selector());
    return switch (optimizer) {
      case "sgd" -> sgd(c);
      case "adam" -> adam(c);
      case "rmsprop" -> rmsprop(c);
      default -> throw new IllegalArgumentException("no optimizer '" + optimizer + "'");
    };
  }

  private static double sgd(Configuration c) {
    double momentum = c.get(SGD_MOMENTUM);
    double a = StrictMath.log10(c.get(SGD_LR)) - StrictMath.log10(1 - momentum) + 0.3;
    double b = momentum - 0.9;
    return 0.02 + 0.05 * a * a + 0.3 * b * b + (c.get(SGD_NESTEROV) ? 0 : 0.01);
  }

  private static double adam(Configuration c) {
    double a = StrictMath.log10(c.get(ADAM_LR)) + 3.2;
    double b = c.get(ADAM_BETA1) - 0.88;
    double o = StrictMath.log10(c.get(ADAM_OMB2)) + 2.5;
    return 0.06 * a * a + 1.0 * b * b + 0.01 * o * o;
  }

  private static double rmsprop(Configuration c) {
    double a = StrictMath.log10(c.get(RMS_LR)) + 3;
    double b = c.get(RMS_RHO) - 0.9;
    return 0.05 + 0.04 * a * a + 0.5 * b * b;
  }
}

package org.hpo4j.benchmarks.problems;

import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import org.hpo4j.space.Configuration;
import org.hpo4j.space.OneOf;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;

/** A choice between classifiers, one of which has a choice between kernels, under some noise. */
final class Classifiers {

  private static final Parameter<Double> C = logUniform("c", 1e-3, 1e3);
  private static final Parameter<Double> GAMMA = logUniform("gamma", 1e-4, 10);
  private static final Parameter<Integer> DEGREE = integer("degree", 2, 6);
  private static final Parameter<Integer> TREES = integer("trees", 10, 500, 10);
  private static final Parameter<Integer> DEPTH = integer("depth", 1, 20);
  private static final Parameter<Double> FEATURES = uniform("features", 0.1, 1);
  private static final Parameter<Integer> NEIGHBOURS = integer("neighbours", 1, 50);

  private static final OneOf KERNEL =
      oneOf("kernel", when("linear"), when("rbf", GAMMA), when("poly", DEGREE));
  private static final OneOf CLASSIFIER =
      oneOf(
          "classifier",
          when("svm", C, KERNEL),
          when("forest", TREES, DEPTH, FEATURES),
          when("neighbours", NEIGHBOURS));

  private Classifiers() {}

  static Problem problem() {
    return new Problem(
        "classifiers",
        ProblemSet.HELD_OUT,
        SearchSpace.of(CLASSIFIER),
        0.10,
        0.005,
        Classifiers::value);
  }

  private static double value(Configuration c) {
    String classifier = c.get(CLASSIFIER.selector());
    return switch (classifier) {
      case "svm" -> svm(c);
      case "forest" -> forest(c);
      case "neighbours" -> 0.18 + 0.0002 * square(c.get(NEIGHBOURS) - 9);
      default -> throw new IllegalArgumentException("no classifier '" + classifier + "'");
    };
  }

  private static double svm(Configuration c) {
    double cost = StrictMath.log10(c.get(C));
    String kernel = c.get(KERNEL.selector());
    return switch (kernel) {
      case "linear" -> 0.16 + 0.005 * square(cost + 1);
      case "rbf" -> {
        double gamma = StrictMath.log10(c.get(GAMMA));
        yield 0.10 + 0.02 * square(cost + gamma) + 0.01 * square(gamma + 1.5);
      }
      case "poly" -> 0.14 + 0.01 * square(c.get(DEGREE) - 3) + 0.01 * square(cost);
      default -> throw new IllegalArgumentException("no kernel '" + kernel + "'");
    };
  }

  private static double forest(Configuration c) {
    double trees = StrictMath.log10(c.get(TREES)) - StrictMath.log10(500);
    return 0.11
        + 0.02 * trees * trees
        + 0.0005 * square(c.get(DEPTH) - 12)
        + 0.1 * square(c.get(FEATURES) - 0.4);
  }

  private static double square(double x) {
    return x * x;
  }
}

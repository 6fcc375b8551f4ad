package org.hpo4j.benchmarks.problems;

import java.util.List;
import java.util.stream.IntStream;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.space.SpaceNode;

/**
 * Whole numbers only: some of a wide logarithmic range, some of few values. The bowl is narrow
 * along the difference of neighbouring parameters.
 */
final class Integers {

  /** Of the optimum, as fractions of the range. */
  private static final double[] CENTRES = {0.3, 0.7, 0.45, 0.6, 0.2, 0.8, 0.35, 0.55};

  private final List<Parameter<Integer>> parameters;

  private Integers(int dimensions) {
    parameters =
        IntStream.range(0, dimensions)
            .<Parameter<Integer>>mapToObj(
                i ->
                    i % 2 == 0
                        ? Parameters.logInteger("n" + i, 1, 1024)
                        : Parameters.integer("n" + i, 0, 20))
            .toList();
  }

  static Problem problem(String name, ProblemSet set, int dimensions, double noise) {
    Integers integers = new Integers(dimensions);
    SearchSpace space = SearchSpace.of(integers.parameters.toArray(SpaceNode[]::new));
    // The optimum is the rounded centre, where every distance is 0.
    return new Problem(name, set, space, 0, noise, integers::value);
  }

  private double value(Configuration c) {
    double sum = 0;
    double before = 0;
    for (int i = 0; i < parameters.size(); i++) {
      double distance = distance(i, c.get(parameters.get(i)));
      sum += distance * distance + 4 * (distance - before) * (distance - before);
      before = distance;
    }
    return sum;
  }

  /** From the optimum, as a fraction of the range. */
  private static double distance(int index, int value) {
    double centre = CENTRES[index % CENTRES.length];
    if (index % 2 == 0) {
      double best = Math.rint(StrictMath.pow(1024, centre));
      return StrictMath.log(value / best) / StrictMath.log(1024);
    }
    return (value - Math.rint(20 * centre)) / 20;
  }
}

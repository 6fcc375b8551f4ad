package org.hpo4j.benchmarks.problems;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.space.SpaceNode;

/** Problems over real parameters x0, x1, ... in an array. */
final class Box {

  private Box() {}

  static Parameter<Double> axis(int index, double low, double high) {
    return Parameters.uniform("x" + index, low, high);
  }

  /** A problem over the cube [low, high]^dimensions. */
  static Problem cube(
      String name,
      ProblemSet set,
      int dimensions,
      double low,
      double high,
      double minimum,
      ToDoubleFunction<double[]> function) {
    SpaceNode[] axes =
        IntStream.range(0, dimensions).mapToObj(i -> axis(i, low, high)).toArray(SpaceNode[]::new);
    return of(name, set, minimum, function, axes);
  }

  /** A problem over these axes. */
  static Problem of(
      String name,
      ProblemSet set,
      double minimum,
      ToDoubleFunction<double[]> function,
      SpaceNode... axes) {
    SearchSpace space = SearchSpace.of(axes);
    return new Problem(
        name, set, space, minimum, 0, c -> function.applyAsDouble(point(c, axes.length)));
  }

  private static double[] point(Configuration configuration, int dimensions) {
    double[] x = new double[dimensions];
    for (int i = 0; i < dimensions; i++) {
      x[i] = (Double) configuration.get("x" + i);
    }
    return x;
  }
}

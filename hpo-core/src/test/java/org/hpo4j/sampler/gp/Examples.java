package org.hpo4j.sampler.gp;

import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.uniform;

import java.util.List;
import java.util.SplittableRandom;
import org.hpo4j.space.Parameter;

/** Observations for tests: two real axes, and a nominal one of three options. */
final class Examples {

  static final List<Parameter<?>> PARAMETERS =
      List.of(uniform("x", 0, 1), uniform("y", 0, 1), choice("act", "relu", "tanh", "elu"));

  static final Axes AXES = new Axes(PARAMETERS, false);

  private Examples() {}

  static Points points(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Points points = new Points(3);
    for (int i = 0; i < n; i++) {
      points.add(new double[] {random.nextDouble(), random.nextDouble(), random.nextInt(3)});
    }
    return points;
  }

  static double[] values(Points points) {
    double[] values = new double[points.size()];
    for (int i = 0; i < values.length; i++) {
      double x = points.axis(0)[i];
      double y = points.axis(1)[i];
      values[i] = x * x + 0.3 * Math.sin(5 * y) + 0.1 * points.axis(2)[i];
    }
    return values;
  }

  /** Length scales 0.5, 0.8, 1.2; some noise, warp and roughness. */
  static double[] theta() {
    return new double[] {Math.log(0.5), Math.log(0.8), Math.log(1.2), -6, 1, -2, -1.5};
  }
}

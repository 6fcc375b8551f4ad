package org.hpo4j.benchmarks.problems.bbob;

import static org.hpo4j.benchmarks.problems.bbob.Transformations.asy;
import static org.hpo4j.benchmarks.problems.bbob.Transformations.fraction;
import static org.hpo4j.benchmarks.problems.bbob.Transformations.lambda;
import static org.hpo4j.benchmarks.problems.bbob.Transformations.minus;
import static org.hpo4j.benchmarks.problems.bbob.Transformations.osz;
import static org.hpo4j.benchmarks.problems.bbob.Transformations.penalty;

import java.util.function.ToDoubleFunction;

/** The functions with one valley. Each is 0 at its optimum. */
final class Unimodal {

  private Unimodal() {}

  /** f1: |x - x_opt|^2. */
  static ToDoubleFunction<double[]> sphere(Instance instance) {
    double[] optimum = instance.optimum();
    return x -> weighted(1, minus(x, optimum));
  }

  /** f10: sum 10^(6 i/(D-1)) z_i^2, z = T_osz(R (x - x_opt)). */
  static ToDoubleFunction<double[]> ellipsoid(Instance instance) {
    double[] optimum = instance.optimum();
    Rotation r = instance.rotation("R");
    return x -> weighted(1e6, osz(r.times(minus(x, optimum))));
  }

  /**
   * f6: T_osz(sum (s_i z_i)^2)^0.9, z = Q Lambda^10 R (x - x_opt), s_i = 100 where z_i has the sign
   * of the optimum's coordinate.
   */
  static ToDoubleFunction<double[]> attractiveSector(Instance instance) {
    double[] optimum = instance.optimum();
    Rotation q = instance.rotation("Q");
    Rotation r = instance.rotation("R");
    return x -> {
      double[] z = q.times(lambda(10, r.times(minus(x, optimum))));
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        double scaled = z[i] * optimum[i] > 0 ? 100 * z[i] : z[i];
        sum += scaled * scaled;
      }
      return StrictMath.pow(osz(sum), 0.9);
    };
  }

  /**
   * f7: 0.1 max(|z^_1| / 10^4, sum 10^(2 i/(D-1)) z_i^2) + f_pen, z^ = Lambda^10 R (x - x_opt), z =
   * Q of z^ rounded: to integers beyond 0.5, to tenths below.
   */
  static ToDoubleFunction<double[]> stepEllipsoid(Instance instance) {
    double[] optimum = instance.optimum();
    Rotation q = instance.rotation("Q");
    Rotation r = instance.rotation("R");
    return x -> {
      double[] z = lambda(10, r.times(minus(x, optimum)));
      double first = Math.abs(z[0]);
      for (int i = 0; i < z.length; i++) {
        z[i] = Math.abs(z[i]) > 0.5 ? Math.floor(0.5 + z[i]) : Math.floor(0.5 + 10 * z[i]) / 10;
      }
      return 0.1 * Math.max(first / 1e4, weighted(1e2, q.times(z))) + penalty(x);
    };
  }

  /** f11: 10^6 z_1^2 + sum over the others z_i^2, z = T_osz(R (x - x_opt)). */
  static ToDoubleFunction<double[]> discus(Instance instance) {
    double[] optimum = instance.optimum();
    Rotation r = instance.rotation("R");
    return x -> {
      double[] z = osz(r.times(minus(x, optimum)));
      return 1e6 * z[0] * z[0] + afterFirst(z);
    };
  }

  /** f12: z_1^2 + 10^6 sum over the others z_i^2, z = R T_asy^0.5(R (x - x_opt)). */
  static ToDoubleFunction<double[]> bentCigar(Instance instance) {
    double[] optimum = instance.optimum();
    Rotation r = instance.rotation("R");
    return x -> {
      double[] z = r.times(asy(0.5, r.times(minus(x, optimum))));
      return z[0] * z[0] + 1e6 * afterFirst(z);
    };
  }

  /** f13: z_1^2 + 100 sqrt(sum over the others z_i^2), z = Q Lambda^10 R (x - x_opt). */
  static ToDoubleFunction<double[]> sharpRidge(Instance instance) {
    double[] optimum = instance.optimum();
    Rotation q = instance.rotation("Q");
    Rotation r = instance.rotation("R");
    return x -> {
      double[] z = q.times(lambda(10, r.times(minus(x, optimum))));
      return z[0] * z[0] + 100 * StrictMath.sqrt(afterFirst(z));
    };
  }

  /** f14: sqrt(sum |z_i|^(2 + 4 i/(D-1))), z = R (x - x_opt). */
  static ToDoubleFunction<double[]> differentPowers(Instance instance) {
    double[] optimum = instance.optimum();
    Rotation r = instance.rotation("R");
    return x -> {
      double[] z = r.times(minus(x, optimum));
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        sum += StrictMath.pow(Math.abs(z[i]), 2 + 4 * fraction(i, z.length));
      }
      return StrictMath.sqrt(sum);
    };
  }

  /** sum condition^(i/(D-1)) z_i^2. */
  private static double weighted(double condition, double[] z) {
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      sum += StrictMath.pow(condition, fraction(i, z.length)) * z[i] * z[i];
    }
    return sum;
  }

  private static double afterFirst(double[] z) {
    double sum = 0;
    for (int i = 1; i < z.length; i++) {
      sum += z[i] * z[i];
    }
    return sum;
  }
}

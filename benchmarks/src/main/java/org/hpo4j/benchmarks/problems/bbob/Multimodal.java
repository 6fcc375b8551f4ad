package org.hpo4j.benchmarks.problems.bbob;

import static org.hpo4j.benchmarks.problems.bbob.Transformations.affine;
import static org.hpo4j.benchmarks.problems.bbob.Transformations.asy;
import static org.hpo4j.benchmarks.problems.bbob.Transformations.lambda;
import static org.hpo4j.benchmarks.problems.bbob.Transformations.minus;
import static org.hpo4j.benchmarks.problems.bbob.Transformations.osz;
import static org.hpo4j.benchmarks.problems.bbob.Transformations.penalty;

import java.util.function.ToDoubleFunction;

/** The functions with many valleys, and Rosenbrock's bent one. Each is 0 at its optimum. */
final class Multimodal {

  private Multimodal() {}

  /** f3: Rastrigin's function of z = Lambda^10 T_asy^0.2(T_osz(x - x_opt)). */
  static ToDoubleFunction<double[]> separableRastrigin(Instance instance) {
    double[] optimum = instance.optimum();
    return x -> rastrigin(lambda(10, asy(0.2, osz(minus(x, optimum)))));
  }

  /** f15: Rastrigin's function of z = R Lambda^10 Q T_asy^0.2(T_osz(R (x - x_opt))). */
  static ToDoubleFunction<double[]> rastrigin(Instance instance) {
    double[] optimum = instance.optimum();
    Rotation q = instance.rotation("Q");
    Rotation r = instance.rotation("R");
    return x -> rastrigin(r.times(lambda(10, q.times(asy(0.2, osz(r.times(minus(x, optimum))))))));
  }

  /** 10 (D - sum cos(2 pi z_i)) + |z|^2. */
  private static double rastrigin(double[] z) {
    double sum = 0;
    for (double zi : z) {
      sum += 10 * (1 - StrictMath.cos(2 * Math.PI * zi)) + zi * zi;
    }
    return sum;
  }

  /** f9: sum 100 (z_i^2 - z_{i+1})^2 + (z_i - 1)^2, z = max(1, sqrt(D) / 8) R x + 1/2. */
  static ToDoubleFunction<double[]> rosenbrock(Instance instance) {
    Rotation r = instance.rotation("R");
    return x -> {
      double[] z = valley(r, x);
      double sum = 0;
      for (int i = 0; i + 1 < z.length; i++) {
        sum += rosenbrockTerm(z, i);
      }
      return sum;
    };
  }

  /** f19: 10 / (D - 1) sum (s_i / 4000 - cos(s_i)) + 10 of the terms s_i of f9. */
  static ToDoubleFunction<double[]> griewankRosenbrock(Instance instance) {
    Rotation r = instance.rotation("R");
    return x -> {
      double[] z = valley(r, x);
      double sum = 0;
      for (int i = 0; i + 1 < z.length; i++) {
        double s = rosenbrockTerm(z, i);
        sum += s / 4000 + (1 - StrictMath.cos(s));
      }
      return 10 * sum / (z.length - 1);
    };
  }

  private static double[] valley(Rotation r, double[] x) {
    return affine(Math.max(1, StrictMath.sqrt(x.length) / 8), r.times(x), 0.5);
  }

  private static double rosenbrockTerm(double[] z, int i) {
    double u = z[i] * z[i] - z[i + 1];
    double v = z[i] - 1;
    return 100 * u * u + v * v;
  }

  /**
   * f16: 10 (1/D sum_i sum_{k=0}^{11} 2^-k cos(2 pi 3^k (z_i + 1/2)) - f_0)^3 + 10/D f_pen, z = R
   * Lambda^(1/100) Q T_osz(R (x - x_opt)), f_0 the inner sum at z_i = 0.
   */
  static ToDoubleFunction<double[]> weierstrass(Instance instance) {
    double[] optimum = instance.optimum();
    Rotation q = instance.rotation("Q");
    Rotation r = instance.rotation("R");
    return x -> {
      double[] z = r.times(lambda(0.01, q.times(osz(r.times(minus(x, optimum))))));
      double sum = 0;
      for (double zi : z) {
        for (int k = 0; k <= 11; k++) {
          double wave = 2 * Math.PI * StrictMath.pow(3, k);
          sum += (StrictMath.cos(wave * (zi + 0.5)) - StrictMath.cos(wave * 0.5)) / (1 << k);
        }
      }
      double mean = sum / x.length;
      return 10 * mean * mean * mean + 10 * penalty(x) / x.length;
    };
  }

  /**
   * f17: (1/(D-1) sum sqrt(s_i) (1 + sin^2(50 s_i^(1/5))))^2 + 10 f_pen, s_i = sqrt(z_i^2 +
   * z_{i+1}^2), z = Lambda^10 Q T_asy^0.5(R (x - x_opt)).
   */
  static ToDoubleFunction<double[]> schaffers(Instance instance) {
    double[] optimum = instance.optimum();
    Rotation q = instance.rotation("Q");
    Rotation r = instance.rotation("R");
    return x -> {
      double[] z = lambda(10, q.times(asy(0.5, r.times(minus(x, optimum)))));
      double sum = 0;
      for (int i = 0; i + 1 < z.length; i++) {
        double s = StrictMath.sqrt(z[i] * z[i] + z[i + 1] * z[i + 1]);
        double wave = StrictMath.sin(50 * StrictMath.pow(s, 0.2));
        sum += StrictMath.sqrt(s) * (1 + wave * wave);
      }
      double mean = sum / (z.length - 1);
      return mean * mean + 10 * penalty(x);
    };
  }

  /**
   * f20: -1/(100 D) sum z_i sin(sqrt(|z_i|)) + 4.189828872724339 + 100 f_pen(z / 100). With signs
   * s: x^ = 2 s x; z^_1 = x^_1, z^_{i+1} = x^_{i+1} + (x^_i - 2 |x_opt,i|) / 4; z = 100 (Lambda^10
   * (z^ - 2 |x_opt|) + 2 |x_opt|); x_opt = s 4.2096874633 / 2.
   */
  static ToDoubleFunction<double[]> schwefel(Instance instance) {
    double[] signs = instance.signs();
    double twice = 4.2096874633;
    return x -> {
      double[] distance = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        double before = i == 0 ? 0 : 0.25 * (2 * signs[i - 1] * x[i - 1] - twice);
        distance[i] = 2 * signs[i] * x[i] + before - twice;
      }
      double[] z = affine(100, lambda(10, distance), 100 * twice);
      double sum = 0;
      for (double zi : z) {
        sum += zi * StrictMath.sin(StrictMath.sqrt(Math.abs(zi)));
      }
      return 4.189828872724339 - sum / (100 * x.length) + 100 * penalty(affine(0.01, z, 0));
    };
  }
}

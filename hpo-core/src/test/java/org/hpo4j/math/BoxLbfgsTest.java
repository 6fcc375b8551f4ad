package org.hpo4j.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BoxLbfgsTest {

  private static double[] filled(int n, double value) {
    double[] x = new double[n];
    Arrays.fill(x, value);
    return x;
  }

  private static double rosenbrock(double[] x, double[] gradient) {
    Arrays.fill(gradient, 0);
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double a = x[i + 1] - x[i] * x[i];
      double b = 1 - x[i];
      sum += 100 * a * a + b * b;
      gradient[i] += -400 * a * x[i] - 2 * b;
      gradient[i + 1] += 200 * a;
    }
    return sum;
  }

  @Test
  void findsTheEndOfACurvedValley() {
    BoxLbfgs lbfgs = new BoxLbfgs(6);
    double[] x = filled(6, -1.2);
    double value =
        lbfgs.minimize(BoxLbfgsTest::rosenbrock, x, filled(6, -5), filled(6, 5), 0.1, 1e-14, 1000);
    assertThat(value).isLessThan(1e-9);
    assertThat(x).containsExactly(filled(6, 1), within(1e-4));
  }

  @Test
  void findsAMinimumOnTheBoundary() {
    // Rosenbrock's minimum in two dimensions with x0 <= 0.5 is (0.5, 0.25).
    BoxLbfgs lbfgs = new BoxLbfgs(2);
    double[] x = {-1.2, 1};
    double[] high = {0.5, 5};
    lbfgs.minimize(BoxLbfgsTest::rosenbrock, x, filled(2, -5), high, 0.1, 1e-14, 500);
    assertThat(x).containsExactly(new double[] {0.5, 0.25}, within(1e-5));
  }

  @Test
  void staysInTheBox() {
    BoxLbfgs lbfgs = new BoxLbfgs(3);
    DifferentiableFunction checked =
        (x, gradient) -> {
          for (double xi : x) {
            assertThat(xi).isBetween(-0.5, 0.75);
          }
          return rosenbrock(x, gradient);
        };
    double[] x = {-0.5, 0.75, 0};
    lbfgs.minimize(checked, x, filled(3, -0.5), filled(3, 0.75), 10, 0, 200);
    assertThat(x[0]).isEqualTo(0.75, within(1e-3));
  }

  @Test
  void leavesAVariableWithoutRoomAlone() {
    BoxLbfgs lbfgs = new BoxLbfgs(2);
    double[] x = {0.3, 0};
    lbfgs.minimize(
        BoxLbfgsTest::rosenbrock, x, new double[] {0.3, -5}, new double[] {0.3, 5}, 0.1, 0, 200);
    assertThat(x).containsExactly(new double[] {0.3, 0.09}, within(1e-8));
  }

  @Test
  void stepsBackFromWhereTheFunctionIsNotDefined() {
    BoxLbfgs lbfgs = new BoxLbfgs(1);
    DifferentiableFunction minusLogPlus =
        (x, gradient) -> {
          gradient[0] = 1 - 1 / x[0];
          return x[0] > 0 ? x[0] - Math.log(x[0]) : Double.NaN;
        };
    double[] x = {4};
    lbfgs.minimize(minusLogPlus, x, new double[] {-100}, new double[] {100}, 50, 0, 200);
    assertThat(x[0]).isEqualTo(1, within(1e-6));
  }

  @Test
  void usesNoMoreEvaluationsThanAllowed() {
    BoxLbfgs lbfgs = new BoxLbfgs(6);
    int[] count = {0};
    lbfgs.minimize(
        (x, gradient) -> {
          count[0]++;
          return rosenbrock(x, gradient);
        },
        filled(6, -1.2),
        filled(6, -5),
        filled(6, 5),
        0.1,
        0,
        17);
    assertThat(count[0]).isEqualTo(17);
    assertThat(lbfgs.evaluations()).isEqualTo(17);
  }
}

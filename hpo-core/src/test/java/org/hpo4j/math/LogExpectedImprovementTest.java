package org.hpo4j.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogExpectedImprovementTest {

  /**
   * z, log h(z), phi(z) / h(z) and Phi(z) / h(z), by mpmath 1.4.1 with 400 digits, rounded to
   * double; below -60 by the asymptotic series to 50 digits.
   */
  private static final double[][] REFERENCE = {
    {1e100, 230.25850929940458, 0, 1e-100},
    {1e10, 23.025850929940457, 0, 1e-10},
    {1000, 6.907755278982137, 0, 0.001},
    {5, 1.6094379231264313, 2.9734389976756013e-07, 0.19999994053122006},
    {1, 0.08002621884930694, 0.22336127479826073, 0.7766387252017393},
    {0.5, -0.3598276837450638, 0.504538640997945, 0.9909227180041099},
    {1e-10, -0.9189385330793414, 0.9999999998746686, 1.2533141372584207},
    {0, -0.9189385332046728, 1.0, 1.2533141373155003},
    {-1e-10, -0.9189385333300042, 1.0000000001253313, 1.2533141373725798},
    {-0.5, -1.6205162643873199, 1.7799365741740398, 1.5598731483480797},
    {-0.9999, -2.484930602199176, 2.9040086162735763, 1.904199036177194},
    {-1, -2.4851210257126413, 2.9042712333296916, 1.9042712333296918},
    {-1.0001, -2.485311456445883, 2.904533866059699, 1.9043434317165273},
    {-2, -4.768783523917114, 6.358833767911172, 2.679416883955586},
    {-5, -16.74430116266099, 27.809081206440442, 5.361816241288088},
    {-10, -55.55312203612235, 102.94383033412554, 10.194383033412553},
    {-20, -206.9178385094251, 402.9852562220256, 20.099262811101283},
    {-24.999, -319.8363844596842, 627.9405061054254, 25.078623389152582},
    {-25, -319.86146358149597, 627.9905058566633, 25.07962023426653},
    {-25.001, -319.8865437001529, 628.0405076078124, 25.08061707962931},
    {-38, -730.1961834021138, 1446.9958648815705, 38.05252276004133},
    {-100, -5010.12957880025, 10002.999400419587, 100.01999400419587},
    {-1e3, -500014.73445209116, 1000002.999994, 1000.001999994},
    {-1e5, -5000000023.94479, 10000000003.0, 100000.00002},
    {-1e10, -5.0e19, 1e20, 1e10},
    {-1e50, -5.000000000000001e99, 1.0000000000000002e100, 1e50},
    {-1e150, -4.9999999999999995e299, 9.999999999999999e299, 1e150},
  };

  @Test
  void isExactOverManyDecades() {
    for (double[] row : REFERENCE) {
      double tolerance = 1e-12 * Math.max(1, Math.abs(row[1]));
      assertThat(LogExpectedImprovement.value(row[0])).isCloseTo(row[1], within(tolerance));
    }
  }

  @Test
  void itsDerivativesAreExactOverManyDecades() {
    for (double[] row : REFERENCE) {
      assertThat(LogExpectedImprovement.densityRatio(row[0]))
          .describedAs("phi/h at %s", row[0])
          .isCloseTo(row[2], within(1e-12 * row[2]));
      assertThat(LogExpectedImprovement.slope(row[0]))
          .describedAs("Phi/h at %s", row[0])
          .isCloseTo(row[3], within(1e-12 * row[3]));
    }
  }

  @Test
  void grows() {
    double last = Double.NEGATIVE_INFINITY;
    for (double z = -60; z < 10; z += 1e-3) {
      double value = LogExpectedImprovement.value(z);
      assertThat(value).isGreaterThan(last);
      last = value;
    }
  }
}

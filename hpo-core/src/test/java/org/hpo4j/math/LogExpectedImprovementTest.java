package org.hpo4j.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogExpectedImprovementTest {

  /**
   * z, log h(z), phi(z) / h(z) and Phi(z) / h(z), by mpmath 1.4.1 with 400 digits; below -60 by the
   * asymptotic series to 50 digits.
   */
  private static final double[][] REFERENCE = {
    {1e100, 230.25850929940457, 0, 1e-100},
    {1e10, 23.025850929940457, 0, 1e-10},
    {1000, 6.9077552789821371, 0, 0.001},
    {5, 1.6094379231264314, 2.9734389976756012e-7, 0.19999994053122005},
    {1, 0.08002621884930694, 0.22336127479826074, 0.77663872520173926},
    {0.5, -0.35982768374506382, 0.50453864099794502, 0.99092271800410996},
    {1e-10, -0.91893853307934133, 0.99999999987466859, 1.2533141372584206},
    {0, -0.91893853320467274, 1.0, 1.2533141373155003},
    {-1e-10, -0.91893853333000416, 1.0000000001253314, 1.2533141373725799},
    {-0.5, -1.6205162643873199, 1.7799365741740398, 1.5598731483480797},
    {-0.9999, -2.4849306021991763, 2.9040086162735765, 1.9041990361771942},
    {-1, -2.4851210257126413, 2.9042712333296918, 1.9042712333296918},
    {-1.0001, -2.4853114564458833, 2.904533866059699, 1.9043434317165274},
    {-2, -4.7687835239171142, 6.358833767911172, 2.679416883955586},
    {-5, -16.74430116266099, 27.809081206440443, 5.3618162412880885},
    {-10, -55.553122036122356, 102.94383033412553, 10.194383033412553},
    {-20, -206.9178385094251, 402.98525622202564, 20.099262811101282},
    {-24.999, -319.83638445968423, 627.94050610542538, 25.078623389152582},
    {-25, -319.86146358149595, 627.99050585666332, 25.079620234266533},
    {-25.001, -319.88654370015291, 628.04050760781243, 25.080617079629311},
    {-38, -730.19618340211374, 1446.9958648815705, 38.052522760041328},
    {-100, -5010.1295788002498, 10002.999400419587, 100.01999400419587},
    {-1e3, -500014.73445209116, 1000002.999994, 1000.001999994},
    {-1e5, -5000000023.9447895, 10000000003.0, 100000.00002},
    {-1e10, -5.0e19, 1e20, 1e10},
    {-1e50, -5.0000000000000008e99, 1.0000000000000002e100, 1.0000000000000001e50},
    {-1e150, -4.9999999999999998e299, 9.9999999999999996e299, 9.9999999999999998e149},
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

package org.hpo4j.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSpaceTest {

  private static final double ZERO = Double.NEGATIVE_INFINITY;

  @Test
  void sumsWhereTheTermsThemselvesUnderflowOrOverflow() {
    double log3 = Math.log(3);
    assertThat(LogSpace.sumExp(new double[] {-1e6, -1e6 + Math.log(2)}, 0, 2))
        .isCloseTo(-1e6 + log3, within(1e-9));
    assertThat(LogSpace.sumExp(new double[] {1e6, 1e6, 1e6}, 0, 3))
        .isCloseTo(1e6 + log3, within(1e-9));
  }

  @Test
  void readsOnlyTheRange() {
    assertThat(LogSpace.sumExp(new double[] {5, 0, 5}, 1, 2)).isZero();
  }

  @Test
  void sumOfNothingIsZero() {
    assertThat(LogSpace.sumExp(new double[0], 0, 0)).isEqualTo(ZERO);
    assertThat(LogSpace.sumExp(new double[] {ZERO, ZERO}, 0, 2)).isEqualTo(ZERO);
  }

  @Test
  void leavesOutNoMoreThanItSays() {
    double[] terms = new double[10_001];
    java.util.Arrays.fill(terms, -LogSpace.NEGLIGIBLE);
    terms[0] = 0;
    assertThat(LogSpace.sumExp(terms, 0, terms.length)).isCloseTo(0, within(10_000 * 4.3e-18));
  }

  /** mpmath 1.4.1, 30 digits: log(1 - exp(x)). */
  @ParameterizedTest
  @CsvSource({
    "-1e-100, -230.258509299404568381807245666",
    "-1e-8, -18.4206807489523654470547042453",
    "-0.5, -0.932752129567188571894641000149",
    "-0.7, -0.686341002808385153499215298293",
    "-1, -0.458675145387081891021643645067",
    "-50, -1.92874984796391778301752882033e-22",
    "-700, -9.85967654375977085670537294785e-305"
  })
  void complementIsExact(double x, double expected) {
    assertThat(LogSpace.log1mExp(x)).isCloseTo(expected, within(1e-14 * Math.abs(expected)));
  }

  @Test
  void complementOfMoreThanOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogSpace.log1mExp(1e-3))
        .withMessageContaining("0.001");
  }
}

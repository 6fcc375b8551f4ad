package org.hpo4j.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.hpo4j.space.RealDomain.Shape;
import org.junit.jupiter.api.Test;

class RealDomainTest {

  private static final RealDomain CHANNELS = RealDomain.of(Shape.UNIFORM, 3, 120, 0.8);

  @Test
  void quniformHoldsTheMultiplesInsideItsBounds() {
    assertThat(CHANNELS.cardinality()).isEqualTo(147);
    assertThat(CHANNELS.low()).isEqualTo(3.2);
    assertThat(CHANNELS.high()).isEqualTo(120);
    assertThat(CHANNELS.contains(3)).isFalse();
    assertThat(CHANNELS.contains(2.4)).isFalse();
    assertThat(CHANNELS.contains(120.8)).isFalse();
  }

  @Test
  void multiplesAreTheDoublesOfTheirDecimals() {
    BigDecimal q = new BigDecimal("0.8");
    for (int i = 0; i < 147; i++) {
      double expected = q.multiply(BigDecimal.valueOf(i + 4)).doubleValue();
      assertThat(CHANNELS.codeAt(i)).isEqualTo(expected);
      assertThat(CHANNELS.label(expected).length()).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void multiplesOfEqualWidthOwnEqualCells() {
    for (int i = 0; i < 147; i++) {
      double code = CHANNELS.codeAt(i);
      assertThat(CHANNELS.cellHigh(code) - CHANNELS.cellLow(code))
          .isCloseTo(1.0 / 147, org.assertj.core.api.Assertions.within(1e-13));
    }
  }

  @Test
  void aProductThatIsOffByRoundingIsTakenAsTheMultiple() {
    double product = 7 * 0.8;
    assertThat(product).isNotEqualTo(5.6);

    assertThat(CHANNELS.encode(product)).isEqualTo(5.6);
    assertThatThrownBy(() -> CHANNELS.encode(5.61)).hasMessageContaining("5.61 is not in");
  }

  @Test
  void numbersOfOtherTypesAreTaken() {
    assertThat(CHANNELS.encode(4)).isEqualTo(4);
    assertThat(CHANNELS.encode(new BigDecimal("5.6"))).isEqualTo(5.6);
  }

  @Test
  void valuesInTheTailsOfAnUnboundedLawMayBeEnqueued() {
    RealDomain normal = RealDomain.of(Shape.NORMAL, 0, 1, 0);

    assertThat(normal.encode(50.0)).isEqualTo(50);
    assertThat(normal.toUnit(50)).isEqualTo(1);
  }

  @Test
  void quantizedLogNormalIncludesZeroButNothingBelow() {
    RealDomain domain = RealDomain.of(Shape.LOG_NORMAL, 0, 1, 0.5);

    assertThat(domain.low()).isZero();
    assertThat(domain.contains(0)).isTrue();
    assertThat(domain.contains(-0.5)).isFalse();
  }

  @Test
  void zerosOfBothSignsAreOneBound() {
    RealDomain negative = RealDomain.of(Shape.UNIFORM, -0.0, 1, 0);
    RealDomain positive = RealDomain.of(Shape.UNIFORM, 0.0, 1, 0);

    assertThat(negative).isEqualTo(positive).hasSameHashCodeAs(positive);
    assertThat(negative.describe()).isEqualTo("uniform(0.0, 1.0)");
  }

  @Test
  void domainsDifferByShapeBoundsAndStep() {
    assertThat(CHANNELS)
        .isEqualTo(RealDomain.of(Shape.UNIFORM, 3, 120, 0.8))
        .isNotEqualTo(RealDomain.of(Shape.UNIFORM, 3, 120, 0.4))
        .isNotEqualTo(RealDomain.of(Shape.UNIFORM, 3, 121, 0.8))
        .isNotEqualTo(RealDomain.of(Shape.LOG_UNIFORM, 3, 120, 0.8));
  }
}

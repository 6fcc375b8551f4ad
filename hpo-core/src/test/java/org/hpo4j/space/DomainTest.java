package org.hpo4j.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.KeyedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every domain promises, over all of {@link DomainExamples}. */
class DomainTest {

  private static final double[] PLACES = {
    Double.NEGATIVE_INFINITY,
    -1,
    0,
    Double.MIN_VALUE,
    1e-18,
    1e-9,
    0.1,
    0.25,
    0.5,
    0.75,
    0.9,
    1 - 1e-9,
    Math.nextDown(1.0),
    1,
    2,
    Double.POSITIVE_INFINITY
  };

  static List<Domain<?>> all() {
    return DomainExamples.all();
  }

  static List<Domain<?>> continuous() {
    return DomainExamples.continuous();
  }

  static List<Domain<?>> discrete() {
    return DomainExamples.discrete();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyPlaceOfUnitSpaceHasAValue(Domain<?> domain) {
    double previous = Double.NEGATIVE_INFINITY;
    for (double u : PLACES) {
      double code = domain.fromUnit(u);
      assertThat(domain.contains(code)).as("%s at %s", code, u).isTrue();
      assertThat(code).as("at %s", u).isGreaterThanOrEqualTo(previous);
      previous = code;
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void valuesAndCodesMapToEachOther(Domain<?> domain) {
    UniformRandomProvider random = KeyedRandom.of(2, 0, domain.describe());
    for (int i = 0; i < 100; i++) {
      double code = domain.fromUnit(random.nextDouble());
      assertThat(domain.encode(domain.decode(code))).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @MethodSource("continuous")
  void continuousPlacesSurviveTheRoundTrip(Domain<?> domain) {
    UniformRandomProvider random = KeyedRandom.of(3, 0, domain.describe());
    boolean single = domain.cardinality() == 1;
    // Neighbouring doubles of a value are this far apart in unit space at most.
    double resolution = single ? 0 : resolution(domain);
    for (int i = 0; i < 100; i++) {
      double u = random.nextDouble();
      double back = domain.toUnit(domain.fromUnit(u));
      assertThat(back).isCloseTo(single ? 0.5 : u, within(1e-12 + 4 * resolution));
    }
  }

  private static double resolution(Domain<?> domain) {
    double widest = 0;
    for (double u : new double[] {1e-6, 0.25, 0.5, 0.75, 1 - 1e-6}) {
      double x = domain.fromUnit(u);
      widest = Math.max(widest, domain.toUnit(Math.nextUp(x)) - domain.toUnit(x));
    }
    return widest;
  }

  @ParameterizedTest
  @MethodSource("discrete")
  void cellsPartitionUnitSpace(Domain<?> domain) {
    double edge = 0;
    for (long i = 0; i < domain.cardinality(); i++) {
      double code = domain.codeAt(i);
      assertThat(domain.cellLow(code)).isCloseTo(edge, within(1e-12));
      assertThat(domain.cellHigh(code)).isGreaterThan(domain.cellLow(code));
      edge = domain.cellHigh(code);
    }
    assertThat(edge).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("discrete")
  void everyCellMapsToItsValue(Domain<?> domain) {
    for (long i = 0; i < domain.cardinality(); i++) {
      double code = domain.codeAt(i);
      double low = domain.cellLow(code);
      double high = domain.cellHigh(code);
      assertThat(domain.fromUnit(domain.toUnit(code))).isEqualTo(code);
      assertThat(domain.fromUnit(low + 0.01 * (high - low))).isEqualTo(code);
      assertThat(domain.fromUnit(high - 0.01 * (high - low))).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @MethodSource("discrete")
  void valuesAreEnumeratedInOrderEachWithItsOwnLabel(Domain<?> domain) {
    double previous = Double.NEGATIVE_INFINITY;
    Set<String> labels = new HashSet<>();
    for (long i = 0; i < domain.cardinality(); i++) {
      double code = domain.codeAt(i);
      assertThat(code).isGreaterThan(previous);
      assertThat(domain.contains(code)).isTrue();
      assertThat(labels.add(domain.label(code))).isTrue();
      previous = code;
    }
    for (long outside : new long[] {-1, domain.cardinality()}) {
      assertThatThrownBy(() -> domain.codeAt(outside))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no value at index " + outside);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void codesThatAreNoNumbersAreOutside(Domain<?> domain) {
    for (double code :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertThat(domain.contains(code)).isFalse();
      assertThatThrownBy(() -> domain.decode(code))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(domain.describe());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void foreignValuesAreRefusedNamingTheDomain(Domain<?> domain) {
    assertThatThrownBy(() -> domain.encode("no such value"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such value")
        .hasMessageContaining(domain.describe());
  }

  @Test
  void quantizedUnboundedDomainsHaveCellsThatMeet() {
    for (RealDomain domain :
        List.of(
            DomainExamples.real(RealDomain.Shape.NORMAL, 10, 3, 0.5),
            DomainExamples.real(RealDomain.Shape.LOG_NORMAL, 0, 1, 1))) {
      double edge = domain.cellLow(domain.low());
      assertThat(edge).isCloseTo(0, within(1e-15));
      int count = (int) Math.round((domain.high() - domain.low()) / domain.step());
      for (int i = 0; i <= count; i++) {
        double code = domain.low() + i * domain.step();
        assertThat(domain.contains(code)).isTrue();
        assertThat(domain.cellLow(code)).isCloseTo(edge, within(1e-15));
        edge = domain.cellHigh(code);
      }
      assertThat(edge).isCloseTo(1, within(1e-15));
    }
  }
}

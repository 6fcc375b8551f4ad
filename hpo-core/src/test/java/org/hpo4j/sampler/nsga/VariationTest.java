package org.hpo4j.sampler.nsga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logInteger;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.normal;
import static org.hpo4j.space.Parameters.ordinal;
import static org.hpo4j.space.Parameters.quniform;
import static org.hpo4j.space.Parameters.uniform;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hpo4j.math.KeyedRandom;
import org.hpo4j.space.Domain;
import org.hpo4j.space.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VariationTest {

  private final Variation variation =
      new Variation(NsgaSettings.DEFAULTS, KeyedRandom.of(1, 0, "test"));

  static Stream<Parameter<?>> parameters() {
    return Stream.of(
        uniform("u", -3, 8),
        logUniform("l", 1e-9, 1),
        normal("n", 1, 2),
        integer("two", 0, 1),
        integer("i", -5, 5, 3),
        integer("huge", Integer.MIN_VALUE, Integer.MAX_VALUE),
        logInteger("li", 1, 300),
        quniform("q", 3, 120, 0.8),
        ordinal("o", "s", "m", "l"),
        choice("c", "a", "b", "c"));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void childrenAreInTheDomain(Parameter<?> parameter) {
    Domain<?> domain = parameter.domain();
    for (int i = 0; i < 2_000; i++) {
      double a = variation.fresh(domain);
      double b = i % 10 == 0 ? domain.fromUnit(i % 20 / 10.0) : variation.fresh(domain);
      assertThat(domain.contains(variation.cross(domain, a, b))).isTrue();
      assertThat(domain.contains(variation.mutate(domain, b))).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void aMutationChangesADiscreteValueWithAnOrder(Parameter<?> parameter) {
    Domain<?> domain = parameter.domain();
    for (int i = 0; i < 2_000 && !domain.isNominal() && !domain.isContinuous(); i++) {
      double code = domain.fromUnit(i / 1999.0);
      assertThat(variation.mutate(domain, code)).isNotEqualTo(code);
    }
  }

  /** Standard errors are below 0.001. */
  @Test
  void crossoverKeepsTheMiddleOfTheParentsAndSpreadsAboutThem() {
    Domain<?> domain = uniform("u", 0, 1).domain();
    double[] children =
        IntStream.range(0, 40_000).mapToDouble(i -> variation.cross(domain, 0.4, 0.6)).toArray();
    assertThat(IntStream.range(0, children.length).mapToDouble(i -> children[i]).average())
        .hasValueCloseTo(0.5, within(0.005));
    assertThat(IntStream.range(0, children.length).filter(i -> children[i] > 0.6).count())
        .isGreaterThan(2_000);
  }

  @Test
  void crossoverTakesEitherParentsOption() {
    Domain<?> domain = choice("c", "a", "b", "c").domain();
    double[] children =
        IntStream.range(0, 1_000).mapToDouble(i -> variation.cross(domain, 0, 2)).toArray();
    assertThat(children).containsOnly(0, 2).contains(0).contains(2);
  }
}

package org.hpo4j.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterTest {

  @Test
  void weightsWhoseSumOverflowsAreStillInProportion() {
    CategoricalDomain<String> huge =
        CategoricalDomain.of(List.of("a", "b")).withWeights(Double.MAX_VALUE, Double.MAX_VALUE / 3);

    assertThat(huge.probability(0)).isCloseTo(0.75, within(1e-15));
    assertThat(huge.probability(1)).isCloseTo(0.25, within(1e-15));
  }

  @Test
  void theDefaultOfAnOrderedDomainIsItsMedian() {
    assertThat(Parameters.uniform("p", 1, 3).defaultValue()).isEqualTo(2);
    assertThat(Parameters.logUniform("p", 1e-4, 1).defaultValue())
        .isCloseTo(0.01, org.assertj.core.api.Assertions.within(1e-15));
    assertThat(Parameters.normal("p", 5, 2).defaultValue()).isEqualTo(5);
    assertThat(Parameters.integer("p", 1, 9).defaultValue()).isEqualTo(5);
    assertThat(Parameters.quniform("p", 0, 1, 0.5).defaultValue()).isEqualTo(0.5);
    assertThat(Parameters.ordinal("p", "s", "m", "l").defaultValue()).isEqualTo("m");
  }

  @Test
  void theDefaultOfAChoiceIsItsFirstOption() {
    assertThat(Parameters.choice("p", "b", "a").defaultValue()).isEqualTo("b");
    assertThat(Parameters.weightedChoice("p", List.of("b", "a"), 1, 9).defaultValue())
        .isEqualTo("b");
    assertThat(Parameters.bool("p").defaultValue()).isFalse();
    assertThat(Parameters.fixed("p", 3).defaultValue()).isEqualTo(3);
  }

  @Test
  void theDefaultCanBeChosen() {
    assertThat(Parameters.uniform("p", 1, 3).withDefault(2.5).defaultValue()).isEqualTo(2.5);
    assertThat(Parameters.choice("p", "b", "a").withDefault("a").defaultValue()).isEqualTo("a");
  }

  @Test
  void equalNamesDomainsAndDefaultsAreEqualParameters() {
    Parameter<Double> p = Parameters.uniform("p", 1, 3);

    assertThat(p)
        .isEqualTo(Parameters.uniform("p", 1, 3))
        .isNotEqualTo(Parameters.uniform("q", 1, 3))
        .isNotEqualTo(Parameters.uniform("p", 1, 4))
        .isNotEqualTo(p.withDefault(1.0));
  }

  @Test
  void aChoiceGivesTheObjectItself() {
    Object option = List.of(64, 32);
    Parameter<Object> p = Parameters.choice("layers", option, List.of(128));

    assertThat(p.domain().decode(0)).isSameAs(option);
  }

  @Test
  void enumsAndClassesAreLabelledByTheirNames() {
    assertThat(Parameters.choice("p", RoundingMode.UP, RoundingMode.DOWN).domain().label(1))
        .isEqualTo("DOWN");
    assertThat(Parameters.<Class<?>>choice("p", String.class, List.class).domain().label(0))
        .isEqualTo("java.lang.String");
  }

  @Test
  void booleansAreFalseAndTrueInThisOrder() {
    assertThat(Parameters.bool("p").domain().decode(0)).isFalse();
    assertThat(Parameters.bool("p").domain().decode(1)).isTrue();
    assertThat(Parameters.bool("p").encode("true")).isEqualTo(1);
  }

  @Test
  void integersCutHighToTheirGrid() {
    assertThat(Parameters.integer("p", 1, 10, 4)).isEqualTo(Parameters.integer("p", 1, 9, 4));
    assertThat(Parameters.integer("p", 1, 10, 4).domain().contains(10)).isFalse();
  }
}

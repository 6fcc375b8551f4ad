package org.hpo4j.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConstraintTest {

  private static final Parameter<Integer> X = Parameters.integer("x", 0, 10);
  private static final Parameter<Integer> Y = Parameters.integer("y", 0, 10);

  private static Configuration xy(int x, int y) {
    return Configuration.builder().set(X, x).set(Y, y).build();
  }

  @Test
  void orders() {
    assertThat(Constraint.lessThan(X, Y).isSatisfiedBy(xy(1, 2))).isTrue();
    assertThat(Constraint.lessThan(X, Y).isSatisfiedBy(xy(2, 2))).isFalse();
    assertThat(Constraint.atMost(X, Y).isSatisfiedBy(xy(2, 2))).isTrue();
    assertThat(Constraint.atMost(X, Y).isSatisfiedBy(xy(3, 2))).isFalse();
  }

  @Test
  void sums() {
    assertThat(Constraint.sumAtMost(5, X, Y).isSatisfiedBy(xy(2, 3))).isTrue();
    assertThat(Constraint.sumAtMost(5, X, Y).isSatisfiedBy(xy(3, 3))).isFalse();
    assertThat(Constraint.sumAtLeast(5, X, Y).isSatisfiedBy(xy(2, 3))).isTrue();
    assertThat(Constraint.sumAtLeast(5, X, Y).isSatisfiedBy(xy(2, 2))).isFalse();
  }

  @Test
  void sumsMixTypesOfNumbers() {
    Parameter<Double> z = Parameters.uniform("z", 0, 1);
    Configuration configuration = xy(1, 0).toBuilder().set(z, 0.5).build();

    assertThat(Constraint.sumAtMost(1.5, X, z).isSatisfiedBy(configuration)).isTrue();
    assertThat(Constraint.sumAtMost(1.4, X, z).isSatisfiedBy(configuration)).isFalse();
  }

  @Test
  void anyPredicate() {
    Constraint even = Constraint.that("x is even", c -> c.get(X) % 2 == 0, X);

    assertThat(even.isSatisfiedBy(xy(2, 0))).isTrue();
    assertThat(even.isSatisfiedBy(xy(3, 0))).isFalse();
  }

  @Test
  void conditionsOnInactiveParametersHold() {
    Configuration onlyX = Configuration.builder().set(X, 9).build();

    assertThat(Constraint.lessThan(X, Y).isSatisfiedBy(onlyX)).isTrue();
  }

  @Test
  void conditionsAreDescribed() {
    assertThat(Constraint.lessThan(X, Y)).hasToString("x < y");
    assertThat(Constraint.atMost(X, Y)).hasToString("x <= y");
    assertThat(Constraint.sumAtMost(5, X, Y)).hasToString("x + y <= 5.0");
    assertThat(Constraint.sumAtLeast(5, X, Y)).hasToString("x + y >= 5.0");
  }

  @Test
  void sumsNeedALimitAndTerms() {
    assertThatThrownBy(() -> Constraint.sumAtMost(Double.NaN, X))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> Constraint.sumAtLeast(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one parameter");
  }
}

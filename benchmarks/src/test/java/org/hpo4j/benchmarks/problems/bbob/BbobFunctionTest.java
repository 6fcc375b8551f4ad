package org.hpo4j.benchmarks.problems.bbob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.hpo4j.math.KeyedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BbobFunctionTest {

  /** The functions whose optimum is the instance's. */
  static Stream<Function<Instance, ToDoubleFunction<double[]>>> shifted() {
    return Stream.of(
        Unimodal::sphere,
        Unimodal::ellipsoid,
        Unimodal::attractiveSector,
        Unimodal::stepEllipsoid,
        Unimodal::discus,
        Unimodal::bentCigar,
        Unimodal::sharpRidge,
        Unimodal::differentPowers,
        Multimodal::separableRastrigin,
        Multimodal::rastrigin,
        Multimodal::weierstrass,
        Multimodal::schaffers,
        Gallagher::new);
  }

  @ParameterizedTest
  @MethodSource("shifted")
  void theOptimumHasTheValueZero(Function<Instance, ToDoubleFunction<double[]>> function) {
    Instance instance = new Instance(99, 5);
    assertThat(function.apply(instance).applyAsDouble(instance.optimum())).isZero();
  }

  @Test
  void theOptimumOfTheValleysIsARotatedDiagonal() {
    Instance instance = new Instance(9, 20);
    // z = R x + 1/2 is 1 where x = R' (1/2, ..., 1/2).
    double[] half = Transformations.affine(0, new double[20], 0.5);
    double[] optimum = transposedTimes(instance.rotation("R"), half);
    assertThat(Multimodal.rosenbrock(instance).applyAsDouble(optimum)).isEqualTo(0, within(1e-20));
    assertThat(Multimodal.griewankRosenbrock(instance).applyAsDouble(optimum))
        .isEqualTo(0, within(1e-20));
  }

  @Test
  void theOptimumOfSchwefelHasTheSignsOfTheInstance() {
    Instance instance = new Instance(20, 10);
    double[] optimum = Transformations.affine(4.2096874633 / 2, instance.signs(), 0);
    assertThat(Multimodal.schwefel(instance).applyAsDouble(optimum)).isEqualTo(0, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void everyOtherPointIsWorse(BbobFunction function) {
    ToDoubleFunction<double[]> value = function.in(5);
    var random = KeyedRandom.of(1, 0, function.label());
    for (int i = 0; i < 1_000; i++) {
      double[] x = random.doubles(5, -5, 5).toArray();
      assertThat(value.applyAsDouble(x)).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInstanceIsTheSameEveryTime(BbobFunction function) {
    double[] x = {0.1, -2, 3};
    assertThat(function.in(3).applyAsDouble(x)).isEqualTo(function.in(3).applyAsDouble(x));
  }

  @Test
  void oneDimensionIsRefused() {
    assertThatThrownBy(() -> BbobFunction.SPHERE.in(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1");
  }

  /** The j-th coordinate is the product with the j-th column. */
  private static double[] transposedTimes(Rotation rotation, double[] x) {
    double[] y = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      double[] unit = new double[x.length];
      unit[j] = 1;
      double[] column = rotation.times(unit);
      for (int i = 0; i < x.length; i++) {
        y[j] += column[i] * x[i];
      }
    }
    return y;
  }
}

package org.hpo4j.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.hpo4j.math.KeyedRandom;
import org.hpo4j.space.RealDomain.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Draws follow the law that the domain states. Each of the tests fails a right implementation with
 * probability {@value #FALSE_ALARM}, all of them with less than 2e-5; the seed is fixed, so none
 * does so by chance in one build and not in the next.
 */
class DomainLawTest {

  private static final double FALSE_ALARM = 1e-6;
  private static final int DRAWS = 20_000;

  static List<Arguments> continuousLaws() {
    return List.of(
        law("uniform", DomainExamples.real(Shape.UNIFORM, -2, 6, 0), x -> (x + 2) / 8),
        law(
            "log-uniform",
            DomainExamples.real(Shape.LOG_UNIFORM, 1e-5, 10, 0),
            x -> (Math.log10(x) + 5) / 6),
        law(
            "log-uniform over 600 decades",
            DomainExamples.real(Shape.LOG_UNIFORM, 1e-300, 1e300, 0),
            x -> (Math.log10(x) + 300) / 600),
        law("normal", DomainExamples.real(Shape.NORMAL, 3, 2, 0), x -> normal((x - 3) / 2)),
        law(
            "log-normal",
            DomainExamples.real(Shape.LOG_NORMAL, 1, 0.5, 0),
            x -> normal((Math.log(x) - 1) / 0.5)));
  }

  private static Arguments law(String name, Domain<?> domain, DoubleUnaryOperator cumulative) {
    return Arguments.of(name, domain, cumulative);
  }

  private static double normal(double z) {
    return 0.5 * Erf.erfc(-z / Math.sqrt(2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("continuousLaws")
  void continuousDrawsFollowTheLaw(String name, Domain<?> domain, DoubleUnaryOperator cumulative) {
    double p = KolmogorovSmirnovTest.withDefaults().test(draws(domain), cumulative).getPValue();

    assertThat(p).as("Kolmogorov-Smirnov p-value of %s", name).isGreaterThan(FALSE_ALARM);
  }

  static List<Arguments> discreteLaws() {
    CategoricalDomain<String> choice = CategoricalDomain.of(List.of("a", "b", "c"));
    double stretch = Math.log(10.5 / 0.5);
    return List.of(
        Arguments.of("147 multiples of 0.8", quniform(), equal(147)),
        Arguments.of(
            "quniform with both ends", DomainExamples.real(Shape.UNIFORM, 0, 1, 0.1), equal(11)),
        Arguments.of("integer", new IntegerDomain(-3, 8, 1, false), equal(12)),
        Arguments.of("integer with step", new IntegerDomain(16, 128, 16, false), equal(8)),
        Arguments.of(
            "log integer",
            new IntegerDomain(1, 10, 1, true),
            IntStream.rangeClosed(1, 10)
                .mapToDouble(n -> Math.log((n + 0.5) / (n - 0.5)) / stretch)
                .toArray()),
        Arguments.of(
            "quantized log-uniform",
            DomainExamples.real(Shape.LOG_UNIFORM, 0.1, 1, 0.1),
            IntStream.rangeClosed(1, 10)
                .mapToDouble(n -> Math.log((n + 0.5) / (n - 0.5)) / stretch)
                .toArray()),
        Arguments.of("choice", choice, equal(3)),
        Arguments.of(
            "weighted choice",
            choice.withWeights(1, 5, 2),
            new double[] {1 / 8.0, 5 / 8.0, 2 / 8.0}),
        Arguments.of("ordinal", OrdinalDomain.of(List.of(1, 2, 3, 4)), equal(4)));
  }

  private static RealDomain quniform() {
    return DomainExamples.real(Shape.UNIFORM, 3, 120, 0.8);
  }

  private static double[] equal(int count) {
    double[] probabilities = new double[count];
    Arrays.fill(probabilities, 1.0 / count);
    return probabilities;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("discreteLaws")
  void discreteDrawsFollowTheLaw(String name, Domain<?> domain, double[] probabilities) {
    assertThat(domain.cardinality()).isEqualTo(probabilities.length);
    long[] counts = new long[probabilities.length];
    for (double code : draws(domain)) {
      counts[indexOf(domain, code)]++;
    }
    double[] expected = Arrays.stream(probabilities).map(p -> p * DRAWS).toArray();

    double p = ChiSquareTest.withDefaults().test(expected, counts).getPValue();

    assertThat(p).as("chi-square p-value of %s", name).isGreaterThan(FALSE_ALARM);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("quantizedUnboundedLaws")
  void quantizedUnboundedDrawsFollowTheRoundedLaw(
      String name, RealDomain domain, DoubleUnaryOperator cumulative) {
    // Values 0 to 5 steps from the lowest of the window, and all others together.
    double[] expected = new double[7];
    long[] counts = new long[7];
    double first = domain.decode(domain.fromUnit(0.1));
    double inside = 0;
    for (int i = 0; i < 6; i++) {
      double value = first + i * domain.step();
      expected[i] =
          cumulative.applyAsDouble(value + domain.step() / 2)
              - cumulative.applyAsDouble(value - domain.step() / 2);
      inside += expected[i];
    }
    expected[6] = 1 - inside;
    for (double code : draws(domain)) {
      int i = (int) Math.round((code - first) / domain.step());
      counts[i >= 0 && i < 6 ? i : 6]++;
    }

    double p =
        ChiSquareTest.withDefaults()
            .test(Arrays.stream(expected).map(e -> e * DRAWS).toArray(), counts)
            .getPValue();

    assertThat(p).as("chi-square p-value of %s", name).isGreaterThan(FALSE_ALARM);
  }

  static List<Arguments> quantizedUnboundedLaws() {
    return List.of(
        Arguments.of(
            "quantized normal",
            DomainExamples.real(Shape.NORMAL, 3, 2, 0.5),
            (DoubleUnaryOperator) x -> normal((x - 3) / 2)),
        Arguments.of(
            "quantized log-normal, 0 included",
            DomainExamples.real(Shape.LOG_NORMAL, 0, 1, 1),
            (DoubleUnaryOperator) x -> x <= 0 ? 0 : normal(Math.log(x))));
  }

  private static int indexOf(Domain<?> domain, double code) {
    for (int i = 0; i < domain.cardinality(); i++) {
      if (domain.codeAt(i) == code) {
        return i;
      }
    }
    throw new AssertionError(code + " is not among the values of " + domain);
  }

  private static double[] draws(Domain<?> domain) {
    UniformRandomProvider random = KeyedRandom.of(42, 0, domain.describe());
    double[] draws = new double[DRAWS];
    Arrays.setAll(draws, unused -> domain.fromUnit(random.nextDouble()));
    return draws;
  }
}

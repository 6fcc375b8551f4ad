package org.hpo4j.sampler.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logInteger;
import static org.hpo4j.space.Parameters.normal;
import static org.hpo4j.space.Parameters.ordinal;
import static org.hpo4j.space.Parameters.qlogUniform;
import static org.hpo4j.space.Parameters.quniform;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.weightedChoice;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.hpo4j.math.TruncatedNormal;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Domain;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelsTest {

  private static final int OBSERVATIONS = 12;
  private static final Parameter<Double> OTHER = uniform("other", 0, 1);

  /** A column of some observations, the last of which is missing. */
  private static Column column(Parameter<?> parameter) {
    TrialTable table = Histories.table();
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < OBSERVATIONS - 1; i++) {
      Histories.complete(table, Histories.random(SearchSpace.of(parameter), random), 0);
    }
    Histories.complete(table, Configuration.builder().set(OTHER, 0.5).build(), 0);
    Column column = new Column(parameter.name(), parameter.domain());
    column.read(TrialHistory.of(table));
    return column;
  }

  private static Kernels fitted(Parameter<?> parameter) {
    Column column = column(parameter);
    Domain<?> domain = parameter.domain();
    Kernels kernels =
        domain.isNominal()
            ? new NominalKernels(column, 4)
            : domain.isContinuous()
                ? new ContinuousKernels(column, new Bandwidth(0.8))
                : new CellKernels(column, new Bandwidth(0.8));
    kernels.fit(IntStream.range(0, OBSERVATIONS).toArray(), OBSERVATIONS, 0, 0);
    return kernels;
  }

  /** The relative density of each kernel at a code. */
  private static double[] densities(Kernels kernels, double code) {
    double[] sums = new double[OBSERVATIONS];
    kernels.addLogDensity(kernels.place(code), 0, OBSERVATIONS, sums, 0);
    return Arrays.stream(sums).map(Math::exp).toArray();
  }

  static Stream<Parameter<?>> continuous() {
    return Stream.of(uniform("u", -3, 8), normal("n", 1, 2));
  }

  static Stream<Parameter<?>> discrete() {
    return Stream.of(
        integer("i", 0, 9),
        integer("many", 1, 700),
        logInteger("li", 1, 300),
        quniform("q", 3, 120, 0.8),
        qlogUniform("ql", 1, 100, 2),
        ordinal("o", "s", "m", "l"),
        choice("c", "a", "b", "c"),
        weightedChoice("w", List.of("a", "b", "c"), 1, 2, 7));
  }

  /** The probability of each value under each kernel. */
  private static double[][] probabilities(Parameter<?> parameter, Kernels kernels) {
    Domain<?> domain = parameter.domain();
    double[][] probabilities = new double[(int) domain.cardinality()][];
    for (int v = 0; v < probabilities.length; v++) {
      double code = domain.codeAt(v);
      double prior = domain.cellHigh(code) - domain.cellLow(code);
      probabilities[v] =
          Arrays.stream(densities(kernels, code)).map(density -> density * prior).toArray();
    }
    return probabilities;
  }

  @ParameterizedTest
  @MethodSource("discrete")
  void probabilitiesOfAllValuesSumToOne(Parameter<?> parameter) {
    double[][] probabilities = probabilities(parameter, fitted(parameter));
    for (int kernel = 0; kernel < OBSERVATIONS; kernel++) {
      double sum = 0;
      for (double[] ofValue : probabilities) {
        sum += ofValue[kernel];
      }
      assertThat(sum).isCloseTo(1, within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("continuous")
  void densitiesIntegrateToOne(Parameter<?> parameter) {
    Kernels kernels = fitted(parameter);
    double[] integrals = new double[OBSERVATIONS];
    int points = 20_000;
    for (int k = 0; k < points; k++) {
      double[] density = densities(kernels, parameter.domain().fromUnit((k + 0.5) / points));
      for (int kernel = 0; kernel < OBSERVATIONS; kernel++) {
        integrals[kernel] += density[kernel] / points;
      }
    }
    assertThat(integrals).containsOnly(new double[] {1}, within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("discrete")
  void aMissingObservationHasThePriorAsItsKernel(Parameter<?> parameter) {
    Kernels kernels = fitted(parameter);
    assertThat(densities(kernels, parameter.defaultCode())[OBSERVATIONS - 1]).isEqualTo(1);
  }

  @Test
  void kernelsOfEqualIntegersAreTheNarrowerTheMoreThereAre() {
    Parameter<Integer> layers = integer("layers", 1, 5);
    double few = probabilityOfTheObserved(layers, 2);
    double many = probabilityOfTheObserved(layers, 20);
    assertThat(few).isLessThan(0.7);
    assertThat(many).isGreaterThan(0.8);
  }

  /** Under a kernel of as many observations of the highest value, all there are. */
  private static double probabilityOfTheObserved(Parameter<Integer> parameter, int observations) {
    TrialTable table = Histories.table();
    Configuration highest =
        Configuration.builder().set(parameter, parameter.domain().decode(5)).build();
    for (int i = 0; i < observations; i++) {
      Histories.complete(table, highest, 0);
    }
    Column column = new Column(parameter.name(), parameter.domain());
    column.read(TrialHistory.of(table));
    Kernels kernels = new CellKernels(column, new Bandwidth(0.8));
    kernels.fit(IntStream.range(0, observations).toArray(), observations, 0, 0);
    double[] sums = new double[observations];
    kernels.addLogDensity(kernels.place(5), 0, observations, sums, 0);
    return Math.exp(sums[0]) / 5;
  }

  /**
   * Draws follow the probabilities: chi-square at 1e-4 a kernel, 12 kernels and 8 domains, so a
   * false alarm in at most 1 % of the seeds.
   */
  @ParameterizedTest
  @MethodSource("discrete")
  void drawsFollowTheProbabilities(Parameter<?> parameter) {
    Kernels kernels = fitted(parameter);
    double[][] probabilities = probabilities(parameter, kernels);
    SplittableRandom random = new SplittableRandom(4);
    int draws = 20_000;
    for (int kernel = 0; kernel < OBSERVATIONS; kernel++) {
      Map<Double, Long> counts = new HashMap<>();
      for (int i = 0; i < draws; i++) {
        counts.merge(kernels.sample(kernel, random.nextDouble()), 1L, Long::sum);
      }
      // Values in their order, pooled until each cell expects at least 20 draws.
      double[] expected = new double[probabilities.length + 1];
      long[] observed = new long[probabilities.length + 1];
      int cell = 0;
      for (int v = 0; v < probabilities.length; v++) {
        cell += expected[cell] < 20 ? 0 : 1;
        expected[cell] += draws * probabilities[v][kernel];
        observed[cell] += counts.getOrDefault(parameter.domain().codeAt(v), 0L);
      }
      double p =
          ChiSquareTest.withDefaults()
              .test(Arrays.copyOf(expected, cell + 1), Arrays.copyOf(observed, cell + 1))
              .getPValue();
      assertThat(p).isGreaterThan(1e-4);
    }
  }

  @Test
  void tabulatedLogCdfIsExactToTwelveDigits() {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 2_000; i++) {
      double t = random.nextDouble(0, LogCdfTable.LAST);
      assertThat(LogCdfTable.at(t)).isCloseTo(TruncatedNormal.logCdf(t), within(1e-12));
    }
    assertThat(LogCdfTable.at(LogCdfTable.LAST)).isCloseTo(0, within(1e-15));
  }
}

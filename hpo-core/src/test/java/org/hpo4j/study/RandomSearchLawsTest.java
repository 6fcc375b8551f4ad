package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.space.SpaceNode;
import org.hpo4j.trial.FrozenTrial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random search draws each domain's law, and draws independently: what a study hands out is tested
 * against laws that are written down here once more.
 *
 * <p>Each test calls a right sampler wrong with probability {@value #FALSE_ALARM} over the choice
 * of the seed: 0.3 % for all of them together. The seed is fixed, so an answer changes with the
 * code only. With {@value #TRIALS} draws the tests of continuous laws see a deviation of 0.05 in
 * the distribution function.
 */
class RandomSearchLawsTest {

  private static final double FALSE_ALARM = 1e-4;
  private static final int TRIALS = 4_000;
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  /** A continuous parameter and its distribution function. */
  record Continuous(Parameter<Double> parameter, DoubleUnaryOperator distribution) {
    @Override
    public String toString() {
      return parameter.toString();
    }
  }

  /** A discrete parameter, all its values, and their probabilities. */
  record Discrete(Parameter<?> parameter, List<?> values, List<Double> probabilities) {
    @Override
    public String toString() {
      return parameter.toString();
    }
  }

  private static final List<Continuous> CONTINUOUS =
      List.of(
          new Continuous(Parameters.uniform("uniform", -3, 7), x -> (x + 3) / 10),
          new Continuous(
              Parameters.logUniform("logUniform", 1e-5, 1e-1),
              x -> Math.log(x / 1e-5) / Math.log(1e4)),
          new Continuous(
              Parameters.normal("normal", 2, 0.5),
              x -> STANDARD.cumulativeProbability((x - 2) / 0.5)),
          new Continuous(
              Parameters.logNormal("logNormal", -1, 2),
              x -> STANDARD.cumulativeProbability((Math.log(x) + 1) / 2)));

  private static final List<Discrete> DISCRETE =
      List.of(
          new Discrete(Parameters.integer("integer", -2, 5), range(-2, 1, 8), equal(8)),
          // 35 is no value: the grid is anchored at the lower bound.
          new Discrete(Parameters.integer("step", 5, 35, 7), range(5, 7, 5), equal(5)),
          new Discrete(
              Parameters.logInteger("logInteger", 1, 6),
              range(1, 1, 6),
              cells(range(1, 1, 6), 1, n -> Math.log(n / 0.5) / Math.log(6.5 / 0.5))),
          // The end values are as likely as all others, and 3.0 itself is no multiple of 0.8.
          new Discrete(
              Parameters.quniform("quniform", 3, 6, 0.8), List.of(3.2, 4.0, 4.8, 5.6), equal(4)),
          new Discrete(
              Parameters.qlogUniform("qlogUniform", 1, 5, 1),
              List.of(1.0, 2.0, 3.0, 4.0, 5.0),
              cells(List.of(1, 2, 3, 4, 5), 1, x -> Math.log(x / 0.5) / Math.log(5.5 / 0.5))),
          new Discrete(Parameters.bool("bool"), List.of(false, true), equal(2)),
          new Discrete(
              Parameters.choice("choice", "a", "b", "c"), List.of("a", "b", "c"), equal(3)),
          new Discrete(
              Parameters.weightedChoice("weighted", List.of("a", "b", "c"), 6, 3, 1),
              List.of("a", "b", "c"),
              List.of(0.6, 0.3, 0.1)),
          new Discrete(Parameters.ordinal("ordinal", 1, 10, 100), List.of(1, 10, 100), equal(3)));

  /** Quantized laws without bounds have endless values; their tails are counted together. */
  private static final List<Discrete> UNBOUNDED =
      List.of(
          new Discrete(
              Parameters.qnormal("qnormal", 1, 2, 1.5),
              List.of(-3.0, -1.5, 0.0, 1.5, 3.0, 4.5),
              tailed(
                  cells(
                      List.of(-3.0, -1.5, 0.0, 1.5, 3.0, 4.5),
                      1.5,
                      x -> STANDARD.cumulativeProbability((x - 1) / 2)))),
          new Discrete(
              Parameters.qlogNormal("qlogNormal", 0.5, 1, 0.5),
              List.of(0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0),
              tailed(
                  cells(
                      List.of(0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0),
                      0.5,
                      x -> x <= 0 ? 0 : STANDARD.cumulativeProbability(Math.log(x) - 0.5)))));

  private static final List<FrozenTrial> DECLARED = declared(21);
  private static final List<FrozenTrial> LEARNED = learned(22);

  static List<Continuous> continuous() {
    return CONTINUOUS;
  }

  static List<Discrete> discrete() {
    return DISCRETE;
  }

  static List<Discrete> unbounded() {
    return UNBOUNDED;
  }

  @ParameterizedTest
  @MethodSource("continuous")
  void continuousDrawsFollowTheirLaw(Continuous expected) {
    assertThat(pValue(DECLARED, expected)).isGreaterThan(FALSE_ALARM);
    assertThat(pValue(LEARNED, expected)).isGreaterThan(FALSE_ALARM);
  }

  @ParameterizedTest
  @MethodSource("discrete")
  void discreteDrawsFollowTheirLaw(Discrete expected) {
    assertThat(pValue(DECLARED, expected)).isGreaterThan(FALSE_ALARM);
    assertThat(pValue(LEARNED, expected)).isGreaterThan(FALSE_ALARM);
  }

  @ParameterizedTest
  @MethodSource("unbounded")
  void quantizedDrawsWithoutBoundsFollowTheirLaw(Discrete expected) {
    assertThat(tailedPValue(DECLARED, expected)).isGreaterThan(FALSE_ALARM);
    assertThat(tailedPValue(LEARNED, expected)).isGreaterThan(FALSE_ALARM);
  }

  @Test
  void parametersAreIndependentOfEachOther() {
    double[] one = units(DECLARED, CONTINUOUS.get(0));
    double[] other = units(DECLARED, CONTINUOUS.get(1));
    assertThat(independence(one, other, 0)).isGreaterThan(FALSE_ALARM);
  }

  @Test
  void aTrialIsIndependentOfTheOneBefore() {
    double[] draws = units(DECLARED, CONTINUOUS.get(0));
    assertThat(independence(draws, draws, 1)).isGreaterThan(FALSE_ALARM);
  }

  @Test
  void studiesOfNeighbouringSeedsAreIndependent() {
    double[] one = units(DECLARED, CONTINUOUS.get(0));
    double[] other = units(declared(22), CONTINUOUS.get(0));
    assertThat(independence(one, other, 0)).isGreaterThan(FALSE_ALARM);
  }

  // ---- Studies ----

  private static Stream<Parameter<?>> parameters() {
    return Stream.of(
            CONTINUOUS.stream().<Parameter<?>>map(Continuous::parameter),
            DISCRETE.stream().<Parameter<?>>map(Discrete::parameter),
            UNBOUNDED.stream().<Parameter<?>>map(Discrete::parameter))
        .flatMap(parameter -> parameter);
  }

  private static List<FrozenTrial> declared(long seed) {
    SearchSpace space = SearchSpace.of(parameters().toArray(SpaceNode[]::new));
    Study study = builder(seed).space(space).create();
    study.optimize(trial -> 0, RunOptions.trials(TRIALS));
    return study.trials();
  }

  private static List<FrozenTrial> learned(long seed) {
    Study study = builder(seed).create();
    study.optimize(
        trial -> {
          parameters().forEach(trial::suggest);
          return 0;
        },
        RunOptions.trials(TRIALS));
    return study.trials();
  }

  private static StudyBuilder builder(long seed) {
    return Study.named("laws")
        .minimize("nothing")
        .sampler(RandomSampler.ofDefaults())
        .defaultsFirst(false)
        .seed(seed);
  }

  // ---- Tests of a law ----

  private static double pValue(List<FrozenTrial> trials, Continuous expected) {
    double[] draws = trials.stream().mapToDouble(t -> t.get(expected.parameter())).toArray();
    return KolmogorovSmirnovTest.withDefaults().test(draws, expected.distribution()).getPValue();
  }

  private static double pValue(List<FrozenTrial> trials, Discrete expected) {
    long[] counts = new long[expected.values().size()];
    for (FrozenTrial trial : trials) {
      int index = expected.values().indexOf(trial.get(expected.parameter()));
      assertThat(index).as("%s", trial.get(expected.parameter())).isNotNegative();
      counts[index]++;
    }
    return chiSquare(expected.probabilities(), counts);
  }

  private static double tailedPValue(List<FrozenTrial> trials, Discrete expected) {
    long[] counts = new long[expected.values().size() + 1];
    for (FrozenTrial trial : trials) {
      int index = expected.values().indexOf(trial.get(expected.parameter()));
      counts[index < 0 ? counts.length - 1 : index]++;
    }
    return chiSquare(expected.probabilities(), counts);
  }

  /** The draws mapped to [0, 1], where they are uniform. */
  private static double[] units(List<FrozenTrial> trials, Continuous expected) {
    return trials.stream()
        .mapToDouble(t -> expected.distribution().applyAsDouble(t.get(expected.parameter())))
        .toArray();
  }

  /** Of draws i and i + lag in the cells of a five by five grid. */
  private static double independence(double[] one, double[] other, int lag) {
    long[][] counts = new long[5][5];
    for (int i = 0; i + lag < one.length; i++) {
      counts[(int) (5 * one[i])][(int) (5 * other[i + lag])]++;
    }
    return ChiSquareTest.withDefaults().test(counts).getPValue();
  }

  // ---- Laws ----

  private static List<Double> equal(int count) {
    return Collections.nCopies(count, 1.0 / count);
  }

  private static List<Integer> range(int from, int step, int count) {
    return Stream.iterate(from, n -> n + step).limit(count).toList();
  }

  /** The probability of [v - q/2, v + q/2] for each value v. */
  private static List<Double> cells(
      List<? extends Number> values, double q, DoubleUnaryOperator distribution) {
    return values.stream()
        .map(Number::doubleValue)
        .map(v -> distribution.applyAsDouble(v + q / 2) - distribution.applyAsDouble(v - q / 2))
        .toList();
  }

  /** With the probability of everything else at the end. */
  private static List<Double> tailed(List<Double> cells) {
    double sum = cells.stream().mapToDouble(Double::doubleValue).sum();
    return Stream.concat(cells.stream(), Stream.of(1 - sum)).toList();
  }

  private static double chiSquare(List<Double> probabilities, long[] counts) {
    double[] expected = probabilities.stream().mapToDouble(Double::doubleValue).toArray();
    return ChiSquareTest.withDefaults().test(expected, counts).getPValue();
  }
}

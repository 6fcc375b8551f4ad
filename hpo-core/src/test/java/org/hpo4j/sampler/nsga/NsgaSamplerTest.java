package org.hpo4j.sampler.nsga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.hpo4j.math.Hypervolume;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.space.SpaceNode;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NsgaSamplerTest {

  private static final NsgaSampler SMALL = NsgaSampler.builder().populationSize(6).build();
  private static final Parameter<Double> X = uniform("x", -1, 1);
  private static final Parameter<Double> Y = uniform("y", -1, 1);

  private static TrialTable table(int objectives) {
    return new TrialTable(
        IntStream.range(0, objectives).mapToObj(m -> Direction.MINIMIZE).toList());
  }

  private static Configuration suggest(
      Sampler sampler, TrialTable table, long seed, Optional<SearchSpace> space) {
    SamplerContext context = new SamplerContext(seed, table.size(), space);
    return ((Suggestion.Values) sampler.suggest(TrialHistory.of(table), context)).configuration();
  }

  private static int start(TrialTable table, Configuration configuration) {
    int number = table.add();
    table.setJoint(number, configuration);
    table.setState(number, TrialState.RUNNING, Optional.empty());
    return number;
  }

  private static void add(TrialTable table, Configuration configuration, Outcome outcome) {
    int number = start(table, configuration);
    for (int i = 0; i < configuration.size(); i++) {
      table.set(number, configuration.parameters().get(i), configuration.code(i));
    }
    table.finish(number, outcome, Optional.empty());
  }

  /** A trial of any kind; the infinite values are legal. */
  private static void addAny(TrialTable table, Configuration configuration, int kind) {
    switch (kind) {
      case 0 -> add(table, configuration, Outcome.failed(FailureReason.EXCEPTION, "test"));
      case 1 -> add(table, configuration, Outcome.pruned());
      case 2 -> start(table, configuration);
      case 3 -> add(table, configuration, completed(Double.POSITIVE_INFINITY, 1));
      case 4 -> add(table, configuration, completed(2, Double.NEGATIVE_INFINITY));
      default -> add(table, configuration, completed(Math.sin(kind), table.size() % 5));
    }
  }

  private static Outcome completed(double first, double second) {
    return new Outcome.Completed(List.of(first, second));
  }

  @ParameterizedTest
  @MethodSource("org.hpo4j.contract.Spaces#named")
  void suggestionsAreWholeConfigurationsOfTheSpaceWhateverHappened(SearchSpace space) {
    TrialTable table = table(2);
    for (int i = 0; i < 50; i++) {
      Configuration configuration = suggest(SMALL, table, 7, Optional.of(space));
      assertThat(space.configurationOf(configuration.toMap())).isEqualTo(configuration);
      addAny(table, configuration, i % 10);
    }
  }

  @Test
  void noConfigurationIsRepeatedWhileOthersAreLeft() {
    SearchSpace space = SearchSpace.of(integer("i", 1, 5), choice("c", "a", "b", "c", "d"));
    TrialTable table = table(2);
    Set<Configuration> tried = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Configuration c = suggest(SMALL, table, 7, Optional.of(space));
      // The first generation is random.
      assertThat(tried.add(c) || i < 6).isTrue();
      if (i % 4 == 3) {
        start(table, c);
      } else {
        add(table, c, completed(c.code(0), c.code(1)));
      }
    }
  }

  @Test
  void childrenComeFromTheBestThatViolateLeast() {
    SearchSpace space = SearchSpace.of(X, Y);
    TrialTable table = table(1);
    for (int i = 0; i < 24; i++) {
      double x = -0.5 + i / 24.0;
      Configuration c = Configuration.builder().set(X, x).set(Y, 0.25 * x).build();
      int number = start(table, c);
      table.set(number, X, c.code(0));
      table.set(number, Y, c.code(1));
      // The lower x, the better the value, but only x > 0.25 is feasible.
      table.setSystemAttribute(number, TrialTable.CONSTRAINTS, List.of(0.25 - x));
      table.finish(number, Outcome.completed(x), Optional.empty());
    }
    NsgaSampler faithful =
        NsgaSampler.builder().populationSize(6).crossover(0.9, 20).mutation(0, 20).build();
    List<Double> children = new ArrayList<>();
    for (long seed = 0; seed < 50; seed++) {
      children.add(suggest(faithful, table, seed, Optional.of(space)).get(X));
    }
    // The six parents have x from 0.29 to 0.5; crossover keeps close to them.
    assertThat(children).allMatch(x -> x > 0.15 && x < 0.65);
  }

  @Test
  void defineByRunStudiesAreDrawnJointlyOnceTheirParametersAreKnown() {
    SearchSpace space =
        SearchSpace.of(
            oneOf("kind", when("a", uniform("a.x", 0, 1)), when("b", uniform("b.x", 0, 1))));
    TrialTable table = table(2);
    assertThat(suggest(SMALL, table, 7, Optional.empty())).isEqualTo(Configuration.empty());
    for (int i = 0; i < 20; i++) {
      Configuration c = suggest(RandomSampler.ofDefaults(), table, 7, Optional.of(space));
      add(table, c, completed(c.code(1), -c.code(1)));
    }
    for (int i = 0; i < 20; i++) {
      Configuration drawn = suggest(SMALL, table, 7, Optional.empty());
      assertThat(space.configurationOf(drawn.toMap())).isEqualTo(drawn);
      add(table, drawn, completed(drawn.code(1), -drawn.code(1)));
    }
  }

  /** The hypervolume of 150 trials of each of 20 seeds. */
  private static double[] volumes(
      Sampler sampler,
      SearchSpace space,
      double[] reference,
      Function<Configuration, double[]> objectives) {
    return IntStream.range(0, 20)
        .mapToDouble(
            seed -> {
              TrialTable table = table(reference.length);
              double[][] points = new double[150][];
              for (int i = 0; i < points.length; i++) {
                Configuration c = suggest(sampler, table, seed, Optional.of(space));
                points[i] = objectives.apply(c);
                add(table, c, completed(points[i][0], points[i][1]));
              }
              return Hypervolume.of(points, reference);
            })
        .toArray();
  }

  /**
   * Mann-Whitney over 20 seeds each, one-sided at 1e-4: also the rate at which a sampler no better
   * than random search would pass.
   */
  private static void assertBeatsRandom(
      SearchSpace space, double[] reference, Function<Configuration, double[]> objectives) {
    double p =
        MannWhitneyUTest.withDefaults()
            .with(AlternativeHypothesis.GREATER_THAN)
            .test(
                volumes(NsgaSampler.ofDefaults(), space, reference, objectives),
                volumes(RandomSampler.ofDefaults(), space, reference, objectives))
            .getPValue();
    assertThat(p).isLessThan(1e-4);
  }

  /** ZDT1 of Zitzler, Deb and Thiele (2000) in six dimensions. */
  @Test
  void beatsRandomSearchOnRealParameters() {
    SearchSpace space =
        SearchSpace.of(
            IntStream.range(0, 6).mapToObj(i -> uniform("x" + i, 0, 1)).toArray(SpaceNode[]::new));
    assertBeatsRandom(
        space,
        new double[] {1.1, 6},
        c -> {
          double g = 1 + 9 * IntStream.range(1, 6).mapToDouble(c::code).average().orElseThrow();
          return new double[] {c.code(0), g * (1 - Math.sqrt(c.code(0) / g))};
        });
  }

  /** Error against cost of a pretended network, with branches, integers and choices. */
  @Test
  void beatsRandomSearchOnAMixedSpace() {
    Parameter<Integer> units = integer("units", 1, 64);
    Parameter<Double> rate = logUniform("rate", 1e-5, 1);
    Parameter<String> act = choice("act", "relu", "tanh", "elu", "gelu");
    Parameter<Double> momentum = uniform("momentum", 0, 1);
    SearchSpace space =
        SearchSpace.of(units, rate, act, oneOf("opt", when("adam"), when("sgd", momentum)));
    assertBeatsRandom(
        space,
        new double[] {10, 70},
        c -> {
          double offset = Math.log10(c.get(rate)) + 2.5;
          double error = 8.0 / c.get(units) + offset * offset;
          error += c.get(act).equals("gelu") ? 0 : 1;
          error += c.contains(momentum) ? 2 * Math.abs(c.get(momentum) - 0.9) : 0.5;
          return new double[] {error, c.get(units) * (c.get(act).equals("relu") ? 0.8 : 1)};
        });
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    NsgaSampler.Builder builder = NsgaSampler.builder();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.populationSize(1))
        .withMessage("populationSize must be at least 2, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.crossover(1.5, 20))
        .withMessage("crossoverProbability must be in [0, 1], got 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.mutation(0.1, Double.NaN))
        .withMessage("mutationIndex must be at least 0 and finite, got NaN");
  }

  @Test
  void saysItsSettings() {
    assertThat(NsgaSampler.ofDefaults().describe())
        .startsWith("nsga2(populationSize=20, crossoverProbability=0.9, mutationProbability=auto");
  }
}

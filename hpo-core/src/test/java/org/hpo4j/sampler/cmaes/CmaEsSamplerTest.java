package org.hpo4j.sampler.cmaes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.space.SpaceNode;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CmaEsSamplerTest {

  private static final Parameter<Double> X = uniform("x", -1, 1);
  private static final Parameter<Double> Y = uniform("y", -1, 1);

  private static Suggestion.Values ask(
      CmaEsSampler sampler, TrialTable table, Optional<SearchSpace> space) {
    SamplerContext context = new SamplerContext(7, table.size(), space);
    return (Suggestion.Values) sampler.suggest(TrialHistory.of(table), context);
  }

  private static Configuration suggest(CmaEsSampler sampler, TrialTable table, SearchSpace space) {
    return ask(sampler, table, Optional.of(space)).configuration();
  }

  /** The configurations of some trials, one after the other, and their values in the table. */
  private static List<Configuration> search(
      CmaEsSampler sampler,
      TrialTable table,
      SearchSpace space,
      int trials,
      ToDoubleFunction<Configuration> objective) {
    List<Configuration> tried = new ArrayList<>();
    for (int trial = 0; trial < trials; trial++) {
      Configuration configuration = suggest(sampler, table, space);
      Tables.complete(table, configuration, objective.applyAsDouble(configuration));
      tried.add(configuration);
    }
    return tried;
  }

  private static SearchSpace cube(int dimensions, double low, double high) {
    return SearchSpace.of(
        IntStream.range(0, dimensions)
            .mapToObj(i -> uniform("x" + i, low, high))
            .toArray(SpaceNode[]::new));
  }

  private static double lowest(TrialTable table) {
    return IntStream.range(0, table.size()).mapToDouble(i -> table.value(i, 0)).min().orElseThrow();
  }

  /** sum of a^(i / (n - 1)) (x_i - 1)^2: a sphere for a = 1. */
  private static ToDoubleFunction<Configuration> ellipsoid(double a) {
    return c -> {
      double sum = 0;
      for (int i = 0; i < c.size(); i++) {
        double offset = c.code(i) - 1;
        sum += Math.pow(a, i / (c.size() - 1.0)) * offset * offset;
      }
      return sum;
    };
  }

  private static double rastrigin(Configuration c) {
    double sum = 0;
    for (int i = 0; i < c.size(); i++) {
      double x = c.code(i) - 1.3;
      sum += x * x + 10 - 10 * Math.cos(2 * Math.PI * x);
    }
    return sum;
  }

  @Test
  void reachesTheMinimumOfASphere() {
    TrialTable table = Tables.empty();
    search(CmaEsSampler.ofDefaults(), table, cube(10, -5, 5), 2500, ellipsoid(1));
    assertThat(lowest(table)).isLessThan(1e-10);
  }

  @Test
  void learnsTheScalesOfAnEllipsoid() {
    TrialTable table = Tables.empty();
    search(CmaEsSampler.ofDefaults(), table, cube(10, -5, 5), 7000, ellipsoid(1e6));
    assertThat(lowest(table)).isLessThan(1e-10);
  }

  @Test
  void restartsWithALargerPopulationUntilItFindsTheBestOfManyMinima() {
    TrialTable table = Tables.empty();
    CmaEsSampler sampler = CmaEsSampler.ofDefaults();
    SearchSpace space = cube(3, -5, 5);
    search(sampler, table, space, 6000, CmaEsSamplerTest::rastrigin);
    Explanation why = ask(sampler, table, Optional.of(space)).why();
    assertThat(why.scores().get("population")).isGreaterThan(5);
    assertThat(lowest(table)).isLessThan(1e-8);
  }

  @Test
  void findsAMinimumOnTheBounds() {
    TrialTable table = Tables.empty();
    search(CmaEsSampler.ofDefaults(), table, cube(5, 0, 1), 500, c -> sum(c));
    assertThat(lowest(table)).isLessThan(0.01);
  }

  private static double sum(Configuration c) {
    return IntStream.range(0, c.size()).mapToDouble(c::code).sum();
  }

  /** Once all steps are short, only the margin can still change an integer. */
  @Test
  void integersDoNotStopWithTheRealParameters() {
    SearchSpace space = SearchSpace.of(X, Y, integer("i", 0, 9), integer("j", 0, 9));
    TrialTable table = Tables.empty();
    List<Configuration> tried =
        search(
            CmaEsSampler.builder().populationGrowth(1).build(),
            table,
            space,
            600,
            c ->
                c.code(0) * c.code(0)
                    + c.code(1) * c.code(1)
                    + 1e-3 * (18 - c.code(2) - c.code(3)));
    assertThat(lowest(table)).isLessThan(1e-6);
    assertThat(tried.subList(500, 600).stream().map(c -> c.code(2)).distinct().count())
        .isGreaterThan(1);
  }

  @Test
  void oneDimensionAndChoicesAloneAreNoObstacle() {
    TrialTable line = Tables.empty();
    search(CmaEsSampler.ofDefaults(), line, SearchSpace.of(X), 200, c -> Math.abs(c.get(X) - 0.3));
    assertThat(lowest(line)).isLessThan(1e-6);
    Parameter<String> c1 = choice("c1", "a", "b", "c", "d");
    Parameter<String> c2 = choice("c2", "a", "b", "c", "d");
    TrialTable options = Tables.empty();
    List<Configuration> tried =
        search(
            CmaEsSampler.ofDefaults(),
            options,
            SearchSpace.of(c1, c2),
            100,
            c -> (c.get(c1).equals("c") ? 0 : 1) + (c.get(c2).equals("d") ? 0 : 1));
    // By chance 1 in 16: 25 or more of 80 happen once in 10^10 studies.
    assertThat(
            tried.subList(20, 100).stream()
                .filter(c -> c.get(c1).equals("c") && c.get(c2).equals("d"))
                .count())
        .isGreaterThan(25);
  }

  @ParameterizedTest
  @MethodSource("org.hpo4j.contract.Spaces#named")
  void suggestionsAreWholeConfigurationsOfTheSpaceWhateverHappened(SearchSpace space) {
    TrialTable table = Tables.empty();
    CmaEsSampler sampler = CmaEsSampler.ofDefaults();
    for (int i = 0; i < 60; i++) {
      Configuration configuration = suggest(sampler, table, space);
      assertThat(space.configurationOf(configuration.toMap())).isEqualTo(configuration);
      Tables.addAny(table, configuration, i % 10);
    }
  }

  /** Trials end in another order than they start, and the sampler forgets everything in between. */
  @ParameterizedTest
  @MethodSource("org.hpo4j.contract.Spaces#named")
  void aResumedSearchSuggestsTheSame(SearchSpace space) {
    CmaEsSampler lasting = CmaEsSampler.ofDefaults();
    TrialTable table = Tables.empty();
    Deque<Configuration> running = new ArrayDeque<>();
    Deque<Integer> numbers = new ArrayDeque<>();
    for (int i = 0; i < 60; i++) {
      Configuration configuration = suggest(lasting, table, space);
      assertThat(suggest(CmaEsSampler.ofDefaults(), table, space)).isEqualTo(configuration);
      running.addLast(configuration);
      numbers.addLast(Tables.start(table, configuration));
      if (running.size() == 7) {
        boolean youngest = i % 3 == 0;
        int number = youngest ? numbers.removeLast() : numbers.removeFirst();
        Configuration ended = youngest ? running.removeLast() : running.removeFirst();
        Tables.finish(table, number, ended, Outcome.completed(Math.sin(number)));
      }
    }
  }

  @Test
  void trialsFromElsewhereMoveTheSearch() {
    SearchSpace space = cube(4, -5, 5);
    TrialTable table = Tables.empty();
    for (int i = 0; i < 40; i++) {
      double at = 3 + 0.02 * i;
      Tables.complete(table, space.walk(p -> at), Math.abs(at - 3.4));
    }
    Configuration next = suggest(CmaEsSampler.ofDefaults(), table, space);
    assertThat(sum(next) / 4).isBetween(2.0, 5.0);
  }

  @Test
  void leavesTheRegionOfFailures() {
    SearchSpace space = cube(2, -1, 1);
    CmaEsSampler sampler = CmaEsSampler.ofDefaults();
    TrialTable table = Tables.empty();
    int failures = 0;
    for (int i = 0; i < 200; i++) {
      Configuration c = suggest(sampler, table, space);
      if (c.code(0) > -0.1) {
        Tables.fail(table, c);
        failures += i < 100 ? 0 : 1;
      } else {
        Tables.complete(table, c, c.code(1));
      }
    }
    assertThat(failures).isLessThan(30);
  }

  /** The lower x the better, but only x >= 0.3 is feasible: the search ends up beside that. */
  @Test
  void outcomeConstraintsComeBeforeValues() {
    SearchSpace space = SearchSpace.of(X, Y);
    CmaEsSampler sampler = CmaEsSampler.ofDefaults();
    TrialTable table = Tables.empty();
    List<Double> late = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Configuration c = suggest(sampler, table, space);
      int number = Tables.start(table, c);
      table.setSystemAttribute(number, TrialTable.CONSTRAINTS, List.of(0.3 - c.get(X)));
      Tables.finish(table, number, c, Outcome.completed(c.get(X)));
      if (i >= 150) {
        late.add(c.get(X));
      }
    }
    assertThat(late).allMatch(x -> Math.abs(x - 0.3) < 0.3);
    assertThat(late.stream().filter(x -> x >= 0.3).count()).isGreaterThan(20);
  }

  @Test
  void reachesOutOfARegionWhereEverythingFails() {
    SearchSpace space = cube(2, -1, 1);
    CmaEsSampler sampler = CmaEsSampler.builder().sigma(0.02).build();
    TrialTable table = Tables.empty();
    int completed = 0;
    for (int i = 0; i < 200; i++) {
      Configuration c = suggest(sampler, table, space);
      if (Math.hypot(c.code(0), c.code(1)) < 0.7) {
        Tables.fail(table, c);
      } else {
        Tables.complete(table, c, Math.abs(c.code(0) - 0.8));
        completed++;
      }
    }
    assertThat(completed).isGreaterThan(100);
  }

  @Test
  void defineByRunStudiesAreDrawnJointlyOnceTheirParametersAreKnown() {
    SearchSpace space =
        SearchSpace.of(
            oneOf("kind", when("a", uniform("a.x", 0, 1)), when("b", uniform("b.x", 0, 1))));
    TrialTable table = Tables.empty();
    CmaEsSampler sampler = CmaEsSampler.ofDefaults();
    assertThat(ask(sampler, table, Optional.empty()).configuration())
        .isEqualTo(Configuration.empty());
    search(sampler, table, space, 20, c -> c.code(1));
    for (int i = 0; i < 20; i++) {
      Configuration drawn = ask(sampler, table, Optional.empty()).configuration();
      assertThat(space.configurationOf(drawn.toMap())).isEqualTo(drawn);
      Tables.complete(table, drawn, drawn.code(1));
    }
  }

  @Test
  void repeatedAnswersAreReplacedByOthers() {
    SearchSpace space = SearchSpace.of(integer("i", 1, 100));
    TrialTable table = Tables.empty();
    CmaEsSampler sampler = CmaEsSampler.ofDefaults();
    search(sampler, table, space, 100, c -> Math.abs(c.code(0) - 50));
    long answers =
        IntStream.range(0, 40)
            .mapToObj(new SamplerContext(7, 100, Optional.of(space))::withAttempt)
            .map(context -> sampler.suggest(TrialHistory.of(table), context))
            .map(suggestion -> ((Suggestion.Values) suggestion).configuration())
            .distinct()
            .count();
    assertThat(answers).isGreaterThan(20);
  }

  @Test
  void severalObjectivesAreRefused() {
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE, Direction.MAXIMIZE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> suggest(CmaEsSampler.ofDefaults(), table, SearchSpace.of(X)))
        .withMessageContaining("one objective, got 2");
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    CmaEsSampler.Builder builder = CmaEsSampler.builder();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.populationSize(3))
        .withMessage("populationSize must be at least 4, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.sigma(Double.NaN))
        .withMessage("sigma must be in (0, 1], got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.populationGrowth(0))
        .withMessage("populationGrowth must be at least 1, got 0");
  }

  @Test
  void saysItsSettings() {
    assertThat(CmaEsSampler.builder().sigma(0.2).build().describe())
        .isEqualTo("cmaEs(populationSize=auto, sigma=0.2, populationGrowth=2)");
  }
}

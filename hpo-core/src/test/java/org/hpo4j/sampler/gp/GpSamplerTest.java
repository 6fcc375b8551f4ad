package org.hpo4j.sampler.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.space.Parameters.bool;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.tpe.Histories;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Constraint;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.space.SpaceNode;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GpSamplerTest {

  private static final Parameter<Double> X = uniform("x", 0, 1);
  private static final Parameter<Double> Y = uniform("y", 0, 1);
  private static final Parameter<Integer> N = integer("n", 1, 500);

  static List<Named<SearchSpace>> spaces() {
    return List.of(
        Named.of("one value", SearchSpace.of(integer("only", 3, 3))),
        Named.of("options", SearchSpace.of(choice("a", "p", "q"), bool("b"))),
        Named.of("mixed", SearchSpace.of(X, N, choice("act", "relu", "tanh", "elu"))),
        Named.of(
            "branches",
            SearchSpace.of(
                oneOf(
                    "opt",
                    when("sgd", logUniform("lr", 1e-4, 1), bool("nesterov")),
                    when("adam", uniform("beta", 0.8, 0.99))),
                Y)),
        Named.of(
            "thin constraint",
            SearchSpace.of(X, Y)
                .where(Constraint.that("thin", c -> Math.abs(c.get(X) - c.get(Y)) < 5e-4, X, Y))),
        Named.of(
            "100 parameters",
            SearchSpace.of(
                IntStream.range(0, 100)
                    .mapToObj(i -> uniform("x" + i, 0, 1))
                    .toArray(SpaceNode[]::new))));
  }

  private static Configuration suggest(Sampler sampler, TrialTable table, SamplerContext context) {
    Suggestion suggestion = sampler.suggest(TrialHistory.of(table), context);
    return ((Suggestion.Values) suggestion).configuration();
  }

  private static Configuration suggest(Sampler sampler, TrialTable table, SearchSpace space) {
    return suggest(sampler, table, Histories.context(table.size(), space));
  }

  /** The minimum is in a corner, where the expected improvement is largest once it is known. */
  @Test
  void repeatsNoPointOfAContinuumWhileTrialsRunThere() {
    Study study =
        Study.named("corner")
            .minimize("sum")
            .space(SearchSpace.of(X, Y))
            .sampler(GpSampler.ofDefaults())
            .seed(1)
            .create();
    study.optimize(trial -> trial.suggest(X) + trial.suggest(Y), RunOptions.trials(20));
    Set<Configuration> seen = new HashSet<>();
    study.trials().forEach(trial -> seen.add(trial.configuration()));
    study.ask(16).forEach(trial -> seen.add(trial.configuration()));

    assertThat(seen).hasSize(36);
  }

  /** A history that grows by the sampler's own suggestions, with outcomes of all kinds. */
  @ParameterizedTest
  @MethodSource("spaces")
  void aSamplerThatIsAskedForTheFirstTimeAnswersAsOneThatWasThereAllAlong(SearchSpace space) {
    GpSampler used = GpSampler.builder().startupTrials(4).candidates(20).build();
    SplittableRandom random = new SplittableRandom(1);
    TrialTable table = Histories.table();
    for (int trial = 0; trial < 24; trial++) {
      Configuration configuration = suggest(used, table, space);
      assertThat(space.satisfies(configuration)).isTrue();
      GpSampler fresh = GpSampler.builder().startupTrials(4).candidates(20).build();
      assertThat(suggest(fresh, table, space)).isEqualTo(configuration);
      Histories.addAnyOutcome(table, configuration, random.nextInt(12));
    }
  }

  @Test
  void answersInADefineByRunStudy() {
    TrialTable table = Histories.table();
    SearchSpace space = SearchSpace.of(X, oneOf("kind", when("a", Y), when("b")));
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 20; i++) {
      Configuration configuration = Histories.random(space, random);
      Histories.complete(table, configuration, configuration.get(X));
    }
    Configuration next =
        suggest(GpSampler.ofDefaults(), table, new SamplerContext(7, 20, Optional.empty()));
    assertThat(next.contains(X)).isTrue();
    assertThat(next.contains(Y)).isEqualTo(next.get("kind").equals("a"));
    assertThat(next.get(X)).isLessThan(0.2);
  }

  @Test
  void startupTrialsAreALatinHypercube() {
    Set<Integer> shares = new HashSet<>();
    TrialTable table = Histories.table();
    SearchSpace space = SearchSpace.of(X, Y);
    for (int i = 0; i < 10; i++) {
      Configuration configuration = suggest(GpSampler.ofDefaults(), table, space);
      shares.add((int) (10 * configuration.get(X)));
      Histories.complete(table, configuration, 0);
    }
    assertThat(shares).hasSize(10);
  }

  @Test
  void keepsItsDistanceFromARunningTrial() {
    TrialTable table = parabola(15);
    SearchSpace space = SearchSpace.of(X, Y);
    Configuration first = suggest(GpSampler.ofDefaults(), table, space);
    Histories.run(table, first);
    Configuration second = suggest(GpSampler.ofDefaults(), table, space);
    double distance = Math.hypot(first.get(X) - second.get(X), first.get(Y) - second.get(Y));
    assertThat(distance).isGreaterThan(1e-3);
  }

  private static TrialTable parabola(int trials) {
    TrialTable table = Histories.table();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < trials; i++) {
      Configuration configuration = Histories.random(SearchSpace.of(X, Y), random);
      Histories.complete(table, configuration, bowl(configuration));
    }
    return table;
  }

  private static double bowl(Configuration configuration) {
    return Math.pow(configuration.get(X) - 0.3, 2) + Math.pow(configuration.get(Y) - 0.8, 2);
  }

  private static Configuration best(
      TrialTable table, int trials, SearchSpace space, ToDoubleFunction<Configuration> objective) {
    GpSampler sampler = GpSampler.ofDefaults();
    Configuration best = Configuration.empty();
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < trials; i++) {
      Configuration configuration = suggest(sampler, table, space);
      double value = objective.applyAsDouble(configuration);
      Histories.complete(table, configuration, value);
      if (value < lowest) {
        lowest = value;
        best = configuration;
      }
    }
    return best;
  }

  @Test
  void findsTheMinimumOfABowlAmongInfinitiesAndOutliers() {
    SearchSpace space = SearchSpace.of(X, Y);
    TrialTable table = Histories.table();
    Histories.complete(table, space.defaults(), 1e300);
    Configuration best =
        best(table, 40, space, c -> c.get(X) > 0.9 ? Double.POSITIVE_INFINITY : bowl(c));
    assertThat(bowl(best)).isLessThan(1e-4);
  }

  /** The bowl's minimum, at 0.3, lies where everything fails: the border at 0.5 is the best. */
  @Test
  void doesNotInsistOnWhereAllTrialsFail() {
    TrialTable table = Histories.table();
    SearchSpace space = SearchSpace.of(X, Y);
    GpSampler sampler = GpSampler.ofDefaults();
    double lowest = Double.POSITIVE_INFINITY;
    int lateSuccesses = 0;
    for (int i = 0; i < 60; i++) {
      Configuration configuration = suggest(sampler, table, space);
      if (configuration.get(X) < 0.5) {
        Histories.fail(table, configuration);
      } else {
        Histories.complete(table, configuration, bowl(configuration));
        lowest = Math.min(lowest, bowl(configuration));
        lateSuccesses += i >= 30 ? 1 : 0;
      }
    }
    assertThat(lateSuccesses).isGreaterThan(8);
    assertThat(lowest).isBetween(0.04, 0.06);
  }

  @Test
  void failuresThatHaveNothingToDoWithTheParametersDoNotMisleadIt() {
    SearchSpace space = SearchSpace.of(X, Y);
    TrialTable table = Histories.table();
    GpSampler sampler = GpSampler.ofDefaults();
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 50; i++) {
      Configuration configuration = suggest(sampler, table, space);
      if (i % 4 == 3) {
        Histories.fail(table, configuration);
      } else {
        Histories.complete(table, configuration, bowl(configuration));
        lowest = Math.min(lowest, bowl(configuration));
      }
    }
    assertThat(lowest).isLessThan(1e-4);
  }

  @Test
  void findsTheBestPointThatOutcomeConstraintsAllow() {
    TrialTable table = Histories.table();
    SearchSpace space = SearchSpace.of(X, Y);
    GpSampler sampler = GpSampler.ofDefaults();
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 50; i++) {
      Configuration configuration = suggest(sampler, table, space);
      double excess = 0.6 - configuration.get(X);
      int number = Histories.add(table, configuration);
      table.setSystemAttribute(number, TrialTable.CONSTRAINTS, List.of(excess));
      table.finish(number, Outcome.completed(bowl(configuration)), Optional.empty());
      if (excess <= 0) {
        lowest = Math.min(lowest, bowl(configuration));
      }
    }
    // At (0.6, 0.8).
    assertThat(lowest).isBetween(0.09, 0.095);
  }

  @Test
  void saysWhenTheHistoryHasOutgrownTheModel() {
    TrialTable table = parabola(30);
    SamplerContext context = Histories.context(30, SearchSpace.of(X, Y));
    GpSampler small = GpSampler.builder().mostObservations(20).build();
    Suggestion.Values values = (Suggestion.Values) small.suggest(TrialHistory.of(table), context);
    assertThat(values.why().fallback()).hasValueSatisfying(text -> assertThat(text).contains("20"));
    assertThat(bowl(values.configuration())).isLessThan(0.05);
    GpSampler large = GpSampler.ofDefaults();
    assertThat(
            ((Suggestion.Values) large.suggest(TrialHistory.of(table), context)).why().fallback())
        .isEmpty();
  }

  @Test
  void takesTheLastOfManyFailedTrialsOnlyAndSaysSo() {
    TrialTable table = parabola(12);
    SearchSpace space = SearchSpace.of(X, Y);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < GpModel.MOST_FAILED; i++) {
      Histories.fail(table, Histories.random(space, random));
    }
    assertThat(fallback(table, space)).isEmpty();
    Histories.fail(table, Histories.random(space, random));
    assertThat(fallback(table, space))
        .contains("the model has only the last " + GpModel.MOST_FAILED + " failed trials");
  }

  @Test
  void takesTheLastOfManyRunningTrialsOnlyAndSaysSo() {
    TrialTable table = parabola(12);
    SearchSpace space = SearchSpace.of(X, Y);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i <= GpModel.MOST_RUNNING; i++) {
      Configuration configuration = Histories.random(space, random);
      int number = Histories.run(table, configuration);
      for (int j = 0; j < configuration.size(); j++) {
        table.set(number, configuration.parameters().get(j), configuration.code(j));
      }
    }
    assertThat(fallback(table, space))
        .contains("the model has only the last " + GpModel.MOST_RUNNING + " running trials");
  }

  private static Optional<String> fallback(TrialTable table, SearchSpace space) {
    Suggestion suggestion =
        GpSampler.ofDefaults()
            .suggest(TrialHistory.of(table), Histories.context(table.size(), space));
    return ((Suggestion.Values) suggestion).why().fallback();
  }

  @Test
  void triesAnotherConfigurationIfAskedAgain() {
    SearchSpace space = SearchSpace.of(integer("i", 1, 4), bool("b"));
    TrialTable table = Histories.table();
    SplittableRandom random = new SplittableRandom(5);
    while (table.size() < 40) {
      Configuration configuration = Histories.random(space, random);
      if (configuration.code(0) != 4 || configuration.code(1) != 1) {
        Histories.complete(table, configuration, configuration.code(0));
      }
    }
    SamplerContext again = Histories.context(40, space).withAttempt(1);
    Configuration next = suggest(GpSampler.ofDefaults(), table, again);
    assertThat(next.code(0)).isEqualTo(4);
    assertThat(next.code(1)).isEqualTo(1);
  }

  @Test
  void refusesSeveralObjectives() {
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE, Direction.MAXIMIZE));
    SamplerContext context = Histories.context(0, SearchSpace.of(X));
    assertThatThrownBy(() -> GpSampler.ofDefaults().suggest(TrialHistory.of(table), context))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one objective, got 2");
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> GpSampler.builder().startupTrials(0))
        .hasMessage("startupTrials must be at least 1, got 0");
    assertThatThrownBy(() -> GpSampler.builder().candidates(-1))
        .hasMessage("candidates must be at least 1, got -1");
    assertThatThrownBy(() -> GpSampler.builder().mostObservations(9))
        .hasMessage("mostObservations must be at least 10, got 9");
  }
}

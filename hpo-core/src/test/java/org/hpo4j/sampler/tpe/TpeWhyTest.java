package org.hpo4j.sampler.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.uniform;

import java.util.List;
import java.util.Optional;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Constraint;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

/** What TPE says of its suggestions is true of them. */
class TpeWhyTest {

  private static final TpeSampler JOINT = TpeSampler.ofDefaults();
  private static final TpeSampler UNIVARIATE = TpeSampler.builder().multivariate(false).build();
  private static final Parameter<Double> X = uniform("x", 0, 1);

  private static Explanation why(
      TpeSampler sampler, TrialTable table, Optional<SearchSpace> space) {
    SamplerContext context = new SamplerContext(7, table.size(), space);
    return ((Suggestion.Values) sampler.suggest(TrialHistory.of(table), context)).why();
  }

  private static Configuration at(double x) {
    return Configuration.builder().set(X, x).build();
  }

  private static TrialTable completed(int trials) {
    TrialTable table = Histories.table();
    for (int i = 0; i < trials; i++) {
      Histories.complete(table, at((i + 0.5) / trials), i);
    }
    return table;
  }

  @Test
  void univariateNamesItsScoreAndTheRunningTrials() {
    TrialTable table = completed(20);
    int running = Histories.run(table, at(0.5));
    Explanation why = why(UNIVARIATE, table, Optional.of(SearchSpace.of(X)));
    assertThat(why.reason()).contains("each parameter by itself");
    assertThat(why.scores()).containsOnlyKeys("log l/g");
    assertThat(why.running()).containsExactly(running);
    assertThat(why.fallback()).isEmpty();
  }

  @Test
  void startupIsCalledRandom() {
    for (TpeSampler sampler : List.of(JOINT, UNIVARIATE)) {
      for (Optional<SearchSpace> space :
          List.of(Optional.of(SearchSpace.of(X)), Optional.<SearchSpace>empty())) {
        assertThat(why(sampler, completed(9), space).reason()).contains("too few trials");
      }
    }
  }

  @Test
  void candidatesThatTheConstraintsRefuseAreNoLackOfTrials() {
    // The best trials have x near 0, the constraint wants the last five-thousandth.
    SearchSpace last =
        SearchSpace.of(X).where(Constraint.that("last", values -> values.get(X) > 0.9998, X));
    for (TpeSampler sampler : List.of(JOINT, UNIVARIATE)) {
      Explanation why = why(sampler, completed(60), Optional.of(last));
      assertThat(why.reason()).isEqualTo("a random draw");
      assertThat(why.fallback()).contains("the constraints refused all candidates");
    }
  }

  @Test
  void parametersWithTooFewTrialsAreNamedWhereTheyAreDrawnAtRandom() {
    Parameter<Double> late = uniform("late", 0, 1);
    SearchSpace space = SearchSpace.of(X, late);
    Explanation why = why(UNIVARIATE, completed(20), Optional.of(space));
    assertThat(why.fallback()).hasValueSatisfying(what -> assertThat(what).contains("[late]"));
  }

  @Test
  void univariateDefineByRunLeavesTheDrawsToTheObjective() {
    TrialTable table = completed(20);
    int running = Histories.run(table, at(0.5));
    Explanation why = why(UNIVARIATE, table, Optional.empty());
    assertThat(why.reason()).isEqualTo("each parameter by itself, as the objective asks for it");
    assertThat(why.running()).containsExactly(running);
  }
}

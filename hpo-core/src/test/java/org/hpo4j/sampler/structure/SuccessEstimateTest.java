package org.hpo4j.sampler.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.uniform;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hpo4j.sampler.tpe.Histories;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

class SuccessEstimateTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(uniform("x", 0, 1), logUniform("y", 1e-6, 1), choice("c", "p", "q", "r"));

  private static Configuration at(double x) {
    return SPACE.walk(p -> p.name().equals("x") ? x : p.domain().fromUnit(0.5));
  }

  private static double probability(SuccessEstimate estimate, Configuration configuration) {
    return Math.exp(estimate.logProbability(configuration));
  }

  private static double probability(TrialTable table, double x) {
    SuccessEstimate estimate = new SuccessEstimate(SPACE.parameters());
    estimate.learn(TrialHistory.of(table));
    return probability(estimate, at(x));
  }

  @Test
  void beforeATrialHasFailedAllIsWell() {
    TrialTable table = Histories.table();
    Histories.complete(table, at(0.5), 1);
    assertThat(probability(table, 0.5)).isEqualTo(1);
  }

  @Test
  void prunedTrialsAreSuccesses() {
    TrialTable table = Histories.table();
    for (int i = 0; i < 10; i++) {
      Histories.prune(table, at(0.2));
      Histories.fail(table, at(0.8));
    }
    assertThat(probability(table, 0.2)).isGreaterThan(0.8);
    assertThat(probability(table, 0.8)).isLessThan(0.2);
  }

  @Test
  void theDeathOfAProcessSaysNothing() {
    TrialTable table = Histories.table();
    for (int i = 0; i < 10; i++) {
      Histories.complete(table, at(0.2), 1);
      int number = Histories.add(table, at(0.8));
      table.finish(number, Outcome.failed(FailureReason.LOST, "test"), Optional.empty());
    }
    assertThat(probability(table, 0.8)).isEqualTo(1);
  }

  @Test
  void trialsWithoutItsParametersSayNothing() {
    TrialTable table = Histories.table();
    Histories.fail(table, at(0.8));
    Histories.complete(table, at(0.2), 1);
    double before = probability(table, 0.5);
    for (int i = 0; i < 10; i++) {
      Histories.fail(table, Configuration.empty());
    }
    assertThat(probability(table, 0.5)).isEqualTo(before);
  }

  /** What is kept must keep up with a history that grows, is an older one, or another study's. */
  @Test
  void isAFunctionOfTheHistoryWhateverItLearnedBefore() {
    SuccessEstimate used = new SuccessEstimate(SPACE.parameters());
    List<TrialTable> tables = List.of(Histories.table(), Histories.table());
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 120; i++) {
      TrialTable table = tables.get(i / 7 % 2);
      Histories.addAnyOutcome(table, Histories.random(SPACE, random), random.nextInt(10));
      int size = table.size();
      TrialHistory history =
          i % 5 == 4 ? TrialHistory.ordered(table, size, size / 2) : TrialHistory.of(table);
      used.learn(history);
      SuccessEstimate fresh = new SuccessEstimate(SPACE.parameters());
      fresh.learn(history);
      Configuration point = Histories.random(SPACE, random);
      assertThat(used.logProbability(point)).isEqualTo(fresh.logProbability(point));
    }
  }
}

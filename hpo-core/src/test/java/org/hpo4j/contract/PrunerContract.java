package org.hpo4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hpo4j.pruner.Pruner;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every pruner promises, on histories of trials in every state and of every kind of space. */
public abstract class PrunerContract {

  private static final int STUDIES = 300;
  private static final int TRIALS = 12;

  /** A new pruner of the objective, configured as all others that this method returns. */
  protected abstract Pruner newPruner();

  /** Trials in any state with up to nine reports each, the last of them running. */
  private static TrialTable study(long seed) {
    return study(seed, Collections.nCopies(TRIALS, Configuration.empty()));
  }

  private static TrialTable study(long seed, List<Configuration> values) {
    SplittableRandom random = new SplittableRandom(seed);
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
    for (int trial = 0; trial < TRIALS; trial++) {
      table.add();
      table.setState(trial, TrialState.RUNNING, Optional.empty());
      Configuration chosen = values.get(trial);
      for (int i = 0; i < chosen.size(); i++) {
        table.set(trial, chosen.parameters().get(i), chosen.code(i));
      }
      int reports = 1 + random.nextInt(9);
      for (int step = 1; step <= reports; step++) {
        table.report(trial, TrialTable.OBJECTIVE, step, anyValue(random));
      }
      int kind = trial == TRIALS - 1 ? 0 : random.nextInt(6);
      if (kind == 1) {
        table.finish(trial, Outcome.pruned(), Optional.empty());
      } else if (kind == 2) {
        table.finish(trial, Outcome.failed(FailureReason.EXCEPTION, "a test"), Optional.empty());
      } else if (kind > 2) {
        table.finish(trial, Outcome.completed(random.nextInt(3)), Optional.empty());
      }
    }
    return table;
  }

  private static double anyValue(SplittableRandom random) {
    return switch (random.nextInt(20)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> Double.NEGATIVE_INFINITY;
      default -> random.nextInt(-3, 4);
    };
  }

  private static boolean prunes(Pruner pruner, TrialTable table, TrialHistory view) {
    int trial = TRIALS - 1;
    return pruner.shouldPrune(view, trial, table.reports(trial, TrialTable.OBJECTIVE));
  }

  static List<String> spaces() {
    return List.copyOf(Spaces.all().keySet());
  }

  @Test
  void isAPureFunction() {
    assertPure(Collections.nCopies(TRIALS, Configuration.empty()));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void isAPureFunctionInEveryKindOfSpace(String name) {
    SearchSpace space = Objects.requireNonNull(Spaces.all().get(name));
    assertPure(IntStream.range(0, TRIALS).mapToObj(i -> Pasts.draw(space, i)).toList());
  }

  private void assertPure(List<Configuration> values) {
    Pruner used = newPruner();
    for (long seed = 0; seed < STUDIES; seed++) {
      TrialTable table = study(seed, values);
      boolean first = prunes(used, table, TrialHistory.of(table));
      assertThat(prunes(used, table, TrialHistory.of(table))).isEqualTo(first);
      assertThat(prunes(newPruner(), table, TrialHistory.of(table))).isEqualTo(first);
    }
  }

  @Test
  void aReportThatIsNotANumberDecidesNothing() {
    for (long seed = 0; seed < STUDIES; seed++) {
      TrialTable table = study(seed);
      table.report(TRIALS - 1, TrialTable.OBJECTIVE, 10, Double.NaN);
      assertThat(prunes(newPruner(), table, TrialHistory.of(table))).isFalse();
    }
  }

  /** In an ordered run the trials past the prefix show neither outcomes nor reports. */
  @Test
  void knowsNoMoreThanTheViewShows() {
    for (long seed = 0; seed < STUDIES; seed++) {
      TrialTable table = study(seed);
      TrialTable later = study(seed);
      for (int trial = 6; trial < TRIALS - 1; trial++) {
        later.report(trial, TrialTable.OBJECTIVE, 5, -100);
      }
      assertThat(prunes(newPruner(), later, TrialHistory.ordered(later, TRIALS - 1, 6)))
          .isEqualTo(prunes(newPruner(), table, TrialHistory.ordered(table, TRIALS - 1, 6)));
    }
  }

  @Test
  void describesItselfTheSameEachTime() {
    assertThat(newPruner().describe()).isNotBlank().isEqualTo(newPruner().describe());
  }
}

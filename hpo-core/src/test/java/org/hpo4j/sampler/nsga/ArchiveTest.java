package org.hpo4j.sampler.nsga;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.hpo4j.math.KeyedRandom;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the archive forgets is never missed. */
class ArchiveTest {

  private static final int SIZE = 6;

  private final Random random = new Random(7);

  @ParameterizedTest
  @CsvSource({"1, 1000", "1, 5", "2, 1000", "2, 4", "3, 1000", "3, 3"})
  void choosesAsAmongAllTrials(int objectives, int differentValues) {
    TrialTable table = new TrialTable(Collections.nCopies(objectives, Direction.MINIMIZE));
    Archive archive = new Archive(SIZE);
    List<Integer> running = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      running.add(table.add());
      table.setState(table.size() - 1, TrialState.RUNNING, Optional.empty());
      if (running.size() > 4) {
        // Not always the oldest: trials end out of order.
        end(table, running.remove(random.nextInt(running.size())), differentValues);
      }
      // An ordered view of less, now and then, as that of a trial which runs again.
      int visible = random.nextInt(20) == 0 ? random.nextInt(table.size()) : table.size();
      TrialHistory view = TrialHistory.ordered(table, table.size(), visible);
      int ended = endedOf(view) / SIZE * SIZE;
      assertSame(archive.select(view, ended), ofAll(view, ended));
    }
  }

  private void end(TrialTable table, int number, int differentValues) {
    int kind = random.nextInt(10);
    if (kind == 0) {
      table.finish(number, Outcome.failed(FailureReason.EXCEPTION, "failed"), Optional.empty());
      return;
    }
    if (table.size() > 200) {
      List<Double> constraint = List.of(random.nextInt(3) - 1.0);
      table.setSystemAttribute(number, TrialTable.CONSTRAINTS, constraint);
    }
    if (kind == 1) {
      table.report(number, TrialTable.OBJECTIVE, random.nextInt(3), value(differentValues));
      table.finish(number, Outcome.pruned(), Optional.empty());
      return;
    }
    List<Double> values =
        IntStream.range(0, table.directions().size())
            .mapToObj(objective -> value(differentValues))
            .toList();
    table.finish(number, new Outcome.Completed(values), Optional.empty());
  }

  private double value(int different) {
    int value = random.nextInt(different);
    return value == 0 ? Double.POSITIVE_INFINITY : value;
  }

  private static int endedOf(TrialHistory view) {
    return (int)
        IntStream.range(0, view.size()).filter(trial -> view.state(trial).isFinished()).count();
  }

  private static Population ofAll(TrialHistory view, int ended) {
    List<Individual> all =
        IntStream.range(0, view.size())
            .filter(trial -> view.state(trial).isFinished())
            .limit(ended)
            .filter(trial -> view.state(trial) != TrialState.FAILED)
            .mapToObj(trial -> Individual.of(view, trial))
            .toList();
    return Population.of(all, SIZE);
  }

  private static void assertSame(Population actual, Population expected) {
    assertThat(trials(actual)).isEqualTo(trials(expected));
    if (expected.size() > 0) {
      assertThat(winners(actual)).isEqualTo(winners(expected));
    }
  }

  private static List<Integer> trials(Population population) {
    return IntStream.range(0, population.size()).mapToObj(population::trial).toList();
  }

  /** Shows the ranks and crowding distances. */
  private static List<Integer> winners(Population population) {
    var draws = KeyedRandom.of(1, 2, "winners");
    return IntStream.range(0, 100).mapToObj(i -> population.tournament(draws)).toList();
  }
}

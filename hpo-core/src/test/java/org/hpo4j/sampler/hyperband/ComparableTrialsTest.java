package org.hpo4j.sampler.hyperband;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

/** Which trials a model is shown. Resources are 3, 7 and 20. */
class ComparableTrialsTest {

  private static final int NO_PARENT = -1;

  private final TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));

  private int start(int resource, int parent) {
    int trial = table.add();
    table.setState(trial, TrialState.RUNNING, Optional.empty());
    Fidelity fidelity =
        parent == NO_PARENT
            ? new Fidelity(0, 0, 0, resource, OptionalInt.empty())
            : new Fidelity(0, 1, resource / 2, resource, OptionalInt.of(parent));
    table.setSystemAttribute(trial, Fidelity.ATTRIBUTE, fidelity.toAttribute());
    return trial;
  }

  private int complete(int trial) {
    table.finish(trial, Outcome.completed(trial), Optional.empty());
    return trial;
  }

  private int fail(int trial) {
    table.finish(trial, Outcome.failed(FailureReason.OUT_OF_MEMORY, "too large"), Optional.empty());
    return trial;
  }

  private List<Integer> shown(int enough) {
    TrialHistory selected = new ComparableTrials(TrialHistory.of(table), 20).select(enough);
    List<Integer> numbers = new ArrayList<>();
    for (int trial = 0; trial < selected.size(); trial++) {
      numbers.add(selected.number(trial));
    }
    return numbers;
  }

  @Test
  void takesTheLargestResourceWithEnoughTrials() {
    int first = complete(start(3, NO_PARENT));
    int second = complete(start(3, NO_PARENT));
    int third = complete(start(3, NO_PARENT));
    int promoted = complete(start(7, first));
    int other = complete(start(7, second));
    assertThat(shown(3)).containsExactly(first, second, third);
    assertThat(shown(2)).containsExactly(promoted, other);
  }

  @Test
  void ifNoneHasEnoughTheFullestOneStandsIn() {
    int first = complete(start(3, NO_PARENT));
    int second = complete(start(3, NO_PARENT));
    complete(start(7, first));
    assertThat(shown(9)).containsExactly(first, second);
  }

  @Test
  void trialsFromOutsideCountAsFullyTrained() {
    complete(start(7, NO_PARENT));
    int imported = complete(table.add());
    int full = complete(start(20, NO_PARENT));
    assertThat(shown(2)).containsExactly(imported, full);
  }

  @Test
  void aRunningTrialIsShownUnlessItsConfigurationIs() {
    int first = complete(start(3, NO_PARENT));
    int second = complete(start(3, NO_PARENT));
    int promoted = start(7, first);
    int fresh = start(3, NO_PARENT);
    assertThat(shown(2)).containsExactly(first, second, fresh);
    complete(promoted);
    int again = start(20, promoted);
    // At resource 7 nothing is known of the second one; its parent at 3 does not compare.
    assertThat(shown(1)).containsExactly(promoted, fresh);
    assertThat(table.state(again)).isEqualTo(TrialState.RUNNING);
  }

  @Test
  void aRunningTrialOfALowerResourceIsShownBesideHigherOnes() {
    int full = complete(start(20, NO_PARENT));
    int parent = complete(start(3, NO_PARENT));
    int promoted = start(7, parent);
    assertThat(shown(1)).containsExactly(full, promoted);
  }

  @Test
  void failuresAreShownWhateverTheirResource() {
    int failed = fail(start(3, NO_PARENT));
    int full = complete(start(20, NO_PARENT));
    int parent = complete(start(7, NO_PARENT));
    int failedLater = fail(start(20, parent));
    assertThat(shown(1)).containsExactly(failed, full, failedLater);
  }

  @Test
  void aHistoryWithoutValuesIsShownWhole() {
    int running = start(3, NO_PARENT);
    int failed = fail(start(3, NO_PARENT));
    assertThat(shown(1)).containsExactly(running, failed);
  }
}

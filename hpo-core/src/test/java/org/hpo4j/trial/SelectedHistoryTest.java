package org.hpo4j.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.junit.jupiter.api.Test;

class SelectedHistoryTest {

  private static final Parameter<Double> X = Parameters.uniform("x", 0, 1);

  private static TrialTable fourTrials() {
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
    for (int i = 0; i < 4; i++) {
      table.add();
      table.setState(i, TrialState.RUNNING, Optional.empty());
      table.setJoint(i, Configuration.builder().set(X, i / 8.0).build());
      table.set(i, X, i / 8.0);
    }
    table.finish(1, Outcome.completed(10), Optional.empty());
    table.finish(2, Outcome.failed(FailureReason.OUT_OF_MEMORY, "too large"), Optional.empty());
    table.setSystemAttribute(3, TrialTable.CONSTRAINTS, List.of(0.5, -1.0, 0.25));
    table.finish(3, Outcome.completed(30), Optional.empty());
    return table;
  }

  @Test
  void renumbersTheTrials() {
    TrialHistory selected = TrialHistory.of(fourTrials()).select(new int[] {3, 0, 2});
    assertThat(selected.size()).isEqualTo(3);
    assertThat(selected.number(0)).isEqualTo(3);
    assertThat(selected.value(0)).isEqualTo(30);
    assertThat(selected.code(0, 0)).isEqualTo(0.375);
    assertThat(selected.state(1)).isEqualTo(TrialState.RUNNING);
    assertThat(selected.failure(2)).contains(FailureReason.OUT_OF_MEMORY);
  }

  @Test
  void canBeSelectedAgain() {
    TrialHistory selected =
        TrialHistory.of(fourTrials()).select(new int[] {3, 0, 1}).select(new int[] {2});
    assertThat(selected.number(0)).isEqualTo(1);
    assertThat(selected.value(0)).isEqualTo(10);
  }

  @Test
  void hidesWhatTheWholeViewHides() {
    TrialHistory selected = TrialHistory.ordered(fourTrials(), 4, 2).select(new int[] {1, 3});
    assertThat(selected.state(0)).isEqualTo(TrialState.COMPLETE);
    assertThat(selected.state(1)).isEqualTo(TrialState.RUNNING);
    assertThat(selected.value(1)).isNaN();
    assertThat(selected.failure(1)).isEmpty();
  }

  @Test
  void refusesTrialsThatTheViewDoesNotHave() {
    TrialHistory history = TrialHistory.of(fourTrials());
    assertThatThrownBy(() -> history.select(new int[] {4}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void addsUpTheViolatedConstraints() {
    TrialTable table = fourTrials();
    TrialHistory history = TrialHistory.of(table);
    assertThat(history.constraintCount()).isEqualTo(3);
    assertThat(history.violation(3)).isEqualTo(0.75);
    assertThat(history.violation(1)).isZero();
    table.declareConstraints(1);
    assertThat(history.violation(1)).isInfinite();
  }

  @Test
  void constraintsOfHiddenTrialsDoNotCount() {
    TrialHistory history = TrialHistory.ordered(fourTrials(), 4, 2);
    assertThat(history.constraintCount()).isZero();
    assertThat(history.violation(1)).isZero();
  }

  /** What is kept of one source by whoever decides about it must hold in its other views. */
  @Test
  void isASourceOfItsOwnWhereItSaysSomethingElse() {
    TrialHistory whole = TrialHistory.of(fourTrials());
    assertThat(whole.withReportsOf("accuracy", Direction.MAXIMIZE).source())
        .isNotSameAs(whole.source());
    assertThat(whole.select(new int[] {1}).source()).isNotSameAs(whole.source());
  }
}

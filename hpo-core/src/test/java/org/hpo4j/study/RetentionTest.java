package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

class RetentionTest {

  /** 0: 3, 1: pruned, 2: 1, 3: failed, 4: running, 5: 3, 6: 2, 7: waiting. */
  private static TrialTable table(Direction direction) {
    TrialTable table = new TrialTable(List.of(direction));
    List<Optional<Outcome>> outcomes =
        List.of(
            Optional.of(Outcome.completed(3)),
            Optional.of(Outcome.pruned()),
            Optional.of(Outcome.completed(1)),
            Optional.of(Outcome.failed(FailureReason.TIMEOUT, "late")),
            Optional.empty(),
            Optional.of(Outcome.completed(3)),
            Optional.of(Outcome.completed(2)));
    for (Optional<Outcome> outcome : outcomes) {
      int number = table.add();
      table.setState(number, TrialState.RUNNING, Optional.empty());
      outcome.ifPresent(ended -> table.finish(number, ended, Optional.empty()));
    }
    table.add();
    return table;
  }

  @Test
  void theBestCompleteTrialsKeepTheirFiles() {
    assertThat(Retention.bestTrials(2).expired(table(Direction.MINIMIZE)).stream())
        .containsExactly(0, 1, 3, 5);
  }

  @Test
  void ofEqualTrialsTheEarlierKeepsItsFiles() {
    assertThat(Retention.bestTrials(1).expired(table(Direction.MAXIMIZE)).stream())
        .containsExactly(1, 2, 3, 5, 6);
  }

  @Test
  void moreThanThereAreKeepsAllCompleteTrials() {
    assertThat(Retention.bestTrials(10).expired(table(Direction.MINIMIZE)).stream())
        .containsExactly(1, 3);
  }

  @Test
  void allKeepsFailedTrialsToo() {
    assertThat(Retention.all().expired(table(Direction.MINIMIZE)).stream()).isEmpty();
  }

  @Test
  void aCountBelowOneIsRefused() {
    assertThatThrownBy(() -> Retention.bestTrials(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0");
  }

  @Test
  void aTrialThatViolatesAConstraintComesLast() {
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
    for (double violation : new double[] {-1, 2, 1}) {
      int number = table.add();
      table.setState(number, TrialState.RUNNING, Optional.empty());
      table.setSystemAttribute(number, TrialTable.CONSTRAINTS, List.of(violation));
      table.finish(number, Outcome.completed(-violation), Optional.empty());
    }
    assertThat(Retention.bestTrials(1).expired(table).stream()).containsExactly(1, 2);
    assertThat(Retention.bestTrials(2).expired(table).stream()).containsExactly(1);
  }

  @Test
  void severalObjectivesDoNotSayWhoseFilesToKeep() {
    assertThatThrownBy(
            () ->
                MultiObjectiveStudy.named("s")
                    .minimize("loss")
                    .minimize("size")
                    .retention(Retention.bestTrials(1))
                    .create())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'s'")
        .hasMessageContaining("bestTrials(1)");
  }
}

package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.integer;

import java.util.List;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

class RepeatIndexTest {

  private static final Parameter<Integer> X = integer("x", 0, 9);
  private static final Parameter<Integer> Y = integer("y", 0, 9);

  /** As they come from another process that has just claimed an enqueued trial. */
  @Test
  void findsValuesThatARunningTrialHasReceivedOneByOne() {
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
    RepeatIndex repeats = new RepeatIndex(table);
    Configuration values = Configuration.builder().set(X, 3).set(Y, 4).build();
    int trial = table.add();
    table.setState(trial, TrialState.RUNNING, Optional.empty());
    assertThat(repeats.find(values)).isEqualTo(-1);
    table.set(trial, X, 3);
    assertThat(repeats.find(values)).isEqualTo(-1);
    table.set(trial, Y, 4);
    assertThat(repeats.find(values)).isEqualTo(trial);
  }
}

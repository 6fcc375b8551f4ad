package org.hpo4j.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.uniform;

import java.util.List;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.junit.jupiter.api.Test;

/** How long a table keeps what was drawn jointly. */
class JointDrawsTest {

  private static final Parameter<Double> X = uniform("x", 0, 1);

  private final TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));

  private void run(boolean asks) {
    int number = table.add();
    table.setJoint(number, Configuration.builder().set(X, 0.5).build());
    if (asks) {
      table.set(number, X, 0.5);
    }
    table.finish(number, Outcome.completed(1), Optional.empty());
  }

  @Test
  void aDrawThatATrialEndedWithoutIsKeptForGoodAndNoOther() {
    run(true);
    run(false);
    for (int i = 0; i < TrialTable.LARGEST_LAG; i++) {
      run(true);
    }
    assertThat(table.joint(0).size()).isZero();
    assertThat(table.joint(1).size()).isOne();
    assertThat(table.joint(2).size()).isOne();
  }

  @Test
  void aViewTellsWhatATrialWasGivenFromWhatItHas() {
    run(false);
    TrialHistory history = TrialHistory.of(table);
    assertThat(history.code(0, 0)).isNaN();
    assertThat(history.givenCode(0, 0)).isEqualTo(0.5);
  }
}

package org.hpo4j.sampler.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.uniform;

import java.util.List;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

class ObservationsTest {

  private static final Parameter<String> BRANCH = choice("branch", "deep", "flat");
  private static final Parameter<Double> X = uniform("deep.x", 0, 1);
  private static final Axes AXES = new Axes(List.of(BRANCH, X), false);
  private static final Outcome FAILED = Outcome.failed(FailureReason.OUT_OF_MEMORY, "a test");

  private final TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));

  private int start(Configuration values) {
    int trial = table.add();
    table.setState(trial, TrialState.RUNNING, Optional.empty());
    table.setJoint(trial, values);
    for (int i = 0; i < values.size(); i++) {
      table.set(trial, values.parameters().get(i), values.code(i));
    }
    return trial;
  }

  private void end(Configuration values, Outcome outcome) {
    table.finish(start(values), outcome, Optional.empty());
  }

  private static Configuration deep(double x) {
    return Configuration.builder().set(BRANCH, "deep").set(X, x).build();
  }

  private static Configuration flat() {
    return Configuration.builder().set(BRANCH, "flat").build();
  }

  private Observations read() {
    TrialHistory history = TrialHistory.of(table);
    return new Observations(AXES, history, new Resources(history, Optional.empty()));
  }

  @Test
  void aTrialThatHasDrawnNothingYetRunsNowhere() {
    start(flat());
    start(Configuration.empty());
    table.add();
    assertThat(read().running().size()).isEqualTo(1);
  }

  @Test
  void aTrialThatFailedBeforeItDrewAnythingFailedNowhere() {
    end(flat(), FAILED);
    end(Configuration.empty(), FAILED);
    Observations observations = read();
    assertThat(observations.failed().size()).isEqualTo(1);
    assertThat(observations.outcomes().size()).isEqualTo(1);
  }

  /** Where an absent parameter lies on its axis, all trials of the other branch fail. */
  @Test
  void whatATrialDoesNotHaveSaysNothingAboutItsFailure() {
    for (int i = 0; i < 8; i++) {
      end(deep(Axes.ABSENT), FAILED);
      end(flat(), Outcome.completed(i));
    }
    end(flat(), FAILED);
    Observations observations = read();
    SuccessModel success = new SuccessModel(AXES);
    success.learn(observations.outcomes());
    double[] flat = {1, Axes.ABSENT};
    assertThat(success.logSuccess(flat, new double[0])).isGreaterThan(Math.log(0.5));
  }
}

package org.hpo4j.fork;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.hpo4j.trial.Trial;

/** Runs trials of one objective, each in a process of its own. */
final class Fork {

  private final ObjectiveClass objective;
  private final ForkOptions options;

  Fork(ObjectiveClass objective, ForkOptions options) {
    this.objective = objective;
    this.options = options;
  }

  double[] evaluate(Trial trial) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("before the process of trial " + trial.number() + " started");
    }
    try (TrialOutput output = TrialOutput.open(options.output(), trial.number());
        Doorway door = Doorway.open()) {
      return new ForkedRun(trial, objective, options, output, door).evaluate();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "trial " + trial.number() + " cannot have a process of its own: " + e.getMessage(), e);
    }
  }
}

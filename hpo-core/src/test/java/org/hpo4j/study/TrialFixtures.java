package org.hpo4j.study;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.TrialState;

/** Collects trials of known outcome into the snapshot of a study. */
final class TrialFixtures {

  static final Instant START = Instant.parse("2026-01-02T03:04:05.250Z");

  private final List<FrozenTrial> trials = new ArrayList<>();
  private final Map<String, Parameter<?>> parameters = new LinkedHashMap<>();

  TrialFixtures complete(double value, Configuration configuration) {
    return add(configuration, TrialState.COMPLETE, Optional.of(Outcome.completed(value)));
  }

  TrialFixtures pruned(Configuration configuration) {
    return add(configuration, TrialState.PRUNED, Optional.of(Outcome.pruned()));
  }

  TrialFixtures failed(FailureReason reason, String message, Configuration configuration) {
    return add(configuration, TrialState.FAILED, Optional.of(Outcome.failed(reason, message)));
  }

  TrialFixtures running(Configuration configuration) {
    return add(configuration, TrialState.RUNNING, Optional.empty());
  }

  private TrialFixtures add(
      Configuration configuration, TrialState state, Optional<Outcome> outcome) {
    return add(
        new FrozenTrial(
            trials.size(),
            state,
            configuration,
            outcome,
            Map.of(),
            Map.of(),
            Optional.of(START),
            outcome.map(unused -> START.plus(Duration.ofMillis(1500)))));
  }

  TrialFixtures add(FrozenTrial trial) {
    trials.add(trial);
    trial.configuration().parameters().forEach(p -> parameters.put(p.name(), p));
    return this;
  }

  /** Gives the last trial reports and attributes. */
  TrialFixtures with(Map<String, List<Report>> reports, Map<String, Object> attributes) {
    FrozenTrial last = trials.remove(trials.size() - 1);
    return add(
        new FrozenTrial(
            last.number(),
            last.state(),
            last.configuration(),
            last.outcome(),
            reports,
            attributes,
            last.started(),
            last.ended()));
  }

  List<FrozenTrial> trials() {
    return List.copyOf(trials);
  }

  StudySnapshot snapshot(Direction direction) {
    return new StudySnapshot(
        "demo",
        List.of(new Goal("loss", direction)),
        42,
        List.copyOf(parameters.values()),
        trials,
        Map.of());
  }
}

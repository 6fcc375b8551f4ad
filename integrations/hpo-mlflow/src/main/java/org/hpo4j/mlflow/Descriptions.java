package org.hpo4j.mlflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hpo4j.json.Json;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;

/** What a study and its trials are in MLflow's terms: tags, parameters and metrics. */
final class Descriptions {

  /** The metric of a trial's value; behind a slash the objective, if there are several. */
  static final String SCORE = "run_score";

  private Descriptions() {}

  /** Tags that the runs of a study and of its trials have in common. */
  static Map<String, String> common(BaseStudy study, MlflowOptions options) {
    Map<String, String> tags = new LinkedHashMap<>(options.tags());
    tags.put("mlflow.source.name", "hpo4j");
    tags.put("mlflow.source.type", "LOCAL");
    tags.put("mlflow.user", System.getProperty("user.name", "unknown"));
    tags.put("hpo4j.study", study.name());
    tags.put("hpo4j.project", options.experiment());
    tags.put("hpo4j.objective", String.join(", ", study.metrics()));
    tags.put(
        "hpo4j.direction",
        study.directions().stream()
            .map(direction -> direction.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ")));
    tags.put("hpo4j.sampler", study.sampler());
    return tags;
  }

  /** What is known of a trial only while it runs. */
  static Map<String, String> begun(Trial trial) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("hpo4j.why", trial.why().toString());
    trial.device().ifPresent(device -> tags.put("hpo4j.device", device.toString()));
    return tags;
  }

  /** The values that were chosen so far, and how far the trial is to be trained. */
  static Map<String, String> parameters(FrozenTrial trial) {
    Map<String, String> parameters = new LinkedHashMap<>();
    Configuration configuration = trial.configuration();
    for (int i = 0; i < configuration.size(); i++) {
      Parameter<?> parameter = configuration.parameters().get(i);
      parameters.put(parameter.name(), parameter.domain().label(configuration.code(i)));
    }
    trial.fidelity().ifPresent(fidelity -> parameters.putAll(parameters(fidelity)));
    return parameters;
  }

  private static Map<String, String> parameters(Fidelity fidelity) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("fidelity/resource", Integer.toString(fidelity.resource()));
    parameters.put("fidelity/initial", Integer.toString(fidelity.initialResource()));
    parameters.put("fidelity/bracket", Integer.toString(fidelity.bracket()));
    parameters.put("fidelity/round", Integer.toString(fidelity.round()));
    fidelity
        .parent()
        .ifPresent(number -> parameters.put("fidelity/parent", Integer.toString(number)));
    return parameters;
  }

  /** How a trial has ended, and what the user has kept with it. */
  static Map<String, String> ended(FrozenTrial trial) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("hpo4j.state", trial.state().name());
    if (trial.outcome().orElse(null) instanceof Outcome.Failed failed) {
      tags.put("hpo4j.failure_reason", failed.reason().name());
      tags.put("hpo4j.failure_message", failed.message());
    }
    if (!trial.constraints().isEmpty()) {
      tags.put("hpo4j.constraints", trial.constraints().toString());
      tags.put("hpo4j.feasible", Boolean.toString(trial.isFeasible()));
    }
    trial.attributes().forEach((key, value) -> tags.put("user." + key, text(value)));
    return tags;
  }

  private static String text(Object value) {
    return value instanceof String string ? string : Json.write(value);
  }

  /** MLflow's status of a trial that has ended. */
  static String status(FrozenTrial trial) {
    if (trial.outcome().orElse(null) instanceof Outcome.Failed failed) {
      boolean stopped =
          failed.reason() == FailureReason.TIMEOUT || failed.reason() == FailureReason.LOST;
      return stopped ? "KILLED" : "FAILED";
    }
    return "FINISHED";
  }

  /** A trial's reports, those of the objective under its name. */
  static List<Point> reports(BaseStudy study, FrozenTrial trial, long time) {
    List<Point> points = new ArrayList<>();
    trial
        .reports()
        .forEach(
            (metric, series) ->
                series.forEach(
                    report ->
                        points.add(
                            new Point(
                                metric.isEmpty() ? study.metrics().get(0) : metric,
                                report.step(),
                                report.value(),
                                time))));
    return points;
  }

  /**
   * The values of a complete trial: as scores and, where nothing was reported under the objective's
   * name, under that too.
   */
  static List<Point> scores(BaseStudy study, FrozenTrial trial, long time) {
    if (trial.state() != TrialState.COMPLETE) {
      return List.of();
    }
    List<Point> points = new ArrayList<>();
    List<String> metrics = study.metrics();
    for (int i = 0; i < metrics.size(); i++) {
      double value = trial.values().get(i);
      points.add(
          new Point(metrics.size() == 1 ? SCORE : SCORE + "/" + metrics.get(i), 0, value, time));
      if (trial.reports(study instanceof Study ? "" : metrics.get(i)).isEmpty()) {
        points.add(new Point(metrics.get(i), 0, value, time));
      }
    }
    return points;
  }

  /** The status of a study whose trials have all ended. */
  static String status(BaseStudy study) {
    boolean failed = false;
    for (FrozenTrial trial : study.trials()) {
      if (trial.state().isRanked()) {
        return "FINISHED";
      }
      failed |= trial.state() == TrialState.FAILED;
    }
    return failed ? "FAILED" : "FINISHED";
  }
}

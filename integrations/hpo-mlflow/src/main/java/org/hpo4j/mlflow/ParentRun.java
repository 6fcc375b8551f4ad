package org.hpo4j.mlflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hpo4j.json.Json;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.trial.FrozenTrial;

/** The run of a study, the parent of those of its trials. The sender's alone. */
final class ParentRun {

  /** The study's attribute that tells it from others of the same name, in whatever storage. */
  private static final String IDENTITY = "mlflow:study";

  private final BaseStudy study;
  private final MlflowOptions options;
  private final Map<String, String> common;
  private final Refusals refusals;
  private final String identity;
  private final Map<String, Map<String, Object>> space = new LinkedHashMap<>();
  private List<Integer> best = List.of();
  private int sentOfSpace;
  private Optional<Runs> runs = Optional.empty();
  private Optional<RunInfo> run = Optional.empty();

  ParentRun(BaseStudy study, MlflowOptions options, Map<String, String> common, Refusals refusals) {
    this.study = study;
    this.options = options;
    this.common = common;
    this.refusals = refusals;
    this.identity = identityOf(study);
    study.space().ifPresent(declared -> declared.parameters().forEach(this::learn));
  }

  /** Kept with the study, so that whoever resumes it finds the run again. */
  private static String identityOf(BaseStudy study) {
    if (!study.attributes().containsKey(IDENTITY)) {
      study.setAttribute(IDENTITY, UUID.randomUUID().toString());
    }
    // Read again: another process may have written its own at the same time.
    return String.valueOf(study.attributes().get(IDENTITY));
  }

  String id() {
    return run.orElseThrow().id();
  }

  /** Finds the study's run, or makes it; true if it was there. */
  boolean open(Runs server) throws AwayException, RefusedException, InterruptedException {
    runs = Optional.of(server);
    run = find(server);
    boolean found = run.isPresent();
    if (!found) {
      Map<String, String> tags = new LinkedHashMap<>(common);
      tags.put("hpo4j.kind", "study");
      tags.put("hpo4j.study_id", identity);
      tags.put("hpo4j.seed", Long.toString(study.seed()));
      tags.put("hpo4j.pruner", study.pruner());
      RunInfo created = server.create(study.name(), System.currentTimeMillis(), tags);
      // Of two processes that made one at the same time, both take the earlier.
      run = Optional.of(find(server).orElse(created));
      if (!id().equals(created.id())) {
        server.delete(created.id());
      }
    } else {
      server.update(id(), "RUNNING", Optional.empty());
    }
    sendSpace();
    return found;
  }

  private Optional<RunInfo> find(Runs server)
      throws AwayException, RefusedException, InterruptedException {
    List<RunInfo> found = new ArrayList<>();
    server.search(
        "tags.hpo4j.kind = 'study' and tags.hpo4j.study_id = '" + identity + "'", found::add);
    return found.stream().min(Comparator.comparing(RunInfo::started).thenComparing(RunInfo::id));
  }

  /** Takes in the domains of parameters that were not seen before. */
  void learn(Configuration configuration) {
    configuration.parameters().forEach(this::learn);
  }

  private void learn(Parameter<?> parameter) {
    space.computeIfAbsent(
        parameter.name(),
        unused -> {
          Map<String, Object> described = new LinkedHashMap<>();
          described.put("domain", parameter.domain().describe());
          described.put("default", parameter.domain().label(parameter.defaultCode()));
          return described;
        });
  }

  /** Sends what is new of the search space and of the best trials. */
  void update() throws AwayException, InterruptedException {
    try {
      sendSpace();
      sendBest();
    } catch (RefusedException e) {
      refusals.say("the run of the study", e);
    }
  }

  private void sendSpace() throws AwayException, RefusedException, InterruptedException {
    if (space.size() > sentOfSpace) {
      Map<String, String> parameters = new LinkedHashMap<>();
      space.forEach(
          (name, described) ->
              parameters.put("space/" + name, String.valueOf(described.get("domain"))));
      server().log(id(), List.of(), parameters, Map.of());
      upload("search_space.json", Json.writeIndented(space) + "\n");
      if (study.space().isPresent()) {
        upload("search_space.txt", study.space().get().describe());
      }
      sentOfSpace = space.size();
    }
  }

  private void sendBest() throws AwayException, RefusedException, InterruptedException {
    List<FrozenTrial> trials = study.bestTrials();
    List<Integer> numbers = trials.stream().map(FrozenTrial::number).toList();
    if (trials.isEmpty() || numbers.equals(best)) {
      return;
    }
    Map<String, String> tags = new LinkedHashMap<>();
    List<Point> points = new ArrayList<>();
    if (study.metrics().size() == 1) {
      FrozenTrial trial = trials.get(0);
      long time = trial.ended().map(Instant::toEpochMilli).orElse(System.currentTimeMillis());
      points.add(new Point("best_score", trial.number(), trial.value(), time));
      tags.put("hpo4j.best_trial", Integer.toString(trial.number()));
      tags.put("hpo4j.best_parameters", Json.write(parameters(trial)));
    } else {
      tags.put("hpo4j.pareto_front", numbers.toString());
      points.add(
          new Point(
              "pareto_front_size", study.trialCount(), numbers.size(), System.currentTimeMillis()));
    }
    server().log(id(), points, Map.of(), tags);
    best = numbers;
  }

  /** Numbers and truth values as they are, options as the trial's run names them. */
  private static Map<String, Object> parameters(FrozenTrial trial) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    Configuration configuration = trial.configuration();
    for (int i = 0; i < configuration.size(); i++) {
      Parameter<?> parameter = configuration.parameters().get(i);
      Object value = configuration.get(parameter.name());
      parameters.put(
          parameter.name(),
          value instanceof Number || value instanceof Boolean
              ? value
              : parameter.domain().label(configuration.code(i)));
    }
    return parameters;
  }

  /** Sends the study's summary and tables, and ends the run. */
  void finish(String status) throws AwayException, InterruptedException {
    update();
    try {
      upload("summary.txt", study.summary().toTable());
      StringBuilder table = new StringBuilder();
      study.export().csv(table);
      upload("trials.csv", table.toString());
      upload("study.json", study.export().json());
      List<Map<String, Object>> bestTrials = new ArrayList<>();
      for (FrozenTrial trial : study.bestTrials()) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("trial", trial.number());
        described.put("values", trial.values());
        described.put("parameters", parameters(trial));
        bestTrials.add(described);
      }
      upload("best_trials.json", Json.writeIndented(bestTrials) + "\n");
      server().update(id(), status, Optional.of(System.currentTimeMillis()));
    } catch (RefusedException e) {
      refusals.say("the run of the study", e);
    }
  }

  private void upload(String name, String text) throws AwayException, InterruptedException {
    try {
      if (text.length() <= options.largestArtifact()) {
        server().upload(run.orElseThrow(), name, text);
      }
    } catch (RefusedException e) {
      refusals.say("file '" + name + "' of the study", e);
    }
  }

  private Runs server() {
    return runs.orElseThrow();
  }
}

package org.hpo4j.mlflow;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The runs of one experiment. Every call goes to the server. */
final class Runs {

  /** MLflow's limits of one request. */
  private static final int MOST_POINTS = 1000;

  private static final int MOST_PARAMETERS_OR_TAGS = 100;
  private static final int PAGE = 1000;

  /** What MLflow's interface calls an experiment that trains models. */
  private static final Map<String, String> EXPERIMENT_TAGS =
      Map.of("mlflow.experimentKind", "custom_model_development");

  private static final String STORE = "mlflow-artifacts:";

  private final Rest rest;
  private final String experiment;

  private Runs(Rest rest, String experiment) {
    this.rest = rest;
    this.experiment = experiment;
  }

  /** The runs of an experiment, which is made if there is none of that name. */
  static Runs of(Rest rest, String name)
      throws AwayException, RefusedException, InterruptedException {
    Optional<String> id = experiment(rest, name);
    if (id.isEmpty()) {
      try {
        rest.post(
            "experiments/create",
            Map.of("name", name, "tags", keyed(EXPERIMENT_TAGS, MlflowNames::tagValue)));
      } catch (RefusedException e) {
        // Another process may have been faster.
        if (!e.code().equals("RESOURCE_ALREADY_EXISTS")) {
          throw e;
        }
      }
      id = experiment(rest, name);
    }
    return new Runs(
        rest,
        id.orElseThrow(() -> new AwayException("it has made the experiment but does not show it")));
  }

  private static Optional<String> experiment(Rest rest, String name)
      throws AwayException, RefusedException, InterruptedException {
    try {
      Map<?, ?> answer = rest.get("experiments/get-by-name", Map.of("experiment_name", name));
      Map<?, ?> found = Rest.part(answer, "experiment");
      if ("deleted".equals(found.get("lifecycle_stage"))) {
        throw new RefusedException(
            "DELETED", "the experiment '" + name + "' is deleted: restore it or name another one");
      }
      return Optional.of(String.valueOf(found.get("experiment_id")));
    } catch (RefusedException e) {
      if (e.code().equals("RESOURCE_DOES_NOT_EXIST")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Begins a run. */
  RunInfo create(String name, long started, Map<String, String> tags)
      throws AwayException, RefusedException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("experiment_id", experiment);
    body.put("run_name", name);
    body.put("start_time", started);
    body.put("tags", keyed(tags, MlflowNames::tagValue));
    return RunInfo.of(Rest.part(rest.post("runs/create", body), "run"));
  }

  /** Finds the runs, not deleted, that a filter lets through. */
  void search(String filter, Consumer<RunInfo> found)
      throws AwayException, RefusedException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("experiment_ids", List.of(experiment));
    body.put("filter", filter);
    body.put("max_results", PAGE);
    while (true) {
      Map<?, ?> answer = rest.post("runs/search", body);
      if (answer.get("runs") instanceof List<?> page) {
        for (Object run : page) {
          found.accept(RunInfo.of((Map<?, ?>) run));
        }
      }
      if (!(answer.get("next_page_token") instanceof String token) || token.isEmpty()) {
        return;
      }
      body.put("page_token", token);
    }
  }

  /** Keeps values with a run, in as many requests as MLflow's limits ask for. */
  void log(String run, List<Point> points, Map<String, String> parameters, Map<String, String> tags)
      throws AwayException, RefusedException, InterruptedException {
    List<Map<String, Object>> metrics = points.stream().map(Runs::metric).toList();
    List<Map<String, String>> params = keyed(parameters, MlflowNames::parameterValue);
    List<Map<String, String>> labels = keyed(tags, MlflowNames::tagValue);
    // All but the metrics share a request with the first of them: 800 + 100 + 100 is the most.
    int first = MOST_POINTS - 2 * MOST_PARAMETERS_OR_TAGS;
    for (int metric = 0, other = 0;
        metric < metrics.size() || other < Math.max(params.size(), labels.size());
        metric += first, other += MOST_PARAMETERS_OR_TAGS) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("run_id", run);
      body.put("metrics", part(metrics, metric, first));
      body.put("params", part(params, other, MOST_PARAMETERS_OR_TAGS));
      body.put("tags", part(labels, other, MOST_PARAMETERS_OR_TAGS));
      rest.post("runs/log-batch", body);
    }
  }

  private static <T> List<T> part(List<T> list, int from, int count) {
    return list.subList(Math.min(from, list.size()), Math.min(from + count, list.size()));
  }

  private static Map<String, Object> metric(Point point) {
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("key", MlflowNames.key(point.metric()));
    metric.put("value", MlflowNames.number(point.value()));
    metric.put("timestamp", point.time());
    metric.put("step", point.step());
    return metric;
  }

  private static List<Map<String, String>> keyed(
      Map<String, String> values, Function<String, String> shortened) {
    List<Map<String, String>> list = new ArrayList<>();
    values.forEach(
        (key, value) ->
            list.add(Map.of("key", MlflowNames.key(key), "value", shortened.apply(value))));
    return list;
  }

  /** Sets a run's status; a time of the end only if it has ended. */
  void update(String run, String status, Optional<Long> ended)
      throws AwayException, RefusedException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("run_id", run);
    body.put("status", status);
    ended.ifPresent(time -> body.put("end_time", time));
    rest.post("runs/update", body);
  }

  /** Deletes a run, which the server can restore. */
  void delete(String run) throws AwayException, RefusedException, InterruptedException {
    rest.post("runs/delete", Map.of("run_id", run));
  }

  /** Keeps a text as a file of the run. */
  void upload(RunInfo run, String name, String text)
      throws AwayException, RefusedException, InterruptedException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    rest.put(path(run, name), HttpRequest.BodyPublishers.ofByteArray(bytes), bytes.length);
  }

  /**
   * Keeps a copy of a file with the run.
   *
   * @throws FileNotFoundException if it is not there any more
   */
  void upload(RunInfo run, String name, Path file)
      throws AwayException, RefusedException, InterruptedException, FileNotFoundException {
    HttpRequest.BodyPublisher content = HttpRequest.BodyPublishers.ofFile(file);
    rest.put(path(run, name), content, file.toFile().length());
  }

  /**
   * Where a file of a run is in the server's own store.
   *
   * @throws RefusedException if the server keeps files in a place of its own that only programs
   *     with access to that place can write to
   */
  private static String path(RunInfo run, String name) throws RefusedException {
    if (!run.artifacts().startsWith(STORE)) {
      // Only the scheme: an address may hold credentials.
      int scheme = run.artifacts().indexOf(':');
      throw new RefusedException(
          "ARTIFACTS",
          "files go only to a server that serves artifacts (mlflow-artifacts:), this one keeps them"
              + " under "
              + (scheme < 0 ? "a folder" : run.artifacts().substring(0, scheme + 1)));
    }
    // With a host, mlflow-artifacts://host/path, or without, mlflow-artifacts:/path.
    String path = run.artifacts().substring(STORE.length()).replaceFirst("^//[^/]+", "");
    return path.replaceFirst("^/+", "") + "/" + name;
  }
}

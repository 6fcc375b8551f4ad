package org.hpo4j.mlflow;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hpo4j.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A run as MLflow's REST API tells it, read without the code under test.
 *
 * @param api the server's address
 * @param id the run's identifier
 * @param name its name
 * @param status its status
 * @param artifacts where its files are
 * @param params its parameters
 * @param tags its tags
 * @param metrics the last value of each metric
 */
record Tracked(
    String api,
    String id,
    String name,
    String status,
    String artifacts,
    Map<String, String> params,
    Map<String, String> tags,
    Map<String, Object> metrics) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** The runs of an experiment, oldest first. */
  static List<Tracked> runs(String api, String experiment)
      throws IOException, InterruptedException {
    Map<?, ?> found = json(api, "experiments/get-by-name?experiment_name=" + encoded(experiment));
    String id = String.valueOf(map(found.get("experiment")).get("experiment_id"));
    String body =
        Json.write(
            Map.of(
                "experiment_ids",
                List.of(id),
                "max_results",
                1000,
                "order_by",
                List.of("attributes.start_time ASC")));
    HttpRequest search =
        HttpRequest.newBuilder(URI.create(api + "/api/2.0/mlflow/runs/search"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    List<Tracked> runs = new ArrayList<>();
    for (Object run : list(map(Json.parse(text(search)).orElseThrow()).get("runs"))) {
      Map<?, ?> info = map(map(run).get("info"));
      Map<?, ?> data = map(map(run).get("data"));
      Map<String, String> params = new TreeMap<>();
      values(data.get("params")).forEach((key, value) -> params.put(key, value.toString()));
      Map<String, String> tags = new TreeMap<>();
      values(data.get("tags")).forEach((key, value) -> tags.put(key, value.toString()));
      runs.add(
          new Tracked(
              api,
              String.valueOf(info.get("run_id")),
              String.valueOf(info.get("run_name")),
              String.valueOf(info.get("status")),
              String.valueOf(info.get("artifact_uri")),
              params,
              tags,
              values(data.get("metrics"))));
    }
    return runs;
  }

  /** The run of the study. */
  static Tracked study(List<Tracked> runs) {
    List<Tracked> studies =
        runs.stream().filter(run -> "study".equals(run.tags().get("hpo4j.kind"))).toList();
    if (studies.size() != 1) {
      throw new AssertionError("not one run of a study but " + studies);
    }
    return studies.get(0);
  }

  /** The run of a trial. */
  static Tracked trial(List<Tracked> runs, int number) {
    return Objects.requireNonNull(trials(runs).get(number));
  }

  /** The runs of the trials, by number; two of the same number are an error. */
  static Map<Integer, Tracked> trials(List<Tracked> runs) {
    Map<Integer, Tracked> trials = new TreeMap<>();
    for (Tracked run : runs) {
      if ("trial".equals(run.tags().get("hpo4j.kind"))
          && trials.put(Integer.valueOf(Objects.requireNonNull(run.tags().get("hpo4j.trial"))), run)
              != null) {
        throw new AssertionError("two runs of the trial of " + run);
      }
    }
    return trials;
  }

  /** All values of a metric, by step. */
  Map<Integer, Double> history(String metric) throws IOException, InterruptedException {
    Map<Integer, Double> history = new TreeMap<>();
    Map<?, ?> answer =
        json(api, "metrics/get-history?run_id=" + id + "&metric_key=" + encoded(metric));
    for (Object point : list(answer.get("metrics"))) {
      int step = map(point).get("step") instanceof Number number ? number.intValue() : 0;
      if (history.put(step, Double.valueOf(String.valueOf(map(point).get("value")))) != null) {
        throw new AssertionError("two values of " + metric + " at step " + step + " in " + answer);
      }
    }
    return history;
  }

  /** The names of the run's files. */
  List<String> files() throws IOException, InterruptedException {
    return list(json(api, "artifacts/list?run_id=" + id).get("files")).stream()
        .map(file -> String.valueOf(map(file).get("path")))
        .toList();
  }

  /** The text of one of the run's files. */
  String file(String file) throws IOException, InterruptedException {
    return text(
        HttpRequest.newBuilder(
                URI.create(
                    api
                        + "/api/2.0/mlflow-artifacts/artifacts"
                        + artifacts.substring(artifacts.indexOf(':') + 1)
                        + "/"
                        + file))
            .build());
  }

  private static Map<?, ?> json(String api, String method)
      throws IOException, InterruptedException {
    URI uri = URI.create(api + "/api/2.0/mlflow/" + method);
    return map(Json.parse(text(HttpRequest.newBuilder(uri).build())).orElseThrow());
  }

  private static String text(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError(request.uri() + ": " + response.statusCode() + response.body());
    }
    return response.body();
  }

  private static Map<String, Object> values(@Nullable Object entries) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Object entry : list(entries)) {
      values.put(
          String.valueOf(map(entry).get("key")), Objects.requireNonNull(map(entry).get("value")));
    }
    return values;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

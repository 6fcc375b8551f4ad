package org.hpo4j.study;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hpo4j.json.Json;
import org.hpo4j.space.CategoricalDomain;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Domain;
import org.hpo4j.space.IntegerDomain;
import org.hpo4j.space.OrdinalDomain;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.RealDomain;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.TrialTable;

/**
 * A study as a file for other tools. Text is UTF-8; files appear whole or not at all.
 *
 * <p>JSON has no NaN or infinity: they are written as the strings {@code "NaN"}, {@code "Infinity"}
 * and {@code "-Infinity"}.
 */
public final class StudyExport {

  private final StudySnapshot study;

  StudyExport(StudySnapshot study) {
    this.study = study;
  }

  // ---- CSV ----

  /**
   * Writes {@link #csv(Appendable)} to a file.
   *
   * @throws UncheckedIOException naming the file, if it cannot be written
   */
  public void csv(Path file) {
    write(file, this::writeCsv);
  }

  /**
   * A row a trial, as RFC 4180 defines CSV: {@code number}, {@code state}, {@code value} (or {@code
   * values_<metric>} for each of several objectives), {@code started} and {@code ended} (ISO 8601,
   * UTC), {@code duration_s}, if a scheduler decided how far trials train {@code resource}, {@code
   * initial}, {@code bracket}, {@code round} and {@code parent}, {@code params_<name>} for each
   * parameter, {@code user_attrs_<key>} for each attribute of the user, {@code failure_reason},
   * {@code failure_message}. What a trial lacks is an empty field. Text that a spreadsheet would
   * take for a formula begins with an apostrophe.
   *
   * @throws UncheckedIOException if {@code out} fails
   */
  public void csv(Appendable out) {
    try {
      writeCsv(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeCsv(Appendable out) throws IOException {
    Set<String> keys = new TreeSet<>();
    study.trials().forEach(trial -> keys.addAll(trial.attributes().keySet()));
    List<String> header = new ArrayList<>(List.of("number", "state"));
    if (study.hasOneObjective()) {
      header.add("value");
    } else {
      study.goals().forEach(goal -> header.add("values_" + goal.metric()));
    }
    header.addAll(List.of("started", "ended", "duration_s"));
    List<String> fidelity = FidelityFields.columns(study.trials());
    header.addAll(fidelity);
    study.parameters().forEach(parameter -> header.add("params_" + parameter.name()));
    keys.forEach(key -> header.add("user_attrs_" + key));
    header.addAll(List.of("failure_reason", "failure_message"));
    Csv.row(out, header);
    for (FrozenTrial trial : study.trials()) {
      Csv.row(out, row(trial, fidelity, keys));
    }
  }

  private List<String> row(FrozenTrial trial, List<String> fidelity, Set<String> keys) {
    List<String> row = new ArrayList<>();
    row.add(Integer.toString(trial.number()));
    row.add(trial.state().name());
    List<Double> values = values(trial);
    for (int i = 0; i < study.goals().size(); i++) {
      row.add(i < values.size() ? String.valueOf(values.get(i)) : "");
    }
    row.add(trial.started().map(Instant::toString).orElse(""));
    row.add(trial.ended().map(Instant::toString).orElse(""));
    row.add(seconds(trial).map(String::valueOf).orElse(""));
    row.addAll(FidelityFields.cells(trial, fidelity, ""));
    for (Parameter<?> parameter : study.parameters()) {
      int index = trial.configuration().indexOf(parameter.name());
      row.add(index < 0 ? "" : parameter.domain().label(trial.configuration().code(index)));
    }
    for (String key : keys) {
      Object attribute = trial.attributes().getOrDefault(key, "");
      row.add(attribute instanceof String text ? text : Json.write(plain(attribute)));
    }
    Optional<Outcome.Failed> failure = failure(trial);
    row.add(failure.map(failed -> failed.reason().name()).orElse(""));
    row.add(failure.map(Outcome.Failed::message).orElse(""));
    return row;
  }

  // ---- JSON ----

  /**
   * Writes {@link #json()} to a file.
   *
   * @throws UncheckedIOException naming the file, if it cannot be written
   */
  public void json(Path file) {
    write(file, out -> out.append(json()));
  }

  /**
   * Everything about the study as indented JSON: its name, objective, direction, seed, attributes,
   * parameters with their domains, and its trials with states, values, times, fidelities,
   * parameters, reports by metric (each a list of step and value; the objective's first),
   * attributes and failures.
   */
  public String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("name", study.name());
    root.putAll(objective());
    root.put("attributes", plain(study.attributes()));
    Map<String, Object> parameters = new LinkedHashMap<>();
    study.parameters().forEach(p -> parameters.put(p.name(), describe(p)));
    root.put("parameters", parameters);
    root.put("trials", study.trials().stream().map(this::full).toList());
    return Json.writeIndented(root) + "\n";
  }

  private Map<String, Object> objective() {
    Map<String, Object> objective = new LinkedHashMap<>();
    if (study.hasOneObjective()) {
      objective.put("metric", study.metric());
      objective.put("direction", study.direction().name());
    } else {
      objective.put("metrics", study.goals().stream().map(Goal::metric).toList());
      objective.put("directions", study.goals().stream().map(g -> g.direction().name()).toList());
    }
    objective.put("seed", study.seed());
    return objective;
  }

  private static Map<String, Object> describe(Parameter<?> parameter) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("domain", parameter.domain().describe());
    described.put("default", value(parameter.domain(), parameter.defaultCode()));
    return described;
  }

  private Map<String, Object> full(FrozenTrial trial) {
    Map<String, Object> full = new LinkedHashMap<>();
    full.put("number", trial.number());
    full.put("state", trial.state().name());
    putValues(trial, full);
    trial.started().ifPresent(time -> full.put("started", time.toString()));
    trial.ended().ifPresent(time -> full.put("ended", time.toString()));
    seconds(trial).ifPresent(seconds -> full.put("duration_s", seconds));
    putFidelity(trial, full);
    full.put("params", parameters(trial.configuration(), new LinkedHashMap<>()));
    full.put("reports", reports(trial));
    full.put("attributes", plain(trial.attributes()));
    if (!trial.constraints().isEmpty()) {
      full.put("constraints", plain(trial.constraints()));
    }
    failure(trial)
        .ifPresent(
            failed -> {
              full.put("failure_reason", failed.reason().name());
              full.put("failure_message", failed.message());
            });
    return full;
  }

  /**
   * The study as text that is equal exactly for equal studies: objective, direction, seed, and each
   * trial's state, value, fidelity, parameters, reports, attributes of the user and kind of
   * failure. It has none of what may differ between two runs of the same study: names of study and
   * workers, times, messages of failures (which may contain times or addresses), the order in which
   * parameters were first asked for, and what the library notes for itself.
   *
   * <p>Compact JSON, a line a trial, with the keys of parameters, metrics and attributes sorted.
   */
  public String canonicalJson() {
    StringBuilder text = new StringBuilder(Json.write(objective())).append('\n');
    study.trials().forEach(trial -> text.append(Json.write(canonical(trial))).append('\n'));
    return text.toString();
  }

  private Map<String, Object> canonical(FrozenTrial trial) {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("number", trial.number());
    canonical.put("state", trial.state().name());
    putValues(trial, canonical);
    if (!trial.constraints().isEmpty()) {
      canonical.put("constraints", plain(trial.constraints()));
    }
    putFidelity(trial, canonical);
    canonical.put("params", parameters(trial.configuration(), new TreeMap<>()));
    canonical.put("reports", reports(trial));
    canonical.put("attributes", plain(trial.attributes()));
    failure(trial).ifPresent(failed -> canonical.put("failure", failed.reason().name()));
    return canonical;
  }

  // ---- Parts of a trial ----

  /** The values of a complete trial, or the last report of a pruned one, as in Optuna's tables. */
  private static List<Double> values(FrozenTrial trial) {
    if (trial.outcome().isEmpty() || trial.outcome().get() instanceof Outcome.Failed) {
      return List.of();
    }
    if (trial.outcome().get() instanceof Outcome.Completed completed) {
      return completed.values();
    }
    List<Report> reports = trial.reports(TrialTable.OBJECTIVE);
    return reports.isEmpty() ? List.of() : List.of(reports.get(reports.size() - 1).value());
  }

  private void putValues(FrozenTrial trial, Map<String, Object> described) {
    List<Double> values = values(trial);
    if (!study.hasOneObjective() && !values.isEmpty()) {
      described.put("values", plain(values));
    } else if (!values.isEmpty()) {
      described.put("value", plain(values.get(0)));
    }
  }

  /** Nothing where no scheduler was at work, so that other studies are described as before. */
  private static void putFidelity(FrozenTrial trial, Map<String, Object> described) {
    if (trial.fidelity().isPresent()) {
      described.put("fidelity", FidelityFields.of(trial));
    }
  }

  private static Optional<Outcome.Failed> failure(FrozenTrial trial) {
    return trial
        .outcome()
        .filter(outcome -> outcome instanceof Outcome.Failed)
        .map(outcome -> (Outcome.Failed) outcome);
  }

  private static Optional<Double> seconds(FrozenTrial trial) {
    return trial.duration().map(Duration::toNanos).map(nanos -> nanos / 1e9);
  }

  private static Map<String, Object> parameters(
      Configuration configuration, Map<String, Object> values) {
    for (int i = 0; i < configuration.size(); i++) {
      Parameter<?> parameter = configuration.parameters().get(i);
      values.put(parameter.name(), value(parameter.domain(), configuration.code(i)));
    }
    return values;
  }

  /** A number, or the label of an option. */
  private static Object value(Domain<?> domain, double code) {
    // Instance patterns rather than a switch over the sealed type: that needs Java 21.
    if (domain instanceof IntegerDomain) {
      return (long) code;
    }
    if (domain instanceof RealDomain) {
      return code;
    }
    if (domain instanceof CategoricalDomain || domain instanceof OrdinalDomain) {
      return domain.label(code);
    }
    throw new AssertionError("unknown domain " + domain);
  }

  private Map<String, Object> reports(FrozenTrial trial) {
    Map<String, Object> byMetric = new TreeMap<>();
    trial
        .reports()
        .forEach(
            (metric, series) ->
                byMetric.put(
                    metric.equals(TrialTable.OBJECTIVE) ? study.metric() : metric,
                    series.stream().map(r -> List.of(r.step(), plain(r.value()))).toList()));
    return byMetric;
  }

  /** The same value without what JSON lacks, and with the keys of its maps sorted. */
  private static Object plain(Object value) {
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? value : Double.toString(number);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(StudyExport::plain).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, element) -> sorted.put(String.valueOf(key), plain(element)));
      return sorted;
    }
    return value;
  }

  // ---- Files ----

  @FunctionalInterface
  private interface Text {
    void writeTo(Appendable out) throws IOException;
  }

  private static void write(Path file, Text text) {
    AtomicFile.write(
        "the export",
        file,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          text.writeTo(writer);
          writer.flush();
        });
  }
}

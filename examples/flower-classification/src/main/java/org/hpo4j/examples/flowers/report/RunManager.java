package org.hpo4j.examples.flowers.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hpo4j.space.Configuration;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.study.StudyListener;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows runs and their epochs from begin to end: after each epoch all results so far are in
 * {@code runs.csv} and {@code runs.json}, a row an epoch.
 *
 * <p>A run is a trial. An adapter reports an epoch's metrics one by one and the objective last,
 * which ends the epoch; the next one begins there. Files are replaced as a whole. Safe for trials
 * in several threads.
 */
public final class RunManager implements StudyListener {
  private final Path folder;
  private final Map<Integer, Run> runs = new TreeMap<>();

  /** A run, with what is known of its current epoch. */
  private static final class Run {
    private final Map<String, Object> parameters;
    private final List<RunRow> rows = new ArrayList<>();
    private Map<String, Double> current = new HashMap<>();
    private final long began = System.nanoTime();
    private long epochBegan = began;

    Run(Configuration configuration) {
      parameters = configuration.toMap();
    }
  }

  /**
   * Takes up what a study has done before; durations of those epochs are not known any more.
   *
   * @param folder where files are written; it exists
   */
  public RunManager(Path folder, BaseStudy study) {
    this.folder = folder;
    for (FrozenTrial trial : study.trials()) {
      if (trial.state() == TrialState.COMPLETE) {
        Run run = new Run(trial.configuration());
        for (Report report : trial.reports("")) {
          trial
              .reports()
              .forEach(
                  (metric, reports) ->
                      reports.stream()
                          .filter(other -> other.step() == report.step())
                          .forEach(
                              other ->
                                  run.current.put(
                                      metric.isEmpty() ? study.metrics().get(0) : metric,
                                      other.value())));
          end(trial.number(), run, report.step(), Double.NaN, Double.NaN);
        }
        runs.put(trial.number(), run);
      }
    }
  }

  /** Begins a run, and its first epoch. */
  @Override
  public synchronized void trialStarted(BaseStudy study, Trial trial) {
    runs.put(trial.number(), new Run(trial.configuration()));
  }

  /** Takes a result; the objective's ends the epoch. */
  @Override
  public synchronized void trialReported(
      BaseStudy study, Trial trial, String metric, int step, double value) {
    Run run = runs.get(trial.number());
    if (run == null) {
      return;
    }
    run.current.put(metric, value);
    if (metric.equals(study.metrics().get(0))) {
      long now = System.nanoTime();
      end(trial.number(), run, step, (now - run.epochBegan) / 1e9, (now - run.began) / 1e9);
      run.epochBegan = now;
      write();
    }
  }

  /** Ends a run. */
  @Override
  public synchronized void trialFinished(BaseStudy study, FrozenTrial trial) {
    write();
  }

  private static void end(int number, Run run, int epoch, double seconds, double runSeconds) {
    run.rows.add(new RunRow(number, epoch, run.parameters, run.current, seconds, runSeconds));
    run.current = new HashMap<>();
  }

  /** Returns the rows of all runs, in the order of runs and epochs. */
  public synchronized List<RunRow> rows() {
    return runs.values().stream().flatMap(run -> run.rows.stream()).toList();
  }

  private void write() {
    List<RunRow> rows = rows();
    StringBuilder csv = new StringBuilder();
    List<Object> json = new ArrayList<>();
    for (RunRow row : rows) {
      Map<String, Object> cells = row.cells();
      if (csv.isEmpty()) {
        csv.append(String.join(",", cells.keySet())).append('\n');
      }
      csv.append(String.join(",", cells.values().stream().map(RunManager::text).toList()))
          .append('\n');
      Map<String, Object> known = new LinkedHashMap<>(cells);
      known.values().removeIf(value -> value instanceof Double d && d.isNaN());
      json.add(known);
    }
    replace(folder.resolve("runs.csv"), csv.toString());
    replace(
        folder.resolve("runs.json"),
        JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  private static String text(Object value) {
    return value instanceof Double d && d.isNaN() ? "" : value.toString();
  }

  private static void replace(Path file, String content) {
    try {
      Path whole = file.resolveSibling(file.getFileName() + ".tmp");
      Files.writeString(whole, content);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("results can't be written to '" + file + "'", e);
    }
  }
}

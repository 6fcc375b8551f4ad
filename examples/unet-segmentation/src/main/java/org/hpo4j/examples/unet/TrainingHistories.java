package org.hpo4j.examples.unet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.study.Objective;
import org.hpo4j.study.StudyListener;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialPrunedException;

/**
 * Attaches to each trial what it reported: a table with a row for each epoch and a column for each
 * metric. Pruned and failed trials have one too, as far as they came.
 */
final class TrainingHistories implements StudyListener {
  /** Name of the attached file. */
  static final String FILE = "history.csv";

  private final Map<Integer, Map<Integer, Map<String, Double>>> byTrial = new ConcurrentHashMap<>();

  @Override
  public void trialStarted(BaseStudy study, Trial trial) {
    byTrial.put(trial.number(), new TreeMap<>());
  }

  @Override
  public void trialReported(BaseStudy study, Trial trial, String metric, int step, double value) {
    byTrial
        .getOrDefault(trial.number(), new TreeMap<>())
        .computeIfAbsent(step, unused -> new TreeMap<>())
        .put(metric, value);
  }

  /** Returns an objective that attaches the history once a trial has trained. */
  Objective<IOException> around(Objective<IOException> objective) {
    return trial -> {
      double value;
      try {
        value = objective.evaluate(trial);
      } catch (TrialPrunedException | TrialFailedException e) {
        attach(trial);
        throw e;
      }
      attach(trial);
      return value;
    };
  }

  private void attach(Trial trial) {
    Map<Integer, Map<String, Double>> epochs = byTrial.remove(trial.number());
    if (epochs == null || epochs.isEmpty()) {
      return;
    }
    try {
      Path file = Files.createTempFile("history", ".csv");
      try {
        Files.write(file, lines(epochs));
        trial.attach(FILE, file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the history of trial " + trial.number(), e);
    }
  }

  private static List<String> lines(Map<Integer, Map<String, Double>> epochs) {
    Set<String> metrics = new TreeSet<>();
    epochs.values().forEach(values -> metrics.addAll(values.keySet()));
    List<String> lines = new ArrayList<>();
    lines.add("epoch," + String.join(",", metrics));
    epochs.forEach(
        (epoch, values) -> {
          StringBuilder line = new StringBuilder().append(epoch);
          for (String metric : metrics) {
            Double value = values.get(metric);
            line.append(',').append(value == null ? "" : value);
          }
          lines.add(line.toString());
        });
    return lines;
  }
}

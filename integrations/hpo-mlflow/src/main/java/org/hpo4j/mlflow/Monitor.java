package org.hpo4j.mlflow;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;

/** The thread that measures the machine while trials run. */
final class Monitor {

  private final Duration interval;
  private final Supplier<Collection<StudyRuns>> studies;
  private final SystemMetrics metrics = new SystemMetrics();
  private final Thread thread;
  private volatile Map<String, Double> last = Map.of();

  /** Measures for the studies' trials, never if the interval is zero. */
  Monitor(Duration interval, Supplier<Collection<StudyRuns>> studies) {
    this.interval = interval;
    this.studies = studies;
    this.thread = new Thread(this::run, "hpo4j MLflow system metrics");
    thread.setDaemon(true);
  }

  void start() {
    if (!interval.isZero()) {
      thread.start();
    }
  }

  void stop() {
    thread.interrupt();
  }

  /** The last measurement, for trials that are over before the next; empty if there is none. */
  Map<String, Double> last() {
    return last;
  }

  private void run() {
    try {
      // The first load that a JVM tells is zero: loads are those since the question before.
      metrics.measure();
      while (true) {
        if (studies.get().stream().anyMatch(StudyRuns::hasRunning)) {
          Map<String, Double> values = metrics.measure();
          last = values;
          long now = System.currentTimeMillis();
          studies.get().forEach(study -> study.measured(values, now));
        }
        Thread.sleep(interval.toMillis());
      }
    } catch (InterruptedException e) {
      // Stopped.
      Thread.currentThread().interrupt();
    }
  }
}

package org.hpo4j.mlflow;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The thread that measures the machine while trials run: soon after the first of them begins, so
 * that a study that is over sooner than the interval has values too, and then at the interval.
 */
final class Monitor {

  /** Long enough for a load to mean something: the system counts in hundredths of a second. */
  private static final Duration FIRST = Duration.ofMillis(100);

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

  /** Takes in that a trial has begun. */
  synchronized void wake() {
    notifyAll();
  }

  /** The last measurement, for trials that are over before the next; empty if there is none. */
  Map<String, Double> last() {
    return last;
  }

  private void run() {
    try {
      boolean first = true;
      while (true) {
        first |= awaitTrial();
        if (first) {
          // Loads are those since the question before, and at first zero.
          metrics.measure();
        }
        Thread.sleep(Math.min(first ? FIRST.toMillis() : Long.MAX_VALUE, interval.toMillis()));
        first = false;
        Map<String, Double> values = metrics.measure();
        last = values;
        long now = System.currentTimeMillis();
        studies.get().forEach(study -> study.measured(values, now));
      }
    } catch (InterruptedException e) {
      // Stopped.
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until a trial runs; true if none did. */
  private synchronized boolean awaitTrial() throws InterruptedException {
    boolean waited = false;
    while (studies.get().stream().noneMatch(StudyRuns::hasRunning)) {
      wait();
      waited = true;
    }
    return waited;
  }
}

package org.hpo4j.mlflow;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.study.StudyListener;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;

/**
 * Tracks studies on an MLflow server: a run for each study, and nested in it a run for each trial
 * with its parameters, its reports by step, its value, what the machine had to do meanwhile, and
 * the files that it attached.
 *
 * <pre>{@code
 * MlflowOptions options = MlflowOptions.server("http://localhost:5000").withExperiment("nets");
 * try (MlflowTracker tracker = MlflowTracker.start(options)) {
 *   study.optimize(objective, RunOptions.trials(60).withListener(tracker));
 * }
 * }</pre>
 *
 * <p>A thread of its own talks to the server: neither trials nor the study wait for it, or fail
 * with it. While the server is away the study goes on and the log says so once; afterwards the
 * server is told of what it has missed. A study that is resumed goes on in its run.
 *
 * <p>Safe for use by several threads. Several studies of different names can share it. Close it
 * before their storages.
 */
public final class MlflowTracker implements StudyListener, AutoCloseable {

  /** How long a JVM that is being ended waits for the server. */
  private static final Duration LAST_MOMENT = Duration.ofSeconds(5);

  private final MlflowOptions options;
  private final Map<String, StudyRuns> studies = new ConcurrentHashMap<>();
  private final Sender sender;
  private final Monitor monitor;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread atExit =
      new Thread(() -> close(LAST_MOMENT, true), "hpo4j MLflow tracker at exit");

  private MlflowTracker(MlflowOptions options) {
    this.options = options;
    this.sender = new Sender(options, this::studies);
    this.monitor = new Monitor(options.systemMetrics(), this::studies);
  }

  /** Starts a tracker, which asks the server only once a trial begins. */
  public static MlflowTracker start(MlflowOptions options) {
    MlflowTracker tracker = new MlflowTracker(options);
    tracker.sender.start();
    tracker.monitor.start();
    Runtime.getRuntime().addShutdownHook(tracker.atExit);
    return tracker;
  }

  private Collection<StudyRuns> studies() {
    return studies.values();
  }

  private StudyRuns runsOf(BaseStudy study) {
    return runsOf(study, Map.of());
  }

  private StudyRuns runsOf(BaseStudy study, Map<String, String> tags) {
    if (closed.get()) {
      throw new IllegalStateException("the MLflow tracker is closed");
    }
    return studies.computeIfAbsent(
        study.name(), name -> new StudyRuns(study, options.withTags(tags)));
  }

  /**
   * Tracks a study before a trial of it begins, or without one: what the server has missed of a
   * study that is resumed is sent.
   *
   * @throws IllegalStateException if the tracker is closed
   */
  public void track(BaseStudy study) {
    track(study, Map.of());
  }

  /**
   * Tracks a study as {@link #track(BaseStudy)} does, with tags of its own beside those of the
   * options, so that one tracker tells several studies apart.
   *
   * @param tags of the study's run and those of its trials; no effect on a study that is tracked
   *     already
   * @throws IllegalStateException if the tracker is closed
   */
  public void track(BaseStudy study, Map<String, String> tags) {
    runsOf(study, tags);
    sender.wake();
  }

  @Override
  public void trialStarted(BaseStudy study, Trial trial) {
    runsOf(study).begin(trial);
    monitor.wake();
    sender.wake();
  }

  @Override
  public void trialReported(BaseStudy study, Trial trial, String metric, int step, double value) {
    runsOf(study).report(trial.number(), metric, step, value);
  }

  @Override
  public void trialFinished(BaseStudy study, FrozenTrial trial) {
    runsOf(study).end(trial.number(), monitor.last());
    sender.wake();
  }

  /**
   * Sends what is left and ends the studies' runs, waiting for at most the {@linkplain
   * MlflowOptions#withCloseTimeout close timeout}. Trials that have not ended count as killed.
   */
  @Override
  public void close() {
    close(options.closeTimeout(), false);
  }

  private void close(Duration limit, boolean killed) {
    if (closed.getAndSet(true)) {
      return;
    }
    monitor.stop();
    sender.close(limit, killed);
    if (!killed) {
      Runtime.getRuntime().removeShutdownHook(atExit);
    }
  }
}

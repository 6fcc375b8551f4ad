package org.hpo4j.mlflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hpo4j.trial.FrozenTrial;

/**
 * What is known here of a trial's run: what waits to be sent, and what the server has. Reports that
 * find no room are read from the study later.
 */
final class TrialRun {

  /** Reports that wait to be sent; what comes then is read from the study once these are sent. */
  static final int MOST_REPORTS = 2_000;

  /** Values of system metrics that wait; then the oldest go. */
  static final int MOST_SYSTEM_VALUES = 2_000;

  private final int number;
  private final long began;
  private final Map<String, String> tags;

  // Written by the trial's and the measuring thread, read by the sender: guarded by this.
  private final Map<Reported, Point> reports = new LinkedHashMap<>();
  private final Deque<Point> system = new ArrayDeque<>();
  private final Map<String, Integer> lastSteps = new HashMap<>();
  private boolean behind;
  private boolean ended;
  private int measurements;

  // The sender's alone.
  private Optional<RunInfo> run = Optional.empty();
  private boolean refused;
  private final Set<String> sentParameters = new HashSet<>();

  private record Reported(String metric, int step) {}

  private TrialRun(int number, long began, Map<String, String> tags) {
    this.number = number;
    this.began = began;
    this.tags = tags;
  }

  /** The run of a trial that begins. */
  static TrialRun begun(int number, long began, Map<String, String> tags) {
    return new TrialRun(number, began, tags);
  }

  /** The run of a trial that has ended: all of it is read from the study. */
  static TrialRun past(FrozenTrial trial, Map<String, String> tags) {
    long began = trial.started().or(trial::ended).map(time -> time.toEpochMilli()).orElse(0L);
    TrialRun run = new TrialRun(trial.number(), began, tags);
    run.behind = true;
    run.ended = true;
    return run;
  }

  int number() {
    return number;
  }

  /** When the trial began, in milliseconds since 1970. */
  long began() {
    return began;
  }

  Map<String, String> tags() {
    return tags;
  }

  /** Takes in a report; a later one of the same step replaces it unless it is sent by then. */
  synchronized void report(Point point) {
    behind = behind || reports.size() >= MOST_REPORTS;
    if (!behind) {
      reports.put(new Reported(point.metric(), point.step()), point);
      lastSteps.merge(point.metric(), point.step(), Math::max);
    }
  }

  /** Takes in one measurement of the machine. */
  synchronized void measured(Map<String, Double> values, long time) {
    int step = measurements++;
    values.forEach((metric, value) -> system.add(new Point(metric, step, value, time)));
    while (system.size() > MOST_SYSTEM_VALUES) {
      system.remove();
    }
  }

  /** Whether a measurement of the machine fell into the trial. */
  synchronized boolean isMeasured() {
    return measurements > 0;
  }

  synchronized void end() {
    ended = true;
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** The values that wait; they stay until they are {@linkplain #sent said to be sent}. */
  synchronized List<Point> waiting() {
    List<Point> points = new ArrayList<>(reports.values());
    points.addAll(system);
    return points;
  }

  /** Forgets values that the server has; a value that was replaced meanwhile stays. */
  synchronized void sent(List<Point> points) {
    for (Point point : points) {
      reports.remove(new Reported(point.metric(), point.step()), point);
    }
    system.removeAll(new HashSet<>(points));
  }

  /** Whether there are reports that only the study has. */
  synchronized boolean isBehind() {
    return behind;
  }

  /**
   * Has room again. What the study has reported beyond these steps, by metric, is to be {@linkplain
   * #report taken in} then, read from now on.
   */
  synchronized Map<String, Integer> catchUp() {
    behind = false;
    return Map.copyOf(lastSteps);
  }

  // ---- The sender's alone ----

  Optional<RunInfo> run() {
    return run;
  }

  void isAt(RunInfo created) {
    run = Optional.of(created);
  }

  /** Whether the server will not have it. */
  boolean isRefused() {
    return refused;
  }

  void isRefusedNow() {
    refused = true;
  }

  /** The names of the parameters that the server has. */
  Set<String> sentParameters() {
    return sentParameters;
  }
}

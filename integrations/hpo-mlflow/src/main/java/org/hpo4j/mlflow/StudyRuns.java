package org.hpo4j.mlflow;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;

/**
 * The runs of one study. Listeners put in what happens; the sender's thread brings the server up to
 * date with it. What is kept here is bounded: of a trial that has ended unsent only the number
 * stays once there are many of them, since the study has all else.
 */
final class StudyRuns {

  private static final System.Logger LOG = System.getLogger(MlflowTracker.class.getName());

  /** Trials that have ended and wait to be sent as they were seen live. */
  static final int MOST_ENDED = 100;

  /** For how long after a trial's end its end is left to the process that ran it. */
  static final Duration GRACE = Duration.ofSeconds(5);

  /** Trials of the past that are sent before those that run get their turn again. */
  private static final int PAST_AT_A_TIME = 20;

  private final BaseStudy study;
  private final MlflowOptions options;
  private final Refusals refusals;
  private final ParentRun parent;
  private final Map<String, String> common;

  // Guarded by this.
  private final TreeMap<Integer, TrialRun> live = new TreeMap<>();
  private final BitSet past = new BitSet();

  // The sender's alone.
  private Optional<Runs> runs = Optional.empty();

  /** Trials that may have a run on the server. */
  private final BitSet known = new BitSet();

  StudyRuns(BaseStudy study, MlflowOptions options) {
    this.study = study;
    this.options = options;
    this.refusals = new Refusals(study.name());
    this.common = Descriptions.common(study, options);
    this.parent = new ParentRun(study, options, common, refusals);
  }

  // ---- What happens, told by the threads of the trials ----

  void begin(Trial trial) {
    Map<String, String> tags = Descriptions.begun(trial);
    synchronized (this) {
      live.put(trial.number(), TrialRun.begun(trial.number(), System.currentTimeMillis(), tags));
    }
  }

  void report(int trial, String metric, int step, double value) {
    Optional<TrialRun> run;
    synchronized (this) {
      run = Optional.ofNullable(live.get(trial));
    }
    run.ifPresent(r -> r.report(new Point(metric, step, value, System.currentTimeMillis())));
  }

  /** Takes in that a trial has ended, with the last measurement where none fell into the trial. */
  synchronized void end(int number, Map<String, Double> lastMeasured) {
    TrialRun run = live.get(number);
    if (run == null || endedLive() >= MOST_ENDED) {
      live.remove(number);
      past.set(number);
      return;
    }
    if (!run.isMeasured() && !lastMeasured.isEmpty()) {
      run.measured(lastMeasured, System.currentTimeMillis());
    }
    run.end();
  }

  private long endedLive() {
    return live.values().stream().filter(TrialRun::hasEnded).count();
  }

  /** Takes in a measurement of the machine for each trial that runs. */
  synchronized void measured(Map<String, Double> values, long time) {
    live.values().stream()
        .filter(run -> !run.hasEnded())
        .forEach(run -> run.measured(values, time));
  }

  synchronized boolean hasRunning() {
    return live.values().stream().anyMatch(run -> !run.hasEnded());
  }

  /** How many trials have ended that the server has not been told of. */
  synchronized int unsent() {
    return (int) endedLive() + past.cardinality();
  }

  // ---- What the sender does ----

  String name() {
    return study.name();
  }

  /**
   * Brings the server up to date.
   *
   * @return whether there is more to send now
   */
  boolean send(Rest rest) throws AwayException, InterruptedException {
    if (runs.isEmpty()) {
      runs = Optional.of(connect(rest));
    }
    boolean ended = false;
    for (TrialRun run : liveRuns()) {
      ended |= send(run);
    }
    int[] numbers = pastTrials();
    for (int number : numbers) {
      Map<String, String> tags = Map.of("hpo4j.sent_later", "true");
      send(TrialRun.past(study.trial(number), tags));
      synchronized (this) {
        past.clear(number);
      }
    }
    if (ended || numbers.length > 0) {
      parent.update();
    }
    return numbers.length > 0;
  }

  private synchronized List<TrialRun> liveRuns() {
    return List.copyOf(live.values());
  }

  private synchronized int[] pastTrials() {
    return past.stream().limit(PAST_AT_A_TIME).toArray();
  }

  private Runs connect(Rest rest) throws AwayException, InterruptedException {
    try {
      Runs found = Runs.of(rest, options.experiment());
      if (parent.open(found)) {
        BitSet settled = new BitSet();
        found.search(
            "tags.mlflow.parentRunId = '" + parent.id() + "'",
            run -> {
              Optional<Integer> number = trialOf(run);
              number.ifPresent(known::set);
              number.filter(n -> !run.isRunning()).ifPresent(settled::set);
            });
        addPast(settled);
      } else {
        addPast(new BitSet());
      }
      return found;
    } catch (RefusedException e) {
      // Without a run of the study there is nothing to go on with: tried again later.
      throw new AwayException(e.reason());
    }
  }

  private static Optional<Integer> trialOf(RunInfo run) {
    String number = run.tags().getOrDefault("hpo4j.trial", "");
    return number.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(number)) : Optional.empty();
  }

  /**
   * Trials that ended before this process began to track the study, and that the server does not
   * know the end of. The last ones are left to the process that may be sending them.
   */
  private void addPast(BitSet settled) {
    Instant recent = Instant.now().minus(GRACE);
    List<Integer> missing = new ArrayList<>();
    for (FrozenTrial trial : study.trials()) {
      if (trial.state().isFinished()
          && !settled.get(trial.number())
          && trial.ended().map(ended -> ended.isBefore(recent)).orElse(true)) {
        missing.add(trial.number());
      }
    }
    synchronized (this) {
      missing.stream().filter(number -> !live.containsKey(number)).forEach(past::set);
    }
  }

  /** Sends what is new of a trial; true if that was its end. */
  private boolean send(TrialRun run) throws AwayException, InterruptedException {
    // In this order: a trial that has ended is frozen with all of its reports.
    boolean ended = run.hasEnded();
    if (run.isRefused()) {
      return ended && remove(run);
    }
    FrozenTrial trial = study.trial(run.number());
    try {
      RunInfo info = run.run().isPresent() ? run.run().get() : create(run);
      sendValues(run, trial, info);
      while (run.isBehind()) {
        Map<String, Integer> lastSteps = run.catchUp();
        FrozenTrial now = study.trial(run.number());
        long time = now.ended().map(Instant::toEpochMilli).orElse(System.currentTimeMillis());
        for (Point point : Descriptions.reports(study, now, time)) {
          if (point.step() > lastSteps.getOrDefault(point.metric(), -1)) {
            run.report(point);
          }
        }
        sendValues(run, now, info);
      }
      if (ended && trial.state().isFinished()) {
        finish(trial, info);
        return remove(run);
      }
    } catch (RefusedException e) {
      refusals.say("trial " + run.number(), e);
      run.isRefusedNow();
    }
    return false;
  }

  private synchronized boolean remove(TrialRun run) {
    return live.remove(run.number(), run);
  }

  /** A trial that runs anew has one run: an earlier attempt's is deleted. */
  private RunInfo create(TrialRun run)
      throws AwayException, RefusedException, InterruptedException {
    Runs server = runs.orElseThrow();
    if (known.get(run.number())) {
      List<RunInfo> earlier = new ArrayList<>();
      server.search(
          "tags.mlflow.parentRunId = '"
              + parent.id()
              + "' and tags.hpo4j.trial = '"
              + run.number()
              + "'",
          earlier::add);
      for (RunInfo attempt : earlier) {
        server.delete(attempt.id());
      }
    }
    known.set(run.number());
    Map<String, String> tags = new LinkedHashMap<>(common);
    tags.put("hpo4j.kind", "trial");
    tags.put("hpo4j.trial", Integer.toString(run.number()));
    tags.put("mlflow.parentRunId", parent.id());
    tags.putAll(run.tags());
    RunInfo created = server.create("trial " + run.number(), run.began(), tags);
    run.isAt(created);
    return created;
  }

  private void sendValues(TrialRun run, FrozenTrial trial, RunInfo info)
      throws AwayException, RefusedException, InterruptedException {
    Map<String, String> parameters = new LinkedHashMap<>(Descriptions.parameters(trial));
    parameters.keySet().removeAll(run.sentParameters());
    List<Point> points = run.waiting();
    runs.orElseThrow().log(info.id(), points, parameters, Map.of());
    run.sent(points);
    run.sentParameters().addAll(parameters.keySet());
    parent.learn(trial.configuration());
  }

  private void finish(FrozenTrial trial, RunInfo info)
      throws AwayException, RefusedException, InterruptedException {
    long time = trial.ended().map(Instant::toEpochMilli).orElse(System.currentTimeMillis());
    Map<String, String> tags = Descriptions.ended(trial);
    sendFiles(trial.number(), info, tags);
    Runs server = runs.orElseThrow();
    server.log(info.id(), Descriptions.scores(study, trial, time), Map.of(), tags);
    server.update(info.id(), Descriptions.status(trial), Optional.of(time));
  }

  private void sendFiles(int trial, RunInfo info, Map<String, String> tags)
      throws AwayException, InterruptedException {
    List<String> tooLarge = new ArrayList<>();
    for (String name : artifacts(trial)) {
      Optional<Path> file = study.artifact(trial, name);
      if (file.isPresent() && file.get().toFile().length() > options.largestArtifact()) {
        tooLarge.add(name);
      } else if (file.isPresent()) {
        sendFile(trial, info, name, file.get());
      }
    }
    if (!tooLarge.isEmpty()) {
      tags.put("hpo4j.files_too_large", String.join(", ", tooLarge));
    }
  }

  private void sendFile(int trial, RunInfo info, String name, Path file)
      throws AwayException, InterruptedException {
    try {
      runs.orElseThrow().upload(info, name, file);
    } catch (FileNotFoundException e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          () -> "file '" + name + "' of trial " + trial + " was deleted before it was sent");
    } catch (RefusedException e) {
      refusals.say("file '" + name + "' of trial " + trial, e);
    }
  }

  private List<String> artifacts(int trial) {
    try {
      return options.largestArtifact() == 0 ? List.of() : study.artifacts(trial);
    } catch (IllegalStateException e) {
      // The study has no folder for files.
      return List.of();
    }
  }

  /**
   * Ends the runs of the trials that have not ended, which were given back to the queue, and that
   * of the study.
   */
  void finish(boolean killed) throws AwayException, InterruptedException {
    boolean unfinished = killed;
    for (TrialRun run : liveRuns()) {
      // One that has ended and is still here was refused.
      unfinished |= !run.hasEnded();
      if (run.run().isPresent() && !run.isRefused()) {
        try {
          runs.orElseThrow()
              .update(run.run().get().id(), "KILLED", Optional.of(System.currentTimeMillis()));
        } catch (RefusedException e) {
          refusals.say("trial " + run.number(), e);
        }
      }
    }
    parent.finish(unfinished ? "KILLED" : Descriptions.status(study));
  }
}

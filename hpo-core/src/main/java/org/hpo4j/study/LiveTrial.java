package org.hpo4j.study;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.hpo4j.json.Names;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.trial.Device;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialTable;

/**
 * A running trial. What is chosen or kept between two reports is pending, and goes to the storage
 * in one write with the next report or with the end of the trial.
 */
final class LiveTrial implements Trial {

  private static final System.Logger LOG = System.getLogger(LiveTrial.class.getName());

  /** Which device it had, for whoever reads the storage; no part of the canonical export. */
  private static final String DEVICE = "hpo4j:device";

  private static final String AGAIN = ", and waits to be started again";

  private final TrialLifecycle lifecycle;
  private final TrialStart start;
  private final Optional<Device> device;
  private final ReportObserver observer;
  private final ChosenValues values;

  /** Begins only here: a start may have waited for the storage or for the sampler. */
  private final Optional<StudyClock.Limit> limit;

  /** Whether another worker has this trial now. */
  private volatile boolean lost;

  private boolean waitsAgain;

  private final List<StudyChange> pending = new ArrayList<>();

  /** The measured constraints; one that is never measured counts as violated. */
  private final List<Double> constraints = new ArrayList<>();

  /** How the trial ended, to be told in words; empty while it runs. */
  private Optional<Object> ending = Optional.empty();

  LiveTrial(
      TrialLifecycle lifecycle,
      TrialStart start,
      Optional<Device> device,
      ReportObserver observer) {
    this.lifecycle = lifecycle;
    this.start = start;
    this.device = device;
    this.observer = observer;
    device.ifPresent(
        used ->
            pending.add(
                new StudyChange.SetTrialSystemAttribute(number(), DEVICE, used.toString())));
    lifecycle.constraints().forEach(unused -> constraints.add(Double.POSITIVE_INFINITY));
    this.values = new ChosenValues(lifecycle, start);
    this.limit = start.terms().timeLimit().map(lifecycle.clock()::limit);
  }

  @Override
  public int number() {
    return start.number();
  }

  @Override
  public Configuration configuration() {
    return values.configuration();
  }

  // ---- Values ----

  @Override
  public <T> T suggest(Parameter<T> parameter) {
    double code = values.code(parameter);
    if (Double.isNaN(code)) {
      requireRunning();
      requireTimeLeft();
      StudyChange.SetParameter choice = values.choose(parameter);
      pending.add(choice);
      code = choice.code();
    }
    return parameter.domain().decode(code);
  }

  @Override
  public RandomGenerator random(String purpose) {
    return start.context().userRandom(purpose);
  }

  @Override
  public List<Direction> directions() {
    return lifecycle.goals().stream().map(Goal::direction).toList();
  }

  @Override
  public Explanation why() {
    return start.why();
  }

  @Override
  public Optional<Fidelity> fidelity() {
    return start.fidelity();
  }

  @Override
  public Optional<Device> device() {
    return device;
  }

  // ---- Reports ----

  @Override
  public void report(int step, double value) {
    if (lifecycle.goals().size() > 1) {
      throw new IllegalStateException(
          "the study has the objectives "
              + lifecycle.goals()
              + ": name the metric, with report(metric, step, value)");
    }
    write(TrialTable.OBJECTIVE, step, value);
  }

  @Override
  public void report(String metric, int step, double value) {
    boolean isTheObjective =
        lifecycle.goals().size() == 1 && metric.equals(lifecycle.goals().get(0).metric());
    if (isTheObjective) {
      throw new IllegalArgumentException(
          "'" + metric + "' is the objective's name; use report(step, value)");
    }
    Names.require("a metric's name", metric);
    write(metric, step, value);
  }

  private void write(String metric, int step, double value) {
    requireRunning();
    if (step < 0) {
      throw new IllegalArgumentException("step must be at least 0, got " + step);
    }
    keep(new StudyChange.Report(number(), metric, step, value));
    writePending();
    if (!lost) {
      observer.reported(
          this,
          metric.equals(TrialTable.OBJECTIVE) ? lifecycle.goals().get(0).metric() : metric,
          step,
          value);
    }
    requireTimeLeft();
  }

  private void writePending() {
    try {
      // Of a lost trial too, whose late writes are refused and noted.
      lifecycle.commit(start, pending);
    } catch (TrialLostException e) {
      noteLost(e);
    }
    pending.clear();
  }

  @Override
  public boolean shouldPrune() {
    // What it would still do is done by another worker now.
    return lost || lifecycle.shouldPrune(start);
  }

  @Override
  public Optional<Duration> timeLeft() {
    return limit.map(StudyClock.Limit::left);
  }

  // ---- What is kept with the trial ----

  @Override
  public void constrain(String name, double value) {
    requireRunning();
    int index = lifecycle.constraints().indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "the study declares no constraint '"
              + name
              + "'; it declares "
              + lifecycle.constraints());
    }
    constraints.set(index, Double.isNaN(value) ? Double.POSITIVE_INFINITY : value);
  }

  @Override
  public void setAttribute(String key, Object value) {
    requireRunning();
    Object copy = UserAttributes.checkedCopy(key, value);
    keep(new StudyChange.SetTrialAttribute(number(), key, copy));
  }

  /** Refused now or not at all: later it would stand in the way of the outcome. */
  private void keep(StudyChange change) {
    lifecycle.requireStorable(change);
    pending.add(change);
  }

  @Override
  public void attach(String name, Path file) {
    requireRunning();
    if (lost || !lifecycle.isRunning(start)) {
      // The folder is that of whoever has the trial now.
      return;
    }
    StudyChange record = TrialFiles.record(number(), name);
    try (AtomicFile draft = lifecycle.files().folder().draft(number(), name, file)) {
      // First, since the storage alone knows whether the trial is still this worker's.
      pending.add(record);
      writePending();
      if (!lost) {
        draft.putInPlace();
      }
    } finally {
      pending.remove(record);
    }
  }

  @Override
  public Optional<Path> parentArtifact(String name) {
    OptionalInt parent = start.fidelity().map(Fidelity::parent).orElse(OptionalInt.empty());
    return parent.isEmpty() ? Optional.empty() : lifecycle.artifact(parent.getAsInt(), name);
  }

  // ---- The end ----

  /**
   * Ends the trial, or lets it wait again if failures of its kind are retried; that is durable when
   * this returns.
   *
   * @throws org.hpo4j.storage.StorageException if that could not be recorded, and the trial still
   *     runs; or it was, but may not survive a crash of the machine: then it {@link #hasEnded}
   * @throws IllegalArgumentException if one of its values conflicts with what another process has
   *     recorded; the trial is recorded as failed then, unless such failures are retried
   */
  void finish(Outcome outcome) {
    end(outcome, lifecycle::finish);
    if (!lost) {
      // Without the lock: threads that end trials at the same time share what it costs.
      lifecycle.sync();
      lifecycle.deleteExpiredFiles();
    }
  }

  /** The same, but the outcome is only recorded with the next commit: see {@link #finish}. */
  void finishWithNextCommit(Outcome outcome) {
    if (lifecycle.files().mayExpire()) {
      // No file may go on account of an outcome that is not recorded.
      finish(outcome);
    } else {
      end(outcome, lifecycle::finishWithNextCommit);
    }
  }

  private void end(Outcome outcome, Recorder recorder) {
    requireRunning();
    List<StudyChange> changes = new ArrayList<>(pending);
    if (!constraints.isEmpty()) {
      changes.add(
          new StudyChange.SetTrialSystemAttribute(
              number(), TrialTable.CONSTRAINTS, List.copyOf(constraints)));
    }
    try {
      record(outcome, changes, recorder);
    } catch (TrialLostException e) {
      noteLost(e);
    }
    if (lost) {
      ending = Optional.of("lost");
    }
  }

  private void record(Outcome outcome, List<StudyChange> changes, Recorder recorder) {
    try {
      if (!recorder.record(start, changes, outcome)) {
        waitsAgain = true;
        ending = Optional.of(outcome + AGAIN);
        return;
      }
      ending = Optional.of(outcome);
    } catch (IllegalArgumentException e) {
      Outcome failed = Outcome.failed(FailureReason.EXCEPTION, e.toString());
      waitsAgain = !lifecycle.finish(start, List.of(), failed);
      ending = Optional.of(waitsAgain ? failed + AGAIN : failed);
      lifecycle.sync();
      if (waitsAgain) {
        return;
      }
      throw e;
    }
    Set<String> unused = values.unusedOfEnqueued();
    if (!unused.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "trial {0} never asked for the enqueued {1}",
          number(),
          unused);
    }
  }

  /** A way to record an outcome with the changes before it; says whether the trial has ended. */
  @FunctionalInterface
  private interface Recorder {
    boolean record(TrialStart attempt, List<StudyChange> pending, Outcome outcome);
  }

  /**
   * The objective goes on as if nothing had happened; nothing of it is recorded any more, but noted
   * where there is a place for that.
   */
  private void noteLost(TrialLostException e) {
    if (!lost && !lifecycle.isWithdrawing()) {
      LOG.log(System.Logger.Level.WARNING, e.getMessage());
    }
    lost = true;
    lifecycle.lost(start);
  }

  /** Whether the trial was taken for lost, so that it is another worker's or has ended. */
  boolean isLost() {
    return lost;
  }

  /** Whether the trial failed, and waits to be started again. */
  boolean waitsAgain() {
    return waitsAgain;
  }

  /** Leaves the trial to the next run: its outcome could not be recorded. */
  void abandon() {
    lifecycle.abandon(start);
    ending = Optional.of("could not be recorded");
  }

  boolean belongsTo(TrialLifecycle other) {
    return lifecycle == other;
  }

  /** Gives the trial back to the queue. */
  void release() {
    requireRunning();
    try {
      lifecycle.release(start, pending);
    } catch (TrialLostException e) {
      noteLost(e);
    }
    ending = Optional.of("given back to the queue");
  }

  boolean hasEnded() {
    return ending.isPresent();
  }

  private void requireRunning() {
    if (hasEnded()) {
      throw new IllegalStateException("trial " + number() + " has already ended: " + ending.get());
    }
  }

  @Override
  public String toString() {
    return "trial " + number() + " " + configuration();
  }
}

package org.hpo4j.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hpo4j.pruner.Pruner;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * How trials are born, change and end: the one place where sampler, pruner and storage meet. All of
 * it happens under one lock; nothing of the user's does.
 */
final class TrialLifecycle {

  private static final String ATTEMPTS = "hpo4j:attempts";

  /** How often a trial is started again after the process that ran it died. */
  private static final int MOST_ATTEMPTS = 3;

  /** How often the values that were not fixed are redrawn to satisfy the constraints. */
  private static final int MOST_COMPLETIONS = 10_000;

  /** What an attempt to start a trial came to. */
  sealed interface Start {

    /** A trial that runs now. */
    record Started(LiveTrial trial) implements Start {}

    /** Nothing to start before another trial has ended. */
    record Wait() implements Start {}

    /** The sampler has nothing left. */
    record Exhausted() implements Start {}
  }

  final ReentrantLock lock = new ReentrantLock();

  /** Signalled when a trial has ended. */
  final Condition trialEnded = lock.newCondition();

  private final StudyStorage storage;
  private final TrialTable table;
  private final Optional<SearchSpace> space;
  private final Sampler sampler;
  private final Pruner pruner;
  private final long seed;
  private final boolean defaultsFirst;
  private final String metric;
  private final Optional<Path> artifacts;
  private final InstantSource clock;
  private final BestTrial best;

  TrialLifecycle(StudyStorage storage, StudyBuilder settings, long seed) {
    this.storage = storage;
    this.table = storage.table();
    this.space = settings.space();
    this.sampler = settings.sampler();
    this.pruner = settings.pruner();
    this.seed = seed;
    this.defaultsFirst = settings.triesDefaultsFirst() && sampler.triesDefaultsFirst();
    this.metric = settings.metric();
    this.artifacts = settings.artifactFolder();
    this.clock = InstantSource.system();
    this.best = new BestTrial(table);
  }

  /** The objective's name. */
  String metric() {
    return metric;
  }

  Instant now() {
    return clock.instant();
  }

  /** Gives trials whose worker died back to the queue, or fails those that died too often. */
  void recoverLostTrials() {
    lock.lock();
    try {
      storage.refresh();
      List<StudyChange> changes = new ArrayList<>();
      for (int number : storage.lostTrials()) {
        long attempts =
            table.systemAttribute(number, ATTEMPTS).map(a -> ((Number) a).longValue()).orElse(1L);
        if (attempts < MOST_ATTEMPTS) {
          changes.add(new StudyChange.SetTrialSystemAttribute(number, ATTEMPTS, attempts + 1));
          changes.add(new StudyChange.RequeueTrial(number));
        } else {
          Outcome lost =
              Outcome.failed(
                  FailureReason.LOST, "its process died in each of " + attempts + " attempts");
          changes.add(new StudyChange.FinishTrial(number, lost, now()));
        }
      }
      if (!changes.isEmpty()) {
        storage.commit(changes, Durability.DURABLE);
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- Starting ----

  /**
   * Starts the next trial: the first that waits, or else a new one.
   *
   * @param lag the lag of an ordered run, or 0 for asap
   */
  Start start(int lag, Optional<Duration> trialTimeLimit) {
    lock.lock();
    try {
      while (true) {
        storage.refresh();
        int waiting = firstWaiting();
        int number = waiting < 0 ? table.size() : waiting;
        Optional<TrialHistory> view = view(number, lag);
        if (view.isEmpty()) {
          return new Start.Wait();
        }
        Optional<Start> started =
            waiting < 0
                ? startNew(number, view.get(), lag, trialTimeLimit)
                : claim(number, view.get(), lag, trialTimeLimit);
        if (started.isPresent()) {
          return started.get();
        }
        // Another process was faster: look again.
      }
    } finally {
      lock.unlock();
    }
  }

  private int firstWaiting() {
    if (table.count(TrialState.WAITING) > 0) {
      for (int number = table.finishedPrefix(); number < table.size(); number++) {
        if (table.state(number) == TrialState.WAITING) {
          return number;
        }
      }
    }
    return -1;
  }

  /** What the trial may know; empty if it must wait for more outcomes. */
  private Optional<TrialHistory> view(int number, int lag) {
    if (lag == 0) {
      return Optional.of(TrialHistory.of(table));
    }
    int visible = Math.max(0, number - lag + 1);
    return table.finishedPrefix() < visible
        ? Optional.empty()
        : Optional.of(TrialHistory.ordered(table, number, visible));
  }

  private Optional<Start> startNew(
      int number, TrialHistory firstView, int lag, Optional<Duration> trialTimeLimit) {
    SamplerContext context = new SamplerContext(seed, number, space);
    TrialHistory view = firstView;
    Configuration joint = Configuration.empty();
    if (number == 0 && defaultsFirst) {
      joint = defaults();
    } else {
      Suggestion suggestion = sampler.suggest(view, context);
      for (int extra = 1; suggestion instanceof Suggestion.Idle; extra++) {
        // Each idle answer shows an ordered run one outcome more, so that it cannot deadlock.
        int visible = number - lag + 1 + extra;
        if (lag == 0 || visible > number || table.finishedPrefix() < visible) {
          requireSomethingRunning();
          return Optional.of(new Start.Wait());
        }
        view = TrialHistory.ordered(table, number, Math.max(0, visible));
        suggestion = sampler.suggest(view, context);
      }
      if (suggestion instanceof Suggestion.Exhausted) {
        return Optional.of(new Start.Exhausted());
      }
      joint = ((Suggestion.Values) suggestion).configuration();
      if (space.isPresent()) {
        requireMember(space.get(), joint);
      }
    }
    Configuration values = space.isPresent() ? joint : Configuration.empty();
    int created =
        storage
            .commit(
                List.of(new StudyChange.StartTrial(number, values, joint, now())),
                Durability.VISIBLE)[0];
    if (created < 0) {
      return Optional.empty();
    }
    TrialStart start =
        new TrialStart(
            context, view, lag > 0, joint, values, Map.of(), trialTimeLimit.map(now()::plus));
    return Optional.of(new Start.Started(new LiveTrial(this, start)));
  }

  private Configuration defaults() {
    if (space.isEmpty()) {
      return Configuration.empty();
    }
    Configuration defaults = space.get().defaults();
    return space.get().satisfies(defaults)
        ? defaults
        : RandomSampler.draw(space.get(), new SamplerContext(seed, 0, space));
  }

  /** Whether parameters that are not known yet take their defaults. */
  boolean takesDefaults(int number) {
    return number == 0 && defaultsFirst && space.isEmpty();
  }

  private void requireSomethingRunning() {
    if (table.count(TrialState.RUNNING) == 0) {
      throw new IllegalStateException(
          "the sampler " + sampler.describe() + " waits for trials to end, but none is running");
    }
  }

  private void requireMember(SearchSpace declared, Configuration configuration) {
    Configuration same =
        declared.walk(
            parameter -> {
              int index = configuration.indexOf(parameter.name());
              if (index < 0) {
                throw new IllegalStateException(
                    sampler.describe() + " gave no value for " + parameter);
              }
              return configuration.code(index);
            });
    declared
        .violated(same)
        .ifPresent(
            constraint -> {
              throw new IllegalStateException(
                  sampler.describe() + " violates '" + constraint + "' with " + configuration);
            });
  }

  private Optional<Start> claim(
      int number, TrialHistory view, int lag, Optional<Duration> trialTimeLimit) {
    SamplerContext context = new SamplerContext(seed, number, space);
    Map<String, Object> fixed = fixedValues(number);
    // A trial whose first worker died keeps what was drawn for it then.
    Configuration joint = table.joint(number);
    Configuration values = table.configuration(number);
    if (joint.size() == 0 && values.size() == 0 && !takesDefaults(number)) {
      Suggestion suggestion = sampler.suggest(view, context);
      if (suggestion instanceof Suggestion.Values drawn) {
        joint = withFixed(drawn.configuration(), fixed);
      }
    }
    if (space.isPresent() && values.size() == 0) {
      joint = complete(space.get(), fixed, joint, context);
      values = joint;
    }
    if (storage
            .commit(List.of(new StudyChange.ClaimTrial(number, joint, now())), Durability.VISIBLE)[
            0]
        < 0) {
      return Optional.empty();
    }
    List<StudyChange> parameters = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      parameters.add(
          new StudyChange.SetParameter(number, values.parameters().get(i), values.code(i)));
    }
    storage.commit(parameters, Durability.VISIBLE);
    TrialStart start =
        new TrialStart(
            context, view, lag > 0, joint, values, fixed, trialTimeLimit.map(now()::plus));
    return Optional.of(new Start.Started(new LiveTrial(this, start)));
  }

  /** The joint draw as other samplers shall see it: with the enqueued values in their places. */
  private static Configuration withFixed(Configuration drawn, Map<String, Object> fixed) {
    Configuration.Builder builder = drawn.toBuilder();
    for (Parameter<?> parameter : drawn.parameters()) {
      Object value = fixed.get(parameter.name());
      if (value != null) {
        builder.put(parameter, parameter.encode(value));
      }
    }
    return builder.build();
  }

  private Map<String, Object> fixedValues(int number) {
    Map<String, Object> fixed = new LinkedHashMap<>();
    Object stored = table.systemAttribute(number, TrialTable.FIXED_PARAMETERS).orElse(Map.of());
    if (stored instanceof Map<?, ?> map) {
      map.forEach((name, value) -> fixed.put(String.valueOf(name), value));
    }
    return fixed;
  }

  /** A whole configuration with these values, the sampler's for the rest, redrawn if need be. */
  private static Configuration complete(
      SearchSpace space,
      Map<String, Object> fixed,
      Configuration suggested,
      SamplerContext context) {
    var random = context.random("completion");
    for (int attempt = 0; attempt < MOST_COMPLETIONS; attempt++) {
      boolean redraw = attempt > 0;
      Configuration configuration =
          space.walk(
              parameter -> {
                Object value = fixed.get(parameter.name());
                if (value != null) {
                  return parameter.encode(value);
                }
                int index = suggested.indexOf(parameter.name());
                return index < 0 || redraw
                    ? parameter.domain().fromUnit(random.nextDouble())
                    : suggested.code(index);
              });
      if (space.satisfies(configuration)) {
        return configuration;
      }
    }
    throw new IllegalStateException(
        "no configuration with the enqueued values "
            + fixed
            + " satisfies the constraints "
            + space.constraints());
  }

  // ---- A running trial ----

  /** The code of a value that was neither enqueued nor drawn jointly. */
  double sampleIndependent(Parameter<?> parameter, TrialStart start) {
    lock.lock();
    try {
      return takesDefaults(start.number())
          ? parameter.defaultCode()
          : sampler.sampleIndependent(parameter, start.view(), start.context());
    } finally {
      lock.unlock();
    }
  }

  /** Checks that the name means this domain in the whole study. */
  void define(Parameter<?> parameter) {
    lock.lock();
    try {
      table.define(parameter);
    } finally {
      lock.unlock();
    }
  }

  void commit(List<StudyChange> changes) {
    lock.lock();
    try {
      storage.commit(changes, Durability.VISIBLE);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the pruner gives up the trial. */
  boolean shouldPrune(TrialStart start) {
    lock.lock();
    try {
      TrialHistory view = start.ordered() ? start.view() : TrialHistory.of(table);
      ReportSeries reports = table.reports(start.number(), pruner.metric());
      return reports.size() > 0 && pruner.shouldPrune(view, start.number(), reports);
    } finally {
      lock.unlock();
    }
  }

  /** Copies a file into the trial's folder. */
  StudyChange attach(int number, String name, Path file) {
    Path folder =
        artifacts
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "study '" + storage.name() + "' has no artifact folder for '" + name + "'"))
            .resolve("trial-" + number);
    try {
      Files.createDirectories(folder);
      Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + file + " in " + folder, e);
    }
    return new StudyChange.SetTrialSystemAttribute(number, "hpo4j:artifact:" + name, name);
  }

  void finish(int number, List<StudyChange> pending, Outcome outcome) {
    lock.lock();
    try {
      List<StudyChange> changes = new ArrayList<>(pending);
      changes.add(new StudyChange.FinishTrial(number, outcome, now()));
      storage.commit(changes, Durability.DURABLE);
      best.finished(number);
      trialEnded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Gives a trial back to the queue: its thread was interrupted. */
  void release(int number, List<StudyChange> pending) {
    lock.lock();
    try {
      List<StudyChange> changes = new ArrayList<>(pending);
      changes.add(new StudyChange.RequeueTrial(number));
      storage.commit(changes, Durability.DURABLE);
      trialEnded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many trials have ended. */
  int finishedCount() {
    lock.lock();
    try {
      storage.refresh();
      return table.finishedCount();
    } finally {
      lock.unlock();
    }
  }

  /** The longest that a complete trial has taken. */
  Duration longestTrial() {
    lock.lock();
    try {
      Duration longest = Duration.ZERO;
      for (int number = 0; number < table.size(); number++) {
        if (table.state(number) == TrialState.COMPLETE) {
          Duration duration = table.freeze(number).duration().orElse(Duration.ZERO);
          longest = duration.compareTo(longest) > 0 ? duration : longest;
        }
      }
      return longest;
    } finally {
      lock.unlock();
    }
  }

  /** The number of the best complete trial, or -1. */
  int bestNumber() {
    lock.lock();
    try {
      storage.refresh();
      return best.number();
    } finally {
      lock.unlock();
    }
  }
}

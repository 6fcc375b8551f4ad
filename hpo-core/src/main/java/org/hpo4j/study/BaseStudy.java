package org.hpo4j.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.ParameterConflicts;
import org.hpo4j.trial.Trial;

/**
 * What studies with one and with several objectives have in common. Safe for use by several
 * threads.
 *
 * @see Study
 * @see MultiObjectiveStudy
 */
public abstract sealed class BaseStudy permits Study, MultiObjectiveStudy {

  private final StudyStorage storage;
  private final TrialLifecycle lifecycle;
  private final Optional<SearchSpace> space;
  private final List<Goal> goals;
  private final long seed;
  private final String sampler;
  private final String pruner;

  BaseStudy(StudyStorage storage, StudySettings<?, ?> settings, long seed) {
    this.space = settings.space();
    this.goals = settings.goals();
    this.seed = seed;
    this.sampler = settings.sampler().describe();
    this.pruner = settings.pruner().describe();
    this.lifecycle = new TrialLifecycle(storage, settings, seed);
    this.storage = lifecycle.storage();
    lifecycle.recoverLostTrialsIfPossible();
  }

  TrialLifecycle lifecycle() {
    return lifecycle;
  }

  StudyStorage storage() {
    return storage;
  }

  /**
   * Opens a study with the objectives, outcome constraints and seed that its storage tells. A
   * declared space and a pruner are kept in words only: a study that has them needs its builder.
   *
   * @param sampler the one that the study was run with, if it was
   * @throws IllegalStateException if there is no study of that name, it needs its builder, or has
   *     another sampler
   */
  public static BaseStudy reopen(String name, Storage storage, Sampler sampler) {
    return KeptStudy.of(name, storage).open(sampler);
  }

  /** The study's name. */
  public String name() {
    return storage.name();
  }

  /** The objectives' names. */
  public List<String> metrics() {
    return goals.stream().map(Goal::metric).toList();
  }

  /** Whether low or high values are better, for each objective. */
  public List<Direction> directions() {
    return goals.stream().map(Goal::direction).toList();
  }

  /** The declared space; empty where parameters are defined by running the objective. */
  public Optional<SearchSpace> space() {
    return space;
  }

  /** The seed of every draw. */
  public long seed() {
    return seed;
  }

  /** The sampler and its settings, such as {@code random()}. */
  public String sampler() {
    return sampler;
  }

  /** The pruner and its settings. */
  public String pruner() {
    return pruner;
  }

  // ---- Running ----

  /**
   * Starts a trial that the caller evaluates and {@linkplain #tell tells}.
   *
   * @throws NoSuchElementException if the sampler has nothing left or waits for trials to end, the
   *     space is {@linkplain Duplicates used up}, or under {@link Duplicates#REUSE} the sampler
   *     only repeats values that are known
   */
  public Trial ask() {
    TrialStarter.Start start = startNext();
    for (int reused = 0; isToBeRepeated(start); start = startNext()) {
      if (start instanceof TrialStarter.Start.Reused && ++reused > RepeatPolicy.MOST_REUSED) {
        // Nobody knows whether the space has others: there may be no end to it.
        throw new NoSuchElementException(
            "the sampler repeats itself: it suggested values of earlier trials "
                + reused
                + " times in a row, which were reused");
      }
    }
    if (start instanceof TrialStarter.Start.Started started) {
      return new LiveTrial(lifecycle, started.trial(), Optional.empty(), ReportObserver.NONE);
    }
    throw new NoSuchElementException(
        start instanceof TrialStarter.Start.Exhausted exhausted
            ? exhausted.reason()
            : "the sampler waits for running trials to end");
  }

  private TrialStarter.Start startNext() {
    return locked(
        () -> {
          lifecycle.recoverLostTrialsNowAndThen();
          storage.refresh();
          return lifecycle.start(StartRequest.ASAP);
        });
  }

  private static boolean isToBeRepeated(TrialStarter.Start start) {
    return start instanceof TrialStarter.Start.Reused
        || start instanceof TrialStarter.Start.TooLate;
  }

  /**
   * Starts several trials; fewer if the sampler has no more now.
   *
   * @throws NoSuchElementException if it has none
   * @throws IllegalArgumentException if the count is negative
   */
  public List<Trial> ask(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must be at least 0, got " + count);
    }
    List<Trial> trials = new ArrayList<>(count);
    while (trials.size() < count) {
      try {
        trials.add(ask());
      } catch (NoSuchElementException e) {
        if (trials.isEmpty()) {
          throw e;
        }
        return trials;
      }
    }
    return trials;
  }

  /**
   * Ends a trial. One that failed in a way that the study {@linkplain StudySettings#retrying
   * retries} waits to be asked for again instead; one that was taken for lost meanwhile is another
   * worker's, and nothing happens.
   *
   * @throws org.hpo4j.storage.StorageException if that could not be recorded, and the trial may be
   *     told again; or it was recorded and may not survive a crash of the machine
   * @throws IllegalStateException if it has already ended
   * @throws IllegalArgumentException if it was not asked for from this study, or the outcome has
   *     another number of values than the study has objectives
   */
  public void tell(Trial trial, Outcome outcome) {
    if (!(trial instanceof LiveTrial live) || !live.belongsTo(lifecycle)) {
      throw new IllegalArgumentException(
          "trial " + trial.number() + " was not asked for from this study, '" + name() + "'");
    }
    requireOneValueAnObjective(outcome);
    live.finish(outcome);
  }

  private void requireOneValueAnObjective(Outcome outcome) {
    if (outcome instanceof Outcome.Completed completed
        && completed.values().size() != goals.size()) {
      throw new IllegalArgumentException(
          "the study has " + goals.size() + " objectives, got " + completed.values());
    }
  }

  /**
   * Puts a trial in the queue; it runs before the sampler is asked again. Parameters without a
   * value here are sampled. A value whose domain is not known yet is checked when the trial asks
   * for it: there it is an error too, but one that another program or an earlier process has
   * enqueued is left out with a warning, and sampled.
   *
   * @param values values, or labels of options, by parameter name
   * @return the trial's number
   * @throws IllegalArgumentException if a value is null or not in the domain of its parameter, as
   *     far as that is known, or the declared space has no such parameter
   */
  public int enqueue(Map<String, ?> values) {
    return locked(
        () -> {
          lifecycle.requireEnqueueable(values);
          Map<String, Object> plain = new LinkedHashMap<>();
          values.forEach(
              (name, value) -> plain.put(name, EnqueuedValues.plain(name, value, known(name))));
          StudyChange trial = new StudyChange.EnqueueTrial(plain, Map.of());
          return storage.commit(List.of(trial), Durability.DURABLE)[0];
        });
  }

  /**
   * As it is declared, if it is: of what was only read, options are known by their labels alone.
   */
  private Optional<Parameter<?>> known(String name) {
    int column = storage.table().columnOf(name);
    return space
        .<Parameter<?>>flatMap(declared -> declared.parameter(name))
        .or(() -> column < 0 ? Optional.empty() : Optional.of(storage.table().parameter(column)));
  }

  /**
   * Adds a trial that ended elsewhere, such as one of another study; it gets a number of its own.
   * Its fidelity is left behind, since bracket and parent are those of the other study.
   *
   * @return the number
   * @throws IllegalArgumentException if it has not ended, a parameter has another domain here, or
   *     it has another number of values or constraints than this study
   */
  public int importTrial(FrozenTrial trial) {
    if (!trial.state().isFinished()) {
      throw new IllegalArgumentException(
          "only finished trials can be imported; this one is " + trial.state());
    }
    trial.outcome().ifPresent(this::requireOneValueAnObjective);
    int constraints = lifecycle.constraints().size();
    if (!trial.constraints().isEmpty() && trial.constraints().size() != constraints) {
      throw new IllegalArgumentException(
          "the study declares the constraints "
              + lifecycle.constraints()
              + ", the trial has measured "
              + trial.constraints());
    }
    return locked(
        () -> {
          trial.configuration().parameters().forEach(this::requireKnownDomain);
          return storage
              .commit(
                  List.of(new StudyChange.ImportTrial(trial.withoutFidelity())),
                  Durability.DURABLE)[0];
        });
  }

  private void requireKnownDomain(Parameter<?> parameter) {
    int column = storage.table().columnOf(parameter.name());
    if (column >= 0) {
      ParameterConflicts.requireSameDomain(storage.table().parameter(column), parameter);
    }
    if (space.isPresent()) {
      Parameter<?> declared =
          space
              .get()
              .parameter(parameter.name())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          parameter + " is not in the declared space\n" + space.get()));
      ParameterConflicts.requireSameDomain(declared, parameter);
    }
  }

  /** How many trials with a higher number have ended. */
  int finishedAfter(int number) {
    return lifecycle.counts().finishedAfter(number);
  }

  // ---- Results ----

  /**
   * How many trials there are, in any state, as far as this process knows: those of others that
   * were made since the last start of a trial, or since {@link #trials}, are not counted.
   */
  public int trialCount() {
    return locked(() -> storage.table().size());
  }

  /** Copies of all trials, by number. */
  public List<FrozenTrial> trials() {
    return locked(
        () -> {
          storage.refresh();
          List<FrozenTrial> trials = new ArrayList<>(storage.table().size());
          for (int number = 0; number < storage.table().size(); number++) {
            trials.add(storage.table().freeze(number));
          }
          return trials;
        });
  }

  /**
   * A copy of a trial.
   *
   * @throws IndexOutOfBoundsException if there is none of that number
   */
  public FrozenTrial trial(int number) {
    return locked(
        () -> {
          if (number >= storage.table().size()) {
            storage.refresh();
          }
          Objects.checkIndex(number, storage.table().size());
          if (!storage.table().state(number).isFinished()) {
            storage.refresh();
          }
          return storage.table().freeze(number);
        });
  }

  /**
   * The best trial, if any, of a study with one objective; the Pareto front of one with several:
   * complete trials that violate no constraint.
   */
  public abstract List<FrozenTrial> bestTrials();

  /**
   * A trial to be run again: the same values and the same random numbers. It is never pruned and
   * records nothing.
   *
   * @throws IndexOutOfBoundsException if there is none of that number
   */
  public Trial rerun(int number) {
    return new ReplayTrial(
        new SamplerContext(seed, number, space), directions(), trial(number), this::artifact);
  }

  /** The names of the files that are kept with a trial, sorted. */
  public List<String> artifacts(int number) {
    return locked(
        () -> {
          storage.refresh();
          return lifecycle.files().names(storage.table(), number);
        });
  }

  /**
   * A file that is kept with a trial; empty if there is none of that name.
   *
   * @throws IllegalStateException if the study has no artifact folder
   */
  public Optional<Path> artifact(int number, String name) {
    lifecycle.refresh();
    return lifecycle.artifact(number, name);
  }

  /** A table of the best trials, and hints about the search. */
  public StudySummary summary() {
    return new StudySummary(snapshot());
  }

  /** The study as CSV or JSON. */
  public StudyExport export() {
    return new StudyExport(snapshot());
  }

  private StudySnapshot snapshot() {
    return locked(
        () -> {
          // First: this takes in the parameters and attributes of other processes too.
          List<FrozenTrial> trials = trials();
          return new StudySnapshot(
              name(), goals, seed, storage.table().parameters(), trials, storage.attributes());
        });
  }

  // ---- Attributes ----

  /**
   * Keeps a value with the study.
   *
   * @param key as for {@link Trial#setAttribute}
   * @param value as for {@link Trial#setAttribute}
   * @throws IllegalArgumentException if one of them cannot be kept
   */
  public void setAttribute(String key, Object value) {
    Object copy = UserAttributes.checkedCopy(key, value);
    locked(
        () -> {
          StudyChange attribute = new StudyChange.SetStudyAttribute(key, copy);
          storage.requireStorable(attribute);
          return storage.commit(List.of(attribute), Durability.DURABLE);
        });
  }

  /**
   * What was kept with the study, as far as this process knows: what others have set since the last
   * start of a trial, or since {@link #trials}, is not in it.
   */
  public Map<String, Object> attributes() {
    return locked(() -> Map.copyOf(storage.attributes()));
  }

  <R> R locked(Supplier<R> action) {
    return lifecycle.lock.get(action);
  }
}

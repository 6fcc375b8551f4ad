package org.hpo4j.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.hpo4j.json.Names;
import org.hpo4j.pruner.Pruner;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.auto.AutoSampler;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;

/**
 * The settings that studies with one and with several objectives have in common.
 *
 * @param <B> the builder itself
 * @param <S> the study that it makes
 */
public abstract sealed class StudySettings<B extends StudySettings<B, S>, S extends BaseStudy>
    permits StudyBuilder, MultiObjectiveStudyBuilder {

  private final String name;
  private final List<Goal> goals = new ArrayList<>();
  private Sampler sampler = AutoSampler.ofDefaults();
  private Pruner pruner = Pruner.none();
  private OptionalLong seed = OptionalLong.empty();
  private Optional<Storage> storage = Optional.empty();
  private Optional<SearchSpace> space = Optional.empty();
  private Optional<Path> artifacts = Optional.empty();
  private Retention retention = Retention.all();
  private boolean defaultsFirst = true;
  private Duplicates duplicates = Duplicates.REPLICATE;
  private List<String> constraints = List.of();
  private StudyClock clock = StudyClock.SYSTEM;
  private boolean madeUp;
  private final Map<FailureReason, Integer> retries = new EnumMap<>(FailureReason.class);

  StudySettings(String name) {
    this.name = Names.require("a study's name", name);
    retries.put(FailureReason.LOST, Retries.TIMES_LOST);
  }

  /** This builder, as what it is. */
  abstract B self();

  /** The study that these settings describe. */
  abstract S open(StudyStorage kept, long key);

  void addGoal(Direction direction, String metric) {
    if (metric.isBlank()) {
      throw new IllegalArgumentException("the objective's name must not be blank");
    }
    goals.add(new Goal(metric, direction));
  }

  /** What decides what to try next; the {@link AutoSampler} unless set. */
  public B sampler(Sampler chosen) {
    sampler = chosen;
    return self();
  }

  /** What gives up trials that report badly; none by default. */
  public B pruner(Pruner chosen) {
    pruner = chosen;
    return self();
  }

  /** The seed of every draw; by default a fresh one, which is kept with the study. */
  public B seed(long chosen) {
    seed = OptionalLong.of(chosen);
    return self();
  }

  /** Where the study is kept; in memory by default. The study does not close it. */
  public B storage(Storage chosen) {
    storage = Optional.of(chosen);
    return self();
  }

  /** Declares the search space; without it the study learns it from what its objective asks. */
  public B space(SearchSpace declared) {
    space = Optional.of(declared);
    return self();
  }

  /** The folder for trials' files; by default one beside the storage's file, if it has one. */
  public B artifacts(Path folder) {
    artifacts = Optional.of(folder);
    return self();
  }

  /** Which trials keep their files; all of them by default. */
  public B retention(Retention chosen) {
    retention = chosen;
    return self();
  }

  /** Whether the first trial tries the defaults of all parameters; true by default. */
  public B defaultsFirst(boolean wanted) {
    defaultsFirst = wanted;
    return self();
  }

  /**
   * What happens when the sampler repeats values; it replicates the trial unless set. Any other
   * policy needs a {@linkplain #space declared space}.
   */
  public B duplicates(Duplicates policy) {
    duplicates = policy;
    return self();
  }

  /**
   * Declares outcome constraints, which each trial measures and tells by {@link
   * org.hpo4j.trial.Trial#constrain}; none by default. A trial that violates one is never the best.
   */
  public B constraints(String... names) {
    constraints = List.of(names);
    if (constraints.stream().distinct().count() < constraints.size()
        || constraints.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "constraints need distinct names that are not blank, got " + constraints);
    }
    return self();
  }

  /**
   * Starts a trial again that failed for this reason: under its own number, with its own values and
   * random numbers, in whichever worker is free first. Retries of each kind are counted apart; the
   * failures before the last are kept with the trial, its reports and constraints are forgotten,
   * its files stay until the next attempt replaces them. What only chance or a crowded machine
   * brings about is worth a retry; values that do not fit into memory will not fit the second time.
   *
   * <p>An exception that would end the run ends it only when its retries are used up. Each process
   * that works on a study goes by its own settings.
   *
   * @param reason the kind of failure; {@link FailureReason#LOST} is retried 2 times unless set,
   *     all others are not
   * @param times how often a trial is started again, at least 0
   */
  public B retrying(FailureReason reason, int times) {
    if (times < 0) {
      throw new IllegalArgumentException(
          "times must be at least 0, got " + times + " for " + reason);
    }
    retries.put(reason, times);
    return self();
  }

  /**
   * Creates the study.
   *
   * @throws IllegalStateException if the storage has one of that name, or no objective was given
   * @throws IllegalArgumentException if the settings contradict each other, or are too long for the
   *     storage; then nothing was created
   */
  public S create() {
    Storage place = storageOrMemory();
    return build(createIn(place, requiredDirections()));
  }

  /** Nothing is left of a study whose settings the storage cannot keep. */
  private StudyStorage createIn(Storage place, List<Direction> directions) {
    RecordedSettings.ofNew(this).forEach(place::requireStorable);
    return place.create(name, directions);
  }

  /**
   * Opens the study that the storage has under this name.
   *
   * @throws IllegalStateException if it has none
   * @throws IllegalArgumentException if that study has another objective, seed or space
   */
  public S resume() {
    Storage place = storageOrMemory();
    return build(
        place
            .find(name)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "there is no study '"
                            + name
                            + "' in "
                            + place
                            + "; there are "
                            + place.studyNames())));
  }

  /**
   * Opens the study that the storage has under this name, or creates it.
   *
   * @throws IllegalArgumentException if there is one with another objective, seed or space
   * @throws IllegalStateException if no objective was given
   */
  public S createOrResume() {
    Storage place = storageOrMemory();
    List<Direction> directions = requiredDirections();
    return build(place.find(name).orElseGet(() -> createOrFind(place, directions)));
  }

  private StudyStorage createOrFind(Storage place, List<Direction> directions) {
    try {
      return createIn(place, directions);
    } catch (IllegalStateException e) {
      // Another process may have been faster.
      return place.find(name).orElseThrow(() -> e);
    }
  }

  Storage storageOrMemory() {
    if (storage.isEmpty()) {
      storage = Optional.of(Storage.inMemory());
    }
    return storage.get();
  }

  private List<Direction> requiredDirections() {
    requireGoals();
    if (duplicates != Duplicates.REPLICATE && space.isEmpty()) {
      throw new IllegalArgumentException(
          "study '"
              + name
              + "': duplicates("
              + duplicates
              + ") needs a declared space, by space(...): otherwise only the objective knows which"
              + " values a trial will have");
    }
    return goals.stream().map(Goal::direction).toList();
  }

  /**
   * Checks that the study has the objectives that it needs, and that the other settings suit their
   * number; before anything is written.
   */
  void requireGoals() {
    if (goals.isEmpty()) {
      throw new IllegalStateException(
          "study '" + name + "' has no objective: call minimize(metric) or maximize(metric)");
    }
  }

  private S build(StudyStorage kept) {
    requiredDirections();
    RecordedSettings recorded = new RecordedSettings(kept, this);
    S study = open(kept, recorded.open());
    study.lifecycle().startsAfter(recorded::record);
    return study;
  }

  List<Goal> goals() {
    return List.copyOf(goals);
  }

  String name() {
    return name;
  }

  /** Whether a trial, other than by its number, depends on earlier ones. */
  boolean usesHistory() {
    return sampler.usesHistory()
        || pruner.usesHistory()
        || duplicates != Duplicates.REPLICATE
        // What a parameter is, is known from the trials that have it.
        || space.isEmpty();
  }

  Sampler sampler() {
    return sampler;
  }

  Pruner pruner() {
    return pruner;
  }

  OptionalLong seed() {
    return seed;
  }

  Optional<SearchSpace> space() {
    return space;
  }

  boolean triesDefaultsFirst() {
    return defaultsFirst;
  }

  Optional<Path> artifactFolder() {
    return artifacts.or(() -> storage.flatMap(Storage::artifactFolder));
  }

  Duplicates duplicates() {
    return duplicates;
  }

  List<String> constraints() {
    return constraints;
  }

  /** How often a trial is started again after a failure of a kind. */
  Map<FailureReason, Integer> retries() {
    return Map.copyOf(retries);
  }

  /** What tells the time; of this machine, but for tests. */
  B clock(StudyClock chosen) {
    clock = chosen;
    return self();
  }

  /**
   * Nobody has given these settings: they stand for those that a study of another program lacks.
   */
  B madeUp() {
    madeUp = true;
    return self();
  }

  boolean areMadeUp() {
    return madeUp;
  }

  StudyClock clock() {
    return clock;
  }

  Retention retention() {
    return retention;
  }
}

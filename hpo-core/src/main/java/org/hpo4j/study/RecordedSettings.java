package org.hpo4j.study;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;

/**
 * The settings that a storage keeps with a study, beside those that a program gives. What makes the
 * study what it is, is recorded by the first program that opens it; all others must give the same.
 */
final class RecordedSettings {

  static final String SEED = "hpo4j:seed";
  static final String SPACE = "hpo4j:space";
  static final String SAMPLER = "hpo4j:sampler";
  static final String CONSTRAINTS = "hpo4j:constraints";
  static final String PRUNER = "hpo4j:pruner";

  /** Optuna's key of the objectives' names. */
  static final String METRIC_NAMES = "study:metric_names";

  private static final System.Logger LOG = System.getLogger(RecordedSettings.class.getName());

  private final StudyStorage kept;
  private final StudySettings<?, ?> given;
  private final Map<String, Object> lasting;

  /** The seed, should none be recorded. */
  private final long offered;

  /** The seed that the study was opened with. */
  private OptionalLong seed = OptionalLong.empty();

  private boolean areRecorded;

  RecordedSettings(StudyStorage kept, StudySettings<?, ?> given) {
    this.kept = kept;
    this.given = given;
    this.offered = given.seed().orElseGet(() -> anySeed(given));
    this.lasting = lasting(given, offered);
  }

  /** The same for all who make up settings, since they record it only when a trial starts. */
  private static long anySeed(StudySettings<?, ?> given) {
    return given.areMadeUp() ? given.name().hashCode() : new SecureRandom().nextLong();
  }

  /**
   * What {@link #record} and the first trials would write to a new study; a seed that was not given
   * is any, and so is the value of a parameter.
   */
  static List<StudyChange> ofNew(StudySettings<?, ?> given) {
    List<StudyChange> changes = new ArrayList<>();
    lasting(given, 0)
        .forEach((key, value) -> changes.add(new StudyChange.KeepStudySystemAttribute(key, value)));
    replaceable(given)
        .forEach((key, value) -> changes.add(new StudyChange.SetStudySystemAttribute(key, value)));
    given
        .space()
        .ifPresent(
            space ->
                space
                    .parameters()
                    .forEach(p -> changes.add(new StudyChange.SetParameter(0, p, Double.NaN))));
    return changes;
  }

  /**
   * Compares the settings with the recorded ones, and records those that are not. A study with
   * trials that cannot be written to can be looked at all the same; what was made up for one of
   * another program is recorded when a trial starts here.
   *
   * @return the study's seed
   * @throws IllegalArgumentException if one differs; then nothing was written
   */
  long open() {
    requireSame();
    try {
      if (!given.areMadeUp() || recordedSeed().isPresent()) {
        record();
      }
    } catch (StorageException e) {
      if (kept.table().size() == 0) {
        throw e;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "study {0} can be looked at, but nothing can be recorded: {1}",
          given.name(),
          e.getMessage());
    }
    seed = OptionalLong.of(recordedSeed().orElse(offered));
    return seed.getAsLong();
  }

  /**
   * Records what is not recorded yet; without that no trial may start.
   *
   * @throws StorageException if that cannot be done, or another program has given the study another
   *     seed since it was opened here
   */
  void record() {
    if (areRecorded) {
      return;
    }
    Map<String, Object> missing = missing();
    if (!missing.isEmpty()) {
      List<StudyChange> changes = new ArrayList<>();
      missing.forEach(
          (key, value) -> changes.add(new StudyChange.KeepStudySystemAttribute(key, value)));
      kept.commit(changes, Durability.DURABLE);
      // Another program may have been faster.
      requireSame();
    }
    replace();
    if (seed.isPresent() && !seed.equals(recordedSeed())) {
      throw new StorageException(
          "study '"
              + given.name()
              + "' has got another seed from another program since it was opened here; open it again");
    }
    areRecorded = true;
  }

  private Optional<Object> recorded(String key) {
    return Optional.ofNullable(kept.systemAttributes().get(key));
  }

  private OptionalLong recordedSeed() {
    Object seed = kept.systemAttributes().get(SEED);
    if (seed == null) {
      return OptionalLong.empty();
    }
    if (seed instanceof Number number) {
      return OptionalLong.of(number.longValue());
    }
    throw new IllegalStateException(
        "study '" + given.name() + "': the attribute " + SEED + " must be a number, got " + seed);
  }

  private static List<String> metrics(StudySettings<?, ?> given) {
    return given.goals().stream().map(Goal::metric).toList();
  }

  // ---- What stays ----

  private Map<String, Object> missing() {
    Map<String, Object> settings = new LinkedHashMap<>(lasting);
    settings.keySet().removeIf(key -> recorded(key).isPresent());
    if (recordedSeed().isPresent()) {
      // Studies were begun without an empty list of constraints; it is not added to them.
      settings.remove(CONSTRAINTS, List.of());
    }
    return settings;
  }

  private static Map<String, Object> lasting(StudySettings<?, ?> given, long seed) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(METRIC_NAMES, metrics(given));
    given.space().ifPresent(space -> settings.put(SPACE, space.describe()));
    // Also if there are none: another program that begins the study now may declare some.
    settings.put(CONSTRAINTS, given.constraints());
    // Last: where it is recorded, so is all else, also if a crash came in between.
    settings.put(SEED, seed);
    return settings;
  }

  private void requireSame() {
    requireSame(
        "direction",
        kept.table().directions(),
        given.goals().stream().map(Goal::direction).toList());
    recorded(METRIC_NAMES)
        .ifPresent(names -> requireSame("list of objectives", names, metrics(given)));
    recordedSeed()
        .ifPresent(seed -> given.seed().ifPresent(other -> requireSame("seed", seed, other)));
    requireSameSpace();
    recordedConstraints()
        .ifPresent(names -> requireSame("list of constraints", names, given.constraints()));
  }

  /** Of a study that was opened here before, and has recorded none, they are none. */
  private Optional<Object> recordedConstraints() {
    Optional<Object> recorded = recorded(CONSTRAINTS);
    return recorded.isEmpty() && recordedSeed().isPresent() ? Optional.of(List.of()) : recorded;
  }

  private void requireSameSpace() {
    Optional<Object> recorded = recorded(SPACE);
    if (given.space().isEmpty()) {
      recorded.ifPresent(
          space ->
              requireSame(
                  "search space", String.valueOf(space), "none; declare it with space(...)"));
    } else if (recorded.isPresent()) {
      requireSame("space", recorded.get(), given.space().get().describe());
    } else {
      requireParametersOf(given.space().get());
    }
  }

  /** A study that was begun without a space may be given one that has all of its parameters. */
  private void requireParametersOf(SearchSpace space) {
    for (Parameter<?> recorded : kept.table().parameters()) {
      requireSame(
          "search space (parameter '" + recorded.name() + "')",
          recorded.domain(),
          space
              .parameter(recorded.name())
              .<Object>map(Parameter::domain)
              .orElse("no such parameter"));
    }
  }

  private void requireSame(String what, Object recorded, Object asked) {
    if (!recorded.equals(asked)) {
      throw new IllegalArgumentException(
          "study '"
              + given.name()
              + "' in "
              + given.storageOrMemory()
              + " was started with another "
              + what
              + ":\n  recorded: "
              + recorded
              + "\n  given:    "
              + asked
              + "\nUse the recorded one, or give the new study another name.");
    }
  }

  // ---- What may change ----

  private static Map<String, String> replaceable(StudySettings<?, ?> given) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(SAMPLER, given.sampler().describe());
    settings.put(PRUNER, given.pruner().describe());
    return settings;
  }

  private void replace() {
    List<StudyChange> changes = new ArrayList<>();
    replaceable(given)
        .forEach(
            (key, value) -> {
              if (!value.equals(kept.systemAttributes().get(key))) {
                changes.add(new StudyChange.SetStudySystemAttribute(key, value));
              }
            });
    if (!changes.isEmpty()) {
      kept.commit(changes, Durability.DURABLE);
    }
  }
}

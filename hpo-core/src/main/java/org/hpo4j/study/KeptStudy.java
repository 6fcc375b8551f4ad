package org.hpo4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.pruner.Pruner;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.jspecify.annotations.Nullable;

/** What a storage tells of a study beside its trials. */
record KeptStudy(
    String name,
    Storage storage,
    List<Direction> directions,
    List<String> metrics,
    List<String> constraints,
    Optional<String> sampler) {

  static KeptStudy of(String name, Storage storage) {
    StudyStorage kept =
        storage
            .find(name)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "there is no study '"
                            + name
                            + "' in "
                            + storage
                            + "; there are "
                            + storage.studyNames()));
    Map<String, Object> attributes = kept.systemAttributes();
    if (attributes.containsKey(RecordedSettings.SPACE)) {
      throw new IllegalStateException(
          "study '" + name + "' has a declared space, which its program must declare again");
    }
    Object pruner = attributes.getOrDefault(RecordedSettings.PRUNER, Pruner.none().describe());
    if (!pruner.equals(Pruner.none().describe())) {
      throw new IllegalStateException(
          "study '" + name + "' has the pruner " + pruner + ", which its program must give again");
    }
    List<Direction> directions = kept.table().directions();
    List<String> metrics = texts(attributes.get(RecordedSettings.METRIC_NAMES));
    if (metrics.size() != directions.size()) {
      // Made by Optuna, where objectives need no names.
      metrics = new ArrayList<>();
      for (int i = 0; i < directions.size(); i++) {
        metrics.add(directions.size() == 1 ? "value" : "value_" + i);
      }
    }
    return new KeptStudy(
        name,
        storage,
        directions,
        metrics,
        texts(attributes.get(RecordedSettings.CONSTRAINTS)),
        Optional.ofNullable(attributes.get(RecordedSettings.SAMPLER)).map(String::valueOf));
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  BaseStudy open(Sampler given) {
    sampler
        .filter(kept -> !kept.equals(given.describe()))
        .ifPresent(
            kept -> {
              throw new IllegalStateException(
                  "study '" + name + "' has the sampler " + kept + ", got " + given.describe());
            });
    return directions.size() == 1
        ? settings(Study.named(name), given).resume()
        : settings(MultiObjectiveStudy.named(name), given).resume();
  }

  private <B extends StudySettings<B, ?>> B settings(B builder, Sampler given) {
    for (int i = 0; i < directions.size(); i++) {
      builder.addGoal(directions.get(i), metrics.get(i));
    }
    return builder
        .storage(storage)
        .sampler(given)
        .constraints(constraints.toArray(String[]::new))
        .madeUp();
  }
}

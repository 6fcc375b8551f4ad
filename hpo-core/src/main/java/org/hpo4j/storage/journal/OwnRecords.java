package org.hpo4j.storage.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hpo4j.json.Json;
import org.hpo4j.storage.optuna.OptunaStudy;
import org.hpo4j.storage.optuna.RecordWriter;
import org.hpo4j.storage.optuna.TrialTemplate;
import org.hpo4j.trial.TrialState;

/**
 * Writes the records of one commit and remembers what they mean, so that they need not be read back
 * from the file: {@link #apply} does to the study in memory what a reader of the lines would do.
 */
final class OwnRecords implements RecordWriter {

  private final JournalWriter writer;
  private final JournalReplay replay;
  private final OptunaStudy study;
  private final List<Runnable> effects = new ArrayList<>();

  OwnRecords(JournalWriter writer, JournalReplay replay, OptunaStudy study) {
    this.writer = writer;
    this.replay = replay;
    this.study = study;
  }

  /** Takes in the records, in order. */
  void apply() {
    effects.forEach(Runnable::run);
    effects.clear();
  }

  /** Forgets the records; taking them out of the file is left to the caller. */
  void clear() {
    effects.clear();
  }

  @Override
  public void studyAttribute(boolean ofUser, int studyId, String key, Object value) {
    writer.studyAttribute(ofUser, studyId, key, value);
    effects.add(
        ofUser
            ? () -> study.setUserAttribute(key, plain(value))
            : () -> study.setSystemAttribute(key, plain(value)));
  }

  @Override
  public int createTrial(
      int studyId, int number, int objectives, Optional<Instant> started, TrialTemplate template) {
    int id = writer.createTrial(studyId, number, objectives, started, template);
    effects.add(() -> replay.created(template, started));
    return id;
  }

  @Override
  public void parameter(int trialId, String name, Number internal, String distribution) {
    writer.parameter(trialId, name, internal, distribution);
    effects.add(
        () ->
            study.setParameter(replay.number(trialId), name, distribution, internal.doubleValue()));
  }

  @Override
  public void state(
      int trialId, TrialState state, Optional<List<Double>> values, Optional<Instant> time) {
    writer.state(trialId, state, values, time);
    effects.add(() -> replay.changed(trialId, state, values.orElse(List.of()), time));
  }

  @Override
  public void intermediateValue(int trialId, int step, double value) {
    writer.intermediateValue(trialId, step, value);
    effects.add(() -> study.report(replay.number(trialId), step, value));
  }

  @Override
  public void trialAttribute(boolean ofUser, int trialId, String key, Object value) {
    writer.trialAttribute(ofUser, trialId, key, value);
    effects.add(
        ofUser
            ? () -> study.setTrialUserAttribute(replay.number(trialId), key, plain(value))
            : () -> study.setTrialSystemAttribute(replay.number(trialId), key, plain(value)));
  }

  /** The value as it is read: a copy, with JSON's types alone. */
  private static Object plain(Object value) {
    return value instanceof String || value instanceof Boolean || value instanceof Long
        ? value
        : Json.parse(Json.write(value)).orElseThrow();
  }
}

package org.hpo4j.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.hpo4j.json.Json;
import org.hpo4j.storage.optuna.OptunaStudy;
import org.hpo4j.storage.optuna.RecordWriter;
import org.hpo4j.storage.optuna.TrialRecord;
import org.hpo4j.storage.optuna.TrialTemplate;
import org.hpo4j.trial.TrialState;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one commit as what is to be written, in order. New trials have negative ids until
 * the database has given them theirs.
 */
final class ChangeBatch implements RecordWriter {

  /** One statement or several of a kind. */
  sealed interface Step {}

  /** A new trial. */
  record NewTrial(
      int id, int number, TrialState state, Optional<Instant> started, Optional<Instant> completed)
      implements Step {}

  /** A row; its first cell is the id of the study or trial. */
  record NewRow(Row kind, int id, List<@Nullable Object> cells) implements Step {}

  /** A trial that begins, waits again or ends. */
  record NewState(int id, TrialState state, Optional<Instant> time) implements Step {}

  /** What a trial will look like in memory once all is written. */
  interface Effect {
    void on(OptunaStudy study, IntUnaryOperator ids, IntUnaryOperator numbers);
  }

  private final TextLimits limits;
  private final String owner;
  final List<Step> steps = new ArrayList<>();
  final List<Effect> effects = new ArrayList<>();
  final List<NewTrial> created = new ArrayList<>();

  /** The last state that a trial gets here. */
  final Map<Integer, TrialState> states = new HashMap<>();

  /** The keys of the study's system attributes that nobody else must have written. */
  final List<String> first = new ArrayList<>();

  /** A batch of the worker {@code owner}. */
  ChangeBatch(TextLimits limits, String owner) {
    this.limits = limits;
    this.owner = owner;
  }

  // ---- Several batches ----

  /** Adds the steps of a batch without new trials. */
  void add(ChangeBatch other) {
    steps.addAll(other.steps);
    states.putAll(other.states);
  }

  /** Takes out the steps of a trial. */
  void remove(int trialId) {
    steps.removeIf(
        step ->
            (step instanceof NewState state && state.id() == trialId)
                || (step instanceof NewRow row && !row.kind().isOfStudy() && row.id() == trialId));
    states.remove(trialId);
  }

  // ---- The study ----

  @Override
  public void studyAttribute(boolean ofUser, int studyId, String key, Object value) {
    String json =
        attribute(
            ofUser ? Row.STUDY_USER_ATTRIBUTE : Row.STUDY_SYSTEM_ATTRIBUTE, studyId, key, value);
    effects.add(
        (study, ids, numbers) -> {
          if (ofUser) {
            study.setUserAttribute(key, parsed(json));
          } else {
            study.setSystemAttribute(key, parsed(json));
          }
        });
  }

  @Override
  public void firstStudyAttribute(int studyId, String key, Object value) {
    studyAttribute(false, studyId, key, value);
    first.add(key);
  }

  private static @Nullable Object parsed(String json) {
    return Json.parse(json).orElse(null);
  }

  private String attribute(Row kind, int id, String key, Object value) {
    String json = limits.attribute(kind, key, value);
    steps.add(new NewRow(kind, id, Arrays.asList(key, json)));
    return json;
  }

  // ---- Trials ----

  @Override
  public int createTrial(
      int studyId, int number, int objectives, Optional<Instant> started, TrialTemplate template) {
    int id = -1 - created.size();
    Optional<Instant> start = started.map(SqlTime::kept);
    Optional<Instant> end = template.completed().map(SqlTime::kept);
    NewTrial trial = new NewTrial(id, number, template.state(), start, end);
    created.add(trial);
    steps.add(trial);
    states.put(id, template.state());
    template
        .parameters()
        .forEach(
            (name, value) ->
                parameterRow(id, name, value, template.distributions().getOrDefault(name, "")));
    template
        .intermediateValues()
        .forEach((step, value) -> intermediateRow(id, Integer.parseInt(step), value));
    template
        .userAttributes()
        .forEach((key, value) -> attribute(Row.TRIAL_USER_ATTRIBUTE, id, key, value));
    template
        .systemAttributes()
        .forEach((key, value) -> attribute(Row.TRIAL_SYSTEM_ATTRIBUTE, id, key, value));
    valueRows(id, template.values().orElse(List.of()));
    TrialRecord record = template.asRecord(owner, start);
    effects.add((study, ids, numbers) -> study.addTrial(ids.applyAsInt(id), record));
    return id;
  }

  private void parameterRow(int id, String name, Number value, String distribution) {
    limits.requireName("parameter", NameColumns.PARAMETER, name);
    limits.requireText("the distribution of parameter '" + name + "'", distribution);
    steps.add(
        new NewRow(Row.PARAMETER, id, Arrays.asList(name, value.doubleValue(), distribution)));
  }

  private void intermediateRow(int id, int step, double value) {
    steps.add(
        new NewRow(
            Row.INTERMEDIATE_VALUE,
            id,
            Arrays.asList(step, FloatText.number(value), FloatText.type(value))));
  }

  private void valueRows(int id, List<Double> values) {
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      steps.add(
          new NewRow(
              Row.VALUE, id, Arrays.asList(i, FloatText.number(value), FloatText.type(value))));
    }
  }

  @Override
  public void parameter(int trialId, String name, Number internal, String distribution) {
    parameterRow(trialId, name, internal, distribution);
    effects.add(
        (study, ids, numbers) ->
            study.setParameter(
                numbers.applyAsInt(trialId), name, distribution, internal.doubleValue()));
  }

  @Override
  public void state(
      int trialId, TrialState state, Optional<List<Double>> values, Optional<Instant> time) {
    List<Double> kept = values.orElse(List.of());
    Optional<Instant> at = time.map(SqlTime::kept);
    valueRows(trialId, kept);
    steps.add(new NewState(trialId, state, at));
    states.put(trialId, state);
    effects.add(
        (study, ids, numbers) ->
            study.setState(numbers.applyAsInt(trialId), state, owner, kept, at));
  }

  @Override
  public void intermediateValue(int trialId, int step, double value) {
    intermediateRow(trialId, step, value);
    effects.add((study, ids, numbers) -> study.report(numbers.applyAsInt(trialId), step, value));
  }

  @Override
  public void trialAttribute(boolean ofUser, int trialId, String key, Object value) {
    String json =
        attribute(
            ofUser ? Row.TRIAL_USER_ATTRIBUTE : Row.TRIAL_SYSTEM_ATTRIBUTE, trialId, key, value);
    effects.add(
        (study, ids, numbers) -> {
          if (ofUser) {
            study.setTrialUserAttribute(numbers.applyAsInt(trialId), key, parsed(json));
          } else {
            study.setTrialSystemAttribute(numbers.applyAsInt(trialId), key, parsed(json));
          }
        });
  }
}

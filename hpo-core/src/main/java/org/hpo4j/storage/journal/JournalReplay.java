package org.hpo4j.storage.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hpo4j.storage.optuna.OptunaStudy;
import org.hpo4j.storage.optuna.TrialTemplate;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialState;

/**
 * Optuna's rules of what the lines of a journal mean, one after the other. Ids of studies and
 * trials are not written: they are positions among the records that were accepted. Of all studies
 * only the one of interest is built up.
 */
final class JournalReplay implements JournalReader.LineHandler {

  /** In place of a trial's number: the trial is of a study that is not of interest. */
  private static final int OTHER = -1;

  private static final System.Logger LOG = System.getLogger(JournalReplay.class.getName());

  private final Optional<String> name;
  private final OwnTrials own;
  private final JournalRecord record = new JournalRecord();
  private final RecordParser parser = new RecordParser(record);

  /** The living studies. */
  private final Map<String, Integer> ids = new LinkedHashMap<>();

  private final Set<Integer> living = new HashSet<>();
  private int studies;
  private int trials;

  /** The number by trial id, for trials of the study of interest. */
  private int[] numbers = new int[16];

  private Optional<OptunaStudy> study = Optional.empty();

  /** One such warning is enough. */
  private boolean hasWarned;

  private JournalReplay(Optional<String> name, OwnTrials own) {
    this.name = name;
    this.own = own;
  }

  /** Follows no study. */
  static JournalReplay ofNames() {
    return new JournalReplay(Optional.empty(), new OwnTrials(""));
  }

  /** Follows the study of this name. */
  static JournalReplay of(String name, OwnTrials own) {
    return new JournalReplay(Optional.of(name), own);
  }

  List<String> studyNames() {
    return new ArrayList<>(ids.keySet());
  }

  /** The study of interest, if it exists and was not deleted. */
  Optional<OptunaStudy> study() {
    return study;
  }

  /** Which trials the worker that reads may write to. */
  OwnTrials own() {
    return own;
  }

  /** The id of the next trial that is created in any study. */
  int nextTrialId() {
    return trials;
  }

  /** What the line that was taken last says; to be filled in before {@link #apply()}. */
  JournalRecord record() {
    return record;
  }

  @Override
  public void line(byte[] buffer, int offset, int length) {
    parser.read(buffer, offset, length);
    apply();
  }

  /** Takes in the record. */
  void apply() {
    switch (record.opCode) {
      case JournalRecord.CREATE_STUDY -> createStudy();
      case JournalRecord.DELETE_STUDY -> deleteStudy();
      case JournalRecord.STUDY_USER_ATTRIBUTE ->
          ofInterest().ifPresent(s -> record.userAttributes.forEach(s::setUserAttribute));
      case JournalRecord.STUDY_SYSTEM_ATTRIBUTE ->
          ofInterest().ifPresent(s -> record.systemAttributes.forEach(s::setSystemAttribute));
      case JournalRecord.CREATE_TRIAL -> createTrial();
      case JournalRecord.DISCARD_TRIALS -> {
        // Another implementation of the format uses it; without effect for Optuna.
      }
      default -> changeTrial();
    }
  }

  private void createStudy() {
    if (ids.containsKey(record.studyName)) {
      return;
    }
    int id = studies++;
    ids.put(record.studyName, id);
    living.add(id);
    if (name.isPresent() && name.get().equals(record.studyName)) {
      study = Optional.of(new OptunaStudy(id, directions()));
      // Trials of a deleted study of the same name.
      Arrays.fill(numbers, 0, trials, OTHER);
    }
  }

  private List<Direction> directions() {
    List<Direction> directions = new ArrayList<>();
    for (int code : record.directions) {
      directions.add(
          switch (code) {
            // Optuna minimizes where no direction was set.
            case 0, 1 -> Direction.MINIMIZE;
            case 2 -> Direction.MAXIMIZE;
            default -> throw new IllegalArgumentException("has the unknown direction " + code);
          });
    }
    if (directions.isEmpty()) {
      throw new IllegalArgumentException("has a study without directions");
    }
    return directions;
  }

  private void deleteStudy() {
    if (living.remove(record.studyId)) {
      ids.values().remove(record.studyId);
      if (study.isPresent() && study.get().id() == record.studyId) {
        study = Optional.empty();
      }
    }
  }

  private Optional<OptunaStudy> ofInterest() {
    return study.filter(s -> s.id() == record.studyId);
  }

  private void createTrial() {
    if (living.contains(record.studyId)) {
      int id = nextTrial();
      if (study.isPresent() && study.get().id() == record.studyId) {
        numbers[id] = study.get().addTrial(id, record);
        if (!record.leftOutStep.isEmpty()) {
          warnOfLeftOut(numbers[id]);
        }
      }
    }
  }

  /** A report that cannot be shown must not make the study unreadable. */
  private void warnOfLeftOut(int number) {
    if (!hasWarned) {
      hasWarned = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "study ''{0}'': trial {1} has a report at step {2}, beyond the 32 bits that a step may"
              + " have here; it and others like it stay in the journal but are not read",
          name.orElse(""),
          Integer.toString(number),
          record.leftOutStep);
    }
  }

  private int nextTrial() {
    int id = trials++;
    if (id == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * id);
    }
    numbers[id] = OTHER;
    return id;
  }

  private void changeTrial() {
    if (record.trialId < 0
        || record.trialId >= trials
        || numbers[record.trialId] == OTHER
        || study.isEmpty()) {
      return;
    }
    int number = numbers[record.trialId];
    OptunaStudy s = study.get();
    switch (record.opCode) {
      case JournalRecord.SET_PARAMETER ->
          s.setParameter(
              number, record.parameterName(0), record.distribution(0), record.parameterValue(0));
      case JournalRecord.SET_STATE -> setState(s, number);
      case JournalRecord.SET_INTERMEDIATE_VALUE -> {
        if (record.isLeftOutReport()) {
          warnOfLeftOut(number);
        } else {
          s.report(number, record.step, record.intermediateValue);
        }
      }
      case JournalRecord.TRIAL_USER_ATTRIBUTE ->
          record.userAttributes.forEach((k, v) -> s.setTrialUserAttribute(number, k, v));
      default -> record.systemAttributes.forEach((k, v) -> s.setTrialSystemAttribute(number, k, v));
    }
  }

  private void setState(OptunaStudy s, int number) {
    TrialState state = record.trialState();
    own.changed(number, state, record.workerId, Optional.ofNullable(s.owners().get(number)));
    s.setState(
        number,
        state,
        record.workerId,
        record.values,
        state.isFinished() ? record.completed : record.started);
  }

  // ---- What this worker wrote itself, in place of its lines ----

  /** The number of a trial of the study of interest. */
  int number(int trialId) {
    return numbers[trialId];
  }

  /** A trial of the study of interest was created. */
  void created(TrialTemplate template, Optional<Instant> started) {
    int id = nextTrial();
    numbers[id] = study.orElseThrow().addTrial(id, template.asRecord(own.worker(), started));
  }

  /** A trial of the study of interest has changed its state. */
  void changed(int trialId, TrialState state, List<Double> values, Optional<Instant> time) {
    int number = numbers[trialId];
    own.changed(number, state, own.worker(), Optional.empty());
    study.orElseThrow().setState(number, state, own.worker(), values, time);
  }
}

package org.hpo4j.jdbc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.hpo4j.json.Json;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.optuna.OptunaStudy;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/** A study in memory: what was read of it, and what this process has written to it. */
final class StudyMirror {

  private final String name;
  private final Database database;
  private final Leases leases;
  private final OptunaStudy study;
  private final StudyReader reader;
  private final Map<String, String> attributeTexts = new HashMap<>();

  /** The trials that have not ended: their numbers by id. */
  private final Map<Integer, Integer> unfinished = new TreeMap<>();

  /** Of those, how much of what their workers wrote was read. */
  private final Map<Integer, Integer> changesRead = new HashMap<>();

  private final Turns turns;
  private int newest;

  StudyMirror(String name, int id, List<Direction> directions, Database database, Leases leases) {
    this.name = name;
    this.database = database;
    this.leases = leases;
    this.study = new OptunaStudy(id, directions);
    this.reader = new StudyReader(database.dialect(), id);
    this.turns = new Turns(leases.worker());
    refresh();
  }

  String name() {
    return name;
  }

  OptunaStudy study() {
    return study;
  }

  Turns turns() {
    return turns;
  }

  TrialTable table() {
    return study.table();
  }

  /** The highest id of a trial that is known. */
  int newest() {
    return newest;
  }

  /** The number of a trial, or -1. Ids grow with the numbers. */
  int number(int trialId) {
    int low = 0;
    int high = table().size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (study.trialId(middle) <= trialId) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low == high && study.trialId(low) == trialId ? low : -1;
  }

  // ---- What others write ----

  /** Takes in what others have written. */
  void refresh() {
    boolean exists =
        database.read(
            connection -> {
              StudyReader.Look look =
                  reader.look(connection, newest, mayHaveChanged(), turns.hasCompany());
              look.attributes().forEach(this::takeAttribute);
              List<TrialRow> changed = look.trials().stream().filter(this::isNews).toList();
              reader.fill(connection, changed, this::take);
              look.turn().ifPresent(turns::saw);
              return look.exists();
            });
    if (!exists) {
      throw new StorageException(
          database.url() + ": study '" + name + "' was deleted by another program");
    }
  }

  /** The trials that have not ended, but for those that nobody else may change. */
  private List<Integer> mayHaveChanged() {
    return unfinished.keySet().stream().filter(trialId -> !leases.isFresh(trialId)).toList();
  }

  private void takeAttribute(StudyReader.Attribute attribute) {
    String place = (attribute.ofUser() ? "u" : "s") + attribute.key();
    if (attribute.json().equals(attributeTexts.put(place, attribute.json()))) {
      return;
    }
    Object value = Json.parse(attribute.json()).orElse(null);
    if (attribute.ofUser()) {
      study.setUserAttribute(attribute.key(), value);
    } else {
      study.setSystemAttribute(attribute.key(), value);
    }
  }

  /** Own trials were taken in when they were written. */
  private boolean isNews(TrialRow row) {
    Integer number = unfinished.get(row.id);
    if (number == null || row.state != table().state(number)) {
      return true;
    }
    boolean own = leases.holds(row.id) && row.owner.equals(leases.worker());
    boolean counted = !row.owner.isEmpty() && changesRead.getOrDefault(row.id, -1) == row.changes;
    return row.state == TrialState.RUNNING && !own && !counted;
  }

  private void take(TrialRow row) {
    Integer known = unfinished.get(row.id);
    if (known == null) {
      requireNext(row);
      known = study.addTrial(row.id, row);
      newest = row.id;
    } else {
      update(known, row);
    }
    note(row.id, known);
    changesRead.put(row.id, row.changes);
  }

  private void requireNext(TrialRow row) {
    if (row.number != table().size()) {
      throw new StorageException(
          database.url()
              + ": study '"
              + name
              + "' goes on with trial number "
              + row.number
              + ", where "
              + table().size()
              + " was expected; open it again, or repair the table trials");
    }
  }

  private void update(int number, TrialRow row) {
    boolean again =
        row.state == TrialState.RUNNING
            && table().state(number) == TrialState.RUNNING
            && !row.owner.equals(study.owners().get(number));
    if (again || row.state == TrialState.WAITING) {
      study.setState(number, TrialState.WAITING, "", List.of(), Optional.empty());
    }
    if (row.state == TrialState.RUNNING) {
      study.setState(number, TrialState.RUNNING, row.owner, List.of(), row.started());
    }
    for (int i = 0; i < row.parameterCount(); i++) {
      study.setParameter(number, row.parameterName(i), row.distribution(i), row.parameterValue(i));
    }
    row.intermediateValues().forEach((step, value) -> study.report(number, step, value));
    row.userAttributes().forEach((key, value) -> study.setTrialUserAttribute(number, key, value));
    row.systemAttributes()
        .forEach((key, value) -> study.setTrialSystemAttribute(number, key, value));
    if (row.state.isFinished()) {
      if (table().state(number) == TrialState.WAITING) {
        study.setState(number, TrialState.RUNNING, row.owner, List.of(), row.started());
      }
      study.setState(number, row.state, row.owner, row.values(), row.completed());
    }
  }

  /** Keeps track of what has to be looked at again. */
  private void note(int trialId, int number) {
    if (table().state(number).isFinished()) {
      unfinished.remove(trialId);
      changesRead.remove(trialId);
    } else {
      unfinished.put(trialId, number);
    }
  }

  // ---- What this process writes ----

  /**
   * Takes in what was written.
   *
   * @param ids gives the database's ids for those of the batch
   */
  void takeIn(ChangeBatch batch, IntUnaryOperator ids) {
    IntUnaryOperator numbers = id -> number(ids.applyAsInt(id));
    for (ChangeBatch.Effect effect : batch.effects) {
      effect.on(study, ids, numbers);
    }
    for (ChangeBatch.NewTrial trial : batch.created) {
      newest = Math.max(newest, ids.applyAsInt(trial.id()));
    }
    batch.states.keySet().forEach(id -> note(ids.applyAsInt(id), numbers.applyAsInt(id)));
  }

  @Override
  public String toString() {
    return "study '" + name + "' in " + database.url();
  }
}

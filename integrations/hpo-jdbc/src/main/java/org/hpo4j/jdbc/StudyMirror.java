package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.hpo4j.json.Json;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.optuna.OptunaStudy;
import org.hpo4j.storage.optuna.UnusableNameException;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/** A study in memory: what was read of it, and what this process has written to it. */
final class StudyMirror {

  private final StudyKey key;
  private final Database database;
  private final Leases leases;
  private final OptunaStudy study;
  private final StudyReader reader;
  private final Map<String, String> attributeTexts = new HashMap<>();

  /** The trials that have not ended: their numbers by id. */
  private final Map<Integer, Integer> unfinished = new TreeMap<>();

  /** Of those, how much of what their workers wrote was read. */
  private final Map<Integer, Integer> changesRead = new HashMap<>();

  /**
   * The trials that have begun by this object of the study, with the tokens of their leases. Other
   * objects of this process have the same leases, and write what is not known here.
   */
  private final Map<Integer, Integer> begunHere = new HashMap<>();

  private final Turns turns;
  private int newest;

  /** Whether a trial was seen that runs without a lease. */
  private boolean hasForeignTrials;

  /** How many trials have ended that were not read; they run on in the table. */
  private int unread;

  /** All of them have higher ids. */
  private int readUpTo;

  StudyMirror(StudyKey key, List<Direction> directions, Database database, Leases leases) {
    this.key = key;
    this.database = database;
    this.leases = leases;
    this.study = new OptunaStudy(key.id(), directions);
    this.reader = new StudyReader(database.dialect(), key);
    this.turns = new Turns(leases.worker());
    refresh(true);
  }

  String name() {
    return key.name();
  }

  StudyKey key() {
    return key;
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

  /** Whether programs that know no leases run trials of this study, or have left some. */
  boolean hasForeignTrials() {
    return hasForeignTrials;
  }

  /** Whether a trial runs, by the database. */
  boolean isRunning(int trialId) {
    return database.read(
        connection ->
            Sql.exists(
                connection,
                "SELECT 1 FROM trials WHERE trial_id = ? AND state = 'RUNNING'",
                trialId));
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

  /** How many trials of others have ended that run on in the table until they are read. */
  int unread() {
    return unread;
  }

  // ---- What others write ----

  /**
   * Takes in what others have written.
   *
   * @param all whether to read new trials too that have ended
   */
  void refresh(boolean all) {
    StudyReader.Look look;
    do {
      int known = all && unread > 0 ? readUpTo : newest;
      look = database.read(connection -> look(connection, known, all));
      if (!look.exists()) {
        throw new StorageException(key.deleted(database.url()));
      }
    } while (look.hasMore());
  }

  private StudyReader.Look look(Connection connection, int known, boolean all) throws SQLException {
    StudyReader.Look look =
        reader.look(connection, known, mayHaveChanged(known), turns.hasCompany(), all);
    if (!look.exists()) {
      return look;
    }
    look.attributes().forEach(this::takeAttribute);
    List<TrialRow> changed = look.trials().stream().filter(this::isNews).toList();
    if (all) {
      reader.fill(connection, changed, row -> take(connection, row));
      readUpTo = look.last();
      unread = look.hasMore() ? unread : 0;
    } else {
      take(connection, changed, look.ended());
    }
    turns.looked(look.endedCount(known));
    look.turn().ifPresent(turns::saw);
    look.asked()
        .filter(asked -> !asked.worker().equals(leases.worker()))
        .ifPresent(asked -> turns.asked().saw(asked.millisLeft()));
    return look;
  }

  /** Fails if the study is gone, for a reason that may be just that. */
  void requireThere(StorageException reason) {
    if (!database.read(connection -> key.exists(connection, database.dialect()))) {
      throw new StorageException(key.deleted(database.url()), reason);
    }
  }

  /** Takes in trials, and of new ones that have ended only that they are there. */
  private void take(
      Connection connection, List<TrialRow> trials, List<StudyReader.EndedTrials> ended)
      throws SQLException {
    reader.fill(connection, trials, row -> {});
    int taken = 0;
    for (StudyReader.EndedTrials run : ended) {
      int id = run.firstId();
      for (int left = run.count(); left > 0; id++) {
        while (taken < trials.size() && trials.get(taken).id <= id) {
          take(connection, trials.get(taken++));
        }
        if (newest < id) {
          leaveUnread(id, run.firstNumber() + id - run.firstId());
          left--;
        }
      }
      if (newest < run.lastId()) {
        int lastNumber = run.firstNumber() + run.lastId() - run.firstId();
        throw damaged("lacks trials with numbers from " + run.firstNumber() + " to " + lastNumber);
      }
    }
    for (TrialRow row : trials.subList(taken, trials.size())) {
      take(connection, row);
    }
  }

  private void leaveUnread(int trialId, int number) {
    requireNext(number);
    if (unread == 0) {
      readUpTo = newest;
    }
    study.addUnread(trialId);
    newest = trialId;
    unread++;
  }

  /** The known trials that have not ended, but for those that nobody else may change. */
  private List<Integer> mayHaveChanged(int known) {
    return unfinished.keySet().stream()
        .filter(trialId -> trialId <= known && !(isOwn(trialId) && leases.isFresh(trialId)))
        .toList();
  }

  /** Whether a trial runs that has begun here, and what is written of it is known. */
  private boolean isOwn(int trialId) {
    return leases.holds(trialId) && begunHere.getOrDefault(trialId, 0) == leases.token(trialId);
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
    if (number == null) {
      return row.id > newest || isUnread(row.id);
    }
    if (row.state != table().state(number)) {
      return true;
    }
    boolean own = isOwn(row.id) && row.owner.equals(leases.worker());
    if (row.state == TrialState.WAITING) {
      // It may have run in between.
      return changesRead.getOrDefault(row.id, 0) != row.changes;
    }
    boolean counted = !row.owner.isEmpty() && changesRead.getOrDefault(row.id, -1) == row.changes;
    return !own && !counted;
  }

  /** Whether a trial that is known runs in the table alone. */
  private boolean isUnread(int trialId) {
    return unread > 0 && table().state(number(trialId)) == TrialState.RUNNING;
  }

  private void take(Connection connection, TrialRow row) throws SQLException {
    if (hasNewParameter(row)) {
      // Its value may have come between the two queries, and its domain with it.
      reader.attributes(connection).forEach(this::takeAttribute);
    }
    try {
      takeIn(row);
    } catch (UnusableNameException e) {
      throw new StorageException(this + " " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new StorageException(this + ": trial " + row.number + ": " + e.getMessage(), e);
    }
  }

  private boolean hasNewParameter(TrialRow row) {
    for (int i = 0; i < row.parameterCount(); i++) {
      if (!study.hasParameter(row.parameterName(i))) {
        return true;
      }
    }
    return false;
  }

  private void takeIn(TrialRow row) {
    boolean runsHere = row.state == TrialState.RUNNING && row.owner.equals(leases.worker());
    if (isOwn(row.id) && !runsHere) {
      // From here on it is known that what this worker still writes of it comes late. Of a trial of
      // another object that cannot be told: it may have begun since the rows were read.
      leases.lose(row.id);
    }
    hasForeignTrials |= row.state == TrialState.RUNNING && row.owner.isEmpty();
    Integer known = unfinished.get(row.id);
    if (known != null) {
      update(known, row);
    } else if (row.id > newest) {
      requireNext(row.number);
      known = study.addTrial(row.id, row);
      newest = row.id;
    } else {
      known = number(row.id);
      update(known, row);
      unread--;
    }
    note(row.id, known);
    changesRead.put(row.id, row.changes);
  }

  private void requireNext(int number) {
    if (number != table().size()) {
      throw damaged(
          "goes on with trial number " + number + ", where " + table().size() + " was expected");
    }
  }

  private StorageException damaged(String how) {
    return new StorageException(
        database.url()
            + ": study '"
            + name()
            + "' "
            + how
            + "; open it again, or repair the table trials");
  }

  /** What was known of a trial may be of an attempt that was given up: the rows tell all of it. */
  private void update(int number, TrialRow row) {
    study.setState(number, TrialState.WAITING, "", List.of(), Optional.empty());
    // In tables, other than in journals, a trial that waits again has no start.
    boolean waits = row.state == TrialState.WAITING;
    Optional<Instant> started = waits ? Optional.empty() : row.started();
    study.setState(number, TrialState.RUNNING, row.owner, List.of(), started);
    if (waits) {
      study.setState(number, TrialState.WAITING, "", List.of(), Optional.empty());
    }
    for (int i = 0; i < row.parameterCount(); i++) {
      study.setParameter(number, row.parameterName(i), row.distribution(i), row.parameterValue(i));
    }
    row.intermediateValues().forEach((step, value) -> study.report(number, step, value));
    row.userAttributes().forEach((key, value) -> study.setTrialUserAttribute(number, key, value));
    row.systemAttributes()
        .forEach((key, value) -> study.setTrialSystemAttribute(number, key, value));
    if (row.state.isFinished()) {
      study.keepDrawn(number, row);
      study.setState(number, row.state, row.owner, row.values(), row.completed());
    }
  }

  /** Keeps track of what has to be looked at again. */
  private void note(int trialId, int number) {
    if (table().state(number).isFinished()) {
      unfinished.remove(trialId);
      changesRead.remove(trialId);
      begunHere.remove(trialId);
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
    batch.states.forEach(
        (id, state) -> {
          int trialId = ids.applyAsInt(id);
          if (state == TrialState.RUNNING) {
            begunHere.put(trialId, leases.token(trialId));
          }
          note(trialId, numbers.applyAsInt(id));
        });
  }

  @Override
  public String toString() {
    return "study '" + name() + "' in " + database.url();
  }
}

package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hpo4j.json.Json;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.storage.WorkerId;
import org.hpo4j.storage.optuna.ChangeWriter;
import org.hpo4j.storage.optuna.OptunaStudy;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * One study. A commit is made from what is known here, written under the condition that it still
 * holds in the database, and only then taken in.
 */
final class JdbcStudy implements StudyStorage {

  private static final int LONGEST_NOTE = 2_000;

  private final String name;
  private final Database database;
  private final Leases leases;
  private final OptunaStudy study;
  private final StudyReader reader;
  private final Map<String, String> attributeTexts = new HashMap<>();

  /** The trials that have not ended, with their numbers by id, and what was read of them. */
  private final Map<Integer, Integer> unfinished = new TreeMap<>();

  private final Map<Integer, Integer> changesRead = new HashMap<>();

  /** The trials that run here, by number; one that was taken away stays, and is refused. */
  private final Set<Integer> running = new HashSet<>();

  private int newest;

  JdbcStudy(String name, int id, List<Direction> directions, Database database, Leases leases) {
    this.name = name;
    this.database = database;
    this.leases = leases;
    this.study = new OptunaStudy(id, directions);
    this.reader = new StudyReader(database.dialect(), id);
    refresh();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public TrialTable table() {
    return study.table();
  }

  @Override
  public Map<String, Object> attributes() {
    return study.replica().attributes();
  }

  @Override
  public Map<String, Object> systemAttributes() {
    return study.replica().systemAttributes();
  }

  // ---- Reading ----

  @Override
  public void refresh() {
    boolean exists =
        database.read(
            connection -> {
              StudyReader.Look look =
                  reader.look(connection, newest, List.copyOf(unfinished.keySet()));
              look.attributes().forEach(this::takeAttribute);
              List<TrialRow> changed = look.trials().stream().filter(this::isNews).toList();
              reader.fill(connection, changed, this::take);
              return look.exists();
            });
    if (!exists) {
      throw new StorageException(
          database.url() + ": study '" + name + "' was deleted by another program");
    }
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
      known = study.addTrial(row.id, row);
      newest = row.id;
    } else {
      update(known, row);
    }
    note(row.id, known);
    changesRead.put(row.id, row.changes);
  }

  private void update(int number, TrialRow row) {
    boolean again =
        row.state == TrialState.RUNNING
            && table().state(number) == TrialState.RUNNING
            && !row.owner.equals(study.owners().get(number));
    if (again) {
      study.setState(number, TrialState.WAITING, "", List.of(), Optional.empty());
    }
    if (row.state == TrialState.WAITING) {
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

  // ---- Writing ----

  @Override
  public int[] commit(List<StudyChange> changes, Durability durability) {
    if (changes.isEmpty()) {
      return new int[0];
    }
    Set<Integer> kept = new HashSet<>();
    while (true) {
      Plan plan = plan(changes, kept);
      if (plan.batch.steps.isEmpty()) {
        return plan.numbers;
      }
      BatchWriter writer = new BatchWriter(database.dialect(), leases, study.id(), plan.batch);
      try {
        database.write(
            connection -> {
              writer.write(connection, newest, plan.held, plan.recovered);
              return true;
            },
            connection -> plan.isApplied(connection, writer));
      } catch (BatchWriter.OvertakenException e) {
        writer.forget();
        if (changes.size() == 1 && changes.get(0) instanceof StudyChange.StartTrial) {
          return new int[] {-1};
        }
        // A worker that was taken for dead and is not, keeps its trial.
        kept.add(unfinished.getOrDefault(e.keptTrialId, -1));
        refresh();
        continue;
      } catch (BatchWriter.LostException e) {
        writer.forget();
        throw lost(unfinished.getOrDefault(e.trialId, -1), e.trialId, changes);
      } catch (StorageException e) {
        writer.forget();
        throw e;
      }
      takeIn(plan, writer);
      return plan.numbers;
    }
  }

  /** What a commit will do. */
  private static final class Plan {
    final int[] numbers;
    final ChangeBatch batch;
    final Set<Integer> held = new HashSet<>();
    final Map<Integer, String> recovered = new TreeMap<>();

    Plan(int count, ChangeBatch batch) {
      this.numbers = new int[count];
      this.batch = batch;
    }

    /** By a trial that was created, or the state of one that was changed. */
    boolean isApplied(Connection connection, BatchWriter writer) throws SQLException {
      if (!batch.created.isEmpty()) {
        return Sql.exists(
            connection,
            "SELECT 1 FROM trials WHERE trial_id = ?",
            writer.id(batch.created.get(0).id()));
      }
      for (Map.Entry<Integer, TrialState> state : batch.states.entrySet()) {
        return Sql.exists(
            connection,
            "SELECT 1 FROM trials WHERE trial_id = ? AND state = '"
                + TrialRow.text(state.getValue())
                + "'",
            state.getKey());
      }
      return false;
    }
  }

  private Plan plan(List<StudyChange> changes, Set<Integer> kept) {
    ChangeBatch batch = new ChangeBatch(database.dialect().longestText(), leases.worker());
    Plan plan = new Plan(changes.size(), batch);
    ChangeWriter writer = new ChangeWriter(study, batch);
    Set<Integer> missed = new HashSet<>();
    Set<Integer> begun = new HashSet<>();
    for (int i = 0; i < changes.size(); i++) {
      plan.numbers[i] = -1;
      StudyChange change = changes.get(i);
      if (change instanceof StudyChange.OfRunningTrial own) {
        if (missed.contains(own.number())) {
          continue;
        }
        if (own.number() < table().size() && !begun.contains(own.number())) {
          requireOwn(own.number(), changes, plan);
        }
        writer.add(change);
      } else if (change instanceof StudyChange.ClaimTrial claim) {
        plan.numbers[i] = writer.add(change);
        (plan.numbers[i] < 0 ? missed : begun).add(claim.number());
      } else if (change instanceof StudyChange.RecoverTrial recover) {
        plan.numbers[i] = kept.contains(recover.number()) ? -1 : writer.add(change);
        if (plan.numbers[i] >= 0) {
          plan.recovered.put(study.trialId(recover.number()), recover.owner());
          begun.add(recover.number());
        }
      } else {
        plan.numbers[i] = writer.add(change);
      }
    }
    return plan;
  }

  private void requireOwn(int number, List<StudyChange> changes, Plan plan) {
    int trialId = study.trialId(number);
    if (leases.holds(trialId)) {
      plan.held.add(trialId);
    } else if (running.contains(number) || table().state(number) == TrialState.RUNNING) {
      throw lost(number, trialId, changes);
    }
  }

  /** Notes a late write where others can find it. */
  private TrialLostException lost(int number, int trialId, List<StudyChange> changes) {
    int token = leases.token(trialId);
    leases.drop(trialId);
    String text = changes.toString();
    String note = text.substring(0, Math.min(LONGEST_NOTE, text.length()));
    database.write(
        connection ->
            Sql.update(
                connection,
                "INSERT INTO hpo4j_late_writes (trial_id, worker, token, written_ms, changes)"
                    + " VALUES (?, ?, ?, "
                    + database.dialect().now()
                    + ", ?)",
                trialId,
                leases.worker(),
                token,
                note),
        connection -> false);
    refresh();
    return new TrialLostException(
        number,
        "trial "
            + number
            + " was taken from this worker, whose lease had ended: what it wrote late is noted in"
            + " hpo4j_late_writes and nowhere else");
  }

  private void takeIn(Plan plan, BatchWriter writer) {
    Map<Integer, Integer> numbers = new HashMap<>(unfinished);
    for (ChangeBatch.NewTrial trial : plan.batch.created) {
      numbers.put(trial.id(), trial.number());
      newest = Math.max(newest, writer.id(trial.id()));
    }
    for (ChangeBatch.Effect effect : plan.batch.effects) {
      effect.on(study, writer::id, id -> numbers.getOrDefault(id, -1));
    }
    plan.batch.states.forEach(
        (id, state) -> {
          int number = numbers.getOrDefault(id, -1);
          int trialId = writer.id(id);
          note(trialId, number);
          if (state == TrialState.RUNNING) {
            running.add(number);
          } else {
            running.remove(number);
            leases.drop(trialId);
          }
        });
  }

  @Override
  public void stage(List<StudyChange> changes) {
    commit(changes, Durability.DURABLE);
  }

  @Override
  public void sync() {
    // Every commit reaches the disk.
  }

  // ---- Lost trials ----

  @Override
  public int runningElsewhere() {
    return study.runningElsewhere(leases.worker(), worker -> true);
  }

  @Override
  public List<LostTrial> lostTrials() {
    String sql =
        "SELECT t.trial_id, t.number, l.worker, CASE WHEN l.expires_ms < "
            + database.dialect().now()
            + " THEN 1 ELSE 0 END FROM hpo4j_leases l JOIN trials t ON t.trial_id = l.trial_id"
            + " WHERE t.study_id = ? AND t.state = 'RUNNING' AND l.worker <> '' ORDER BY t.number";
    return database.read(
        connection -> {
          List<LostTrial> lost = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, study.id());
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                int trialId = rows.getInt(1);
                String worker = rows.getString(3);
                if (isLost(trialId, worker, rows.getInt(4) == 1)) {
                  lost.add(new LostTrial(rows.getInt(2), worker));
                }
              }
            }
          }
          return lost;
        });
  }

  private boolean isLost(int trialId, String worker, boolean expired) {
    if (worker.equals(leases.worker())) {
      // Begun by a commit whose answer never came.
      return !leases.holds(trialId);
    }
    return expired || WorkerId.parse(worker).filter(WorkerId::isDead).isPresent();
  }

  @Override
  public String toString() {
    return "study '" + name + "' in " + database.url();
  }
}

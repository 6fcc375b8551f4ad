package org.hpo4j.jdbc;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.storage.optuna.AttributeKeys;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * One study. A commit is planned from what is known here, written under the condition that it still
 * holds in the database, and only then taken in.
 */
final class JdbcStudy implements StudyStorage {

  private final Database database;
  private final Leases leases;
  private final StudyMirror mirror;

  JdbcStudy(String name, int id, List<Direction> directions, Database database, Leases leases) {
    this.database = database;
    this.leases = leases;
    this.mirror = new StudyMirror(name, id, directions, database, leases);
  }

  @Override
  public String name() {
    return mirror.name();
  }

  @Override
  public TrialTable table() {
    return mirror.table();
  }

  @Override
  public Map<String, Object> attributes() {
    return mirror.study().replica().attributes();
  }

  @Override
  public Map<String, Object> systemAttributes() {
    return mirror.study().replica().systemAttributes();
  }

  @Override
  public void refresh() {
    mirror.refresh();
  }

  @Override
  public int[] commit(List<StudyChange> changes, Durability durability) {
    if (changes.isEmpty()) {
      return new int[0];
    }
    Set<Integer> kept = new HashSet<>();
    while (true) {
      try {
        return tryCommit(changes, kept);
      } catch (BatchWriter.OvertakenException e) {
        if (changes.size() == 1 && changes.get(0) instanceof StudyChange.StartTrial) {
          return new int[] {-1};
        }
        // A worker that was taken for dead and is not, keeps its trial.
        kept.add(mirror.number(e.keptTrialId));
        refresh();
      } catch (BatchWriter.LostException e) {
        throw lost(e.trialId, changes);
      }
    }
  }

  private int[] tryCommit(List<StudyChange> changes, Set<Integer> kept) {
    ChangeBatch batch = newBatch();
    CommitPlan plan = new CommitPlan(mirror, leases, batch, kept, changes);
    if (batch.steps.isEmpty()) {
      return plan.numbers;
    }
    BatchWriter writer = new BatchWriter(database.dialect(), leases, mirror.study().id(), plan);
    boolean written = false;
    try {
      database.write(
          connection -> {
            writer.write(connection, mirror.newest());
            return true;
          },
          connection -> plan.isApplied(connection, writer));
      written = true;
    } finally {
      if (!written) {
        writer.forget();
      }
    }
    mirror.takeIn(batch, writer::id);
    batch.states.forEach(
        (id, state) -> {
          if (state != TrialState.RUNNING) {
            leases.drop(writer.id(id));
          }
        });
    return plan.numbers;
  }

  private ChangeBatch newBatch() {
    return new ChangeBatch(database.dialect().limits(), leases.worker());
  }

  @Override
  public void requireStorable(StudyChange change) {
    if (change instanceof StudyChange.SetTrialAttribute set) {
      newBatch().trialAttribute(true, 0, set.key(), set.value());
    } else if (change instanceof StudyChange.Report report) {
      TextLimits.requireName("attribute", AttributeKeys.report(report.step(), report.metric()));
    }
  }

  private TrialLostException lost(int trialId, List<StudyChange> changes) {
    int number = mirror.number(trialId);
    leases.lose(trialId, changes);
    refresh();
    return new TrialLostException(
        number,
        "trial "
            + number
            + " was taken from this worker, whose lease had ended: what it wrote late is noted in"
            + " hpo4j_late_writes and nowhere else");
  }

  @Override
  public void stage(List<StudyChange> changes) {
    commit(changes, Durability.DURABLE);
  }

  @Override
  public void sync() {
    // Every commit reaches the disk.
  }

  @Override
  public int runningElsewhere() {
    return mirror.study().runningElsewhere(leases.worker(), worker -> true);
  }

  @Override
  public List<LostTrial> lostTrials() {
    return leases.findLost(mirror.study().id());
  }

  @Override
  public String toString() {
    return mirror.toString();
  }
}

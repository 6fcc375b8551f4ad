package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.optuna.ChangeWriter;
import org.hpo4j.trial.TrialState;

/** What a commit will write, and under which conditions, by what is known of the study. */
final class CommitPlan {

  /** For each change the number that the commit returns, should it succeed. */
  final int[] numbers;

  final ChangeBatch batch;

  /** The trials of this worker that are changed, by id. */
  final Set<Integer> held = new HashSet<>();

  /** The owners of the trials that are taken from them, by id. */
  final Map<Integer, String> recovered = new TreeMap<>();

  private final StudyMirror mirror;
  private final Leases leases;

  /** Trials whose changes come too late, and those that begin here. */
  private final Set<Integer> missed = new HashSet<>();

  private final Set<Integer> begun = new HashSet<>();

  /**
   * Plans a commit.
   *
   * @param kept the numbers of trials that turned out not to be lost
   * @throws BatchWriter.LostException if a change is for a trial that this worker has lost
   */
  CommitPlan(
      StudyMirror mirror,
      Leases leases,
      ChangeBatch batch,
      Set<Integer> kept,
      List<StudyChange> changes) {
    this.mirror = mirror;
    this.leases = leases;
    this.batch = batch;
    this.numbers = new int[changes.size()];
    ChangeWriter writer = new ChangeWriter(mirror.study(), batch);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = add(changes.get(i), writer, kept);
    }
  }

  private int add(StudyChange change, ChangeWriter writer, Set<Integer> kept) {
    if (change instanceof StudyChange.OfRunningTrial own) {
      if (missed.contains(own.number())) {
        return -1;
      }
      if (own.number() < mirror.table().size() && !begun.contains(own.number())) {
        requireOwn(own.number());
      }
    } else if (change instanceof StudyChange.RecoverTrial recover
        && kept.contains(recover.number())) {
      return -1;
    }
    int number = writer.add(change);
    if (change instanceof StudyChange.ClaimTrial claim) {
      (number < 0 ? missed : begun).add(claim.number());
    } else if (change instanceof StudyChange.RecoverTrial recover && number >= 0) {
      recovered.put(mirror.study().trialId(number), recover.owner());
      begun.add(number);
    }
    return number;
  }

  private void requireOwn(int number) {
    int trialId = mirror.study().trialId(number);
    if (leases.holds(trialId)) {
      held.add(trialId);
    } else if (leases.hasLost(trialId) || mirror.table().state(number) == TrialState.RUNNING) {
      throw new BatchWriter.LostException(trialId);
    }
  }

  /**
   * Whether the commit is in the database, by the first trial that it creates or of which it
   * changes the state. A state that others can bring about too does not show it: a trial that runs
   * must have this worker's lease.
   */
  boolean isApplied(Connection connection, BatchWriter writer) throws SQLException {
    Optional<Map.Entry<Integer, TrialState>> witness =
        batch.states.entrySet().stream().min(Map.Entry.comparingByKey());
    if (witness.isEmpty()) {
      // Rows under keys: writing them again changes nothing.
      return false;
    }
    int trialId = writer.id(witness.get().getKey());
    TrialState state = witness.get().getValue();
    return Sql.exists(
            connection,
            "SELECT 1 FROM trials WHERE trial_id = ? AND state = '" + TrialRow.text(state) + "'",
            trialId)
        && (state != TrialState.RUNNING || leases.isOwn(connection, trialId));
  }
}

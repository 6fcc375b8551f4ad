package org.hpo4j.jdbc;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.optuna.ChangeWriter;
import org.hpo4j.trial.TrialState;

/** What a commit will write, and under which conditions, by what is known of the study. */
final class CommitPlan {

  /** For each change the number that the commit returns, should it succeed. */
  final int[] numbers;

  /** What was taken in before and is written first. */
  final ChangeBatch staged;

  final ChangeBatch batch;

  /** The trials of this worker that are changed, by id, with the tokens of their leases. */
  final Map<Integer, Integer> held = new TreeMap<>();

  /** The owners of the trials that are taken from them, by id. */
  final Map<Integer, String> recovered = new TreeMap<>();

  /** The trials that must still be waiting, by id. */
  final Set<Integer> claimed = new TreeSet<>();

  private final StudyMirror mirror;
  private final Leases leases;
  private final boolean isOneStart;
  private final boolean takesTurn;
  private final boolean wasAskedFor;
  private final boolean waits;
  private final boolean leavesAsked;

  /** Trials whose changes come too late, and those that begin here. */
  private final Set<Integer> missed = new HashSet<>();

  private final Set<Integer> begun = new HashSet<>();

  /**
   * Plans a commit.
   *
   * @param staged what was staged
   * @param batch takes the changes
   * @param kept the numbers of trials that turned out not to be lost
   * @param stuck whether something has a lock for so long that it must be waited for
   * @throws BatchWriter.LostException if a change is for a trial that this worker has lost
   */
  CommitPlan(
      StudyMirror mirror,
      Leases leases,
      Staged staged,
      ChangeBatch batch,
      Set<Integer> kept,
      List<StudyChange> changes,
      boolean stuck) {
    this.mirror = mirror;
    this.leases = leases;
    this.staged = staged.batch;
    this.batch = batch;
    this.numbers = new int[changes.size()];
    this.isOneStart = numbers.length == 1 && changes.get(0) instanceof StudyChange.StartTrial;
    this.waits = stuck;
    this.leavesAsked = isOneStart && !waits && mirror.turns().isBrief();
    this.takesTurn = isOneStart && mirror.turns().isToBeTaken();
    this.wasAskedFor = isOneStart && mirror.turns().asked().isWritten();
    held.putAll(staged.tokens);
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
      if (number >= 0 && number < mirror.table().size()) {
        requireWaiting(mirror.study().trialId(number));
      }
    } else if (change instanceof StudyChange.RecoverTrial recover && number >= 0) {
      recovered.put(mirror.study().trialId(number), recover.owner());
      begun.add(number);
    }
    return number;
  }

  private void requireOwn(int number) {
    int trialId = mirror.study().trialId(number);
    if (leases.holds(trialId)) {
      held.putIfAbsent(trialId, leases.token(trialId));
    } else if (leases.hasLost(trialId) || mirror.table().state(number) == TrialState.RUNNING) {
      throw new BatchWriter.LostException(trialId);
    }
  }

  private void requireWaiting(int trialId) {
    if (!held.containsKey(trialId) && !recovered.containsKey(trialId)) {
      claimed.add(trialId);
    }
  }

  boolean isEmpty() {
    return staged.steps.isEmpty() && batch.steps.isEmpty();
  }

  /** Whether a trial ends with this commit. */
  boolean ends(int trialId) {
    return batch.states.getOrDefault(trialId, TrialState.RUNNING).isFinished()
        || staged.states.getOrDefault(trialId, TrialState.RUNNING).isFinished();
  }

  /** Whether the only change is the start of a trial, which others may be too fast for. */
  boolean isOneStart() {
    return isOneStart;
  }

  /** Whether a lock that others may have is waited for, rather than what it protects given up. */
  boolean waits() {
    return waits;
  }

  /** Whether the start is given up if another worker has asked for it. */
  boolean leavesAsked() {
    return leavesAsked;
  }

  /** Whether this worker has asked others to leave it this start. */
  boolean wasAskedFor() {
    return wasAskedFor;
  }

  /** Whether the start takes a turn in starting trials. */
  boolean takesTurn() {
    return takesTurn;
  }
}

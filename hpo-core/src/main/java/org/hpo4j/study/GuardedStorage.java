package org.hpo4j.study;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.trial.TrialTable;

/**
 * A study's storage, where nothing more is told of trials that were withdrawn. Called under the
 * study's lock, but for {@link #sync}.
 */
final class GuardedStorage implements StudyStorage {

  private final StudyStorage storage;
  private final Unrecorded unrecorded;

  /** Trials that were given back to the queue while their objectives go on. */
  private final Set<Integer> withdrawn = new TreeSet<>();

  GuardedStorage(StudyStorage storage, Unrecorded unrecorded) {
    this.storage = storage;
    this.unrecorded = unrecorded;
  }

  /** Refuses whatever its objective still has to say of a trial, which another may have by now. */
  void withdraw(int number) {
    withdrawn.add(number);
  }

  /** Whether trials were withdrawn, as they are when the process ends. */
  boolean isWithdrawing() {
    return !withdrawn.isEmpty();
  }

  @Override
  public int[] commit(List<StudyChange> changes, Durability durability) {
    requireNotWithdrawn(changes);
    int[] numbers = storage.commit(changes, durability);
    unrecorded.staged.remove(this);
    return numbers;
  }

  @Override
  public void stage(List<StudyChange> changes) {
    requireNotWithdrawn(changes);
    storage.stage(changes);
    unrecorded.staged.add(this);
  }

  private void requireNotWithdrawn(List<StudyChange> changes) {
    for (StudyChange change : changes) {
      if (change instanceof StudyChange.OfRunningTrial own && withdrawn.contains(own.number())) {
        throw new TrialLostException(
            own.number(),
            "trial " + own.number() + " was given back to the queue, since the process ends");
      }
    }
  }

  @Override
  public String name() {
    return storage.name();
  }

  @Override
  public TrialTable table() {
    return storage.table();
  }

  @Override
  public Map<String, Object> attributes() {
    return storage.attributes();
  }

  @Override
  public Map<String, Object> systemAttributes() {
    return storage.systemAttributes();
  }

  @Override
  public void refresh() {
    storage.refresh();
  }

  @Override
  public void refreshForStart(boolean needsOutcomes) {
    storage.refreshForStart(needsOutcomes);
  }

  @Override
  public void noteRefused(int number, List<StudyChange> changes) {
    if (!withdrawn.contains(number) && !changes.isEmpty()) {
      storage.noteRefused(number, changes);
    }
  }

  @Override
  public void abandon(int number) {
    storage.abandon(number);
  }

  @Override
  public void requireStorable(StudyChange change) {
    storage.requireStorable(change);
  }

  @Override
  public void sync() {
    storage.sync();
  }

  @Override
  public List<LostTrial> lostTrials() {
    return storage.lostTrials();
  }

  @Override
  public Duration turnOfOthers() {
    return storage.turnOfOthers();
  }

  @Override
  public boolean hasAskedForStart() {
    return storage.hasAskedForStart();
  }

  @Override
  public int runningElsewhere() {
    return storage.runningElsewhere();
  }
}

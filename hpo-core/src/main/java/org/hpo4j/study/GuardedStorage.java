package org.hpo4j.study;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.trial.TrialTable;

/**
 * A study's storage as its own process sees it: what comes too late for one trial stops no other
 * one. Called under the study's lock, but for {@link #sync}.
 */
final class GuardedStorage implements StudyStorage {

  private static final System.Logger LOG = System.getLogger(GuardedStorage.class.getName());

  private final StudyStorage storage;

  /** Trials that were given back to the queue while their objectives go on. */
  private final Set<Integer> withdrawn = new TreeSet<>();

  GuardedStorage(StudyStorage storage) {
    this.storage = storage;
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
    Set<Integer> late = new TreeSet<>();
    while (true) {
      try {
        return storage.commit(changes, durability);
      } catch (TrialLostException e) {
        if (isFor(changes, e.number()) || !late.add(e.number())) {
          throw e;
        }
        // The end of another trial, which had waited for this commit, came too late.
        LOG.log(System.Logger.Level.WARNING, e.getMessage());
      }
    }
  }

  @Override
  public void stage(List<StudyChange> changes) {
    requireNotWithdrawn(changes);
    storage.stage(changes);
  }

  private void requireNotWithdrawn(List<StudyChange> changes) {
    for (StudyChange change : changes) {
      OptionalInt number = trialOf(change);
      if (number.isPresent() && withdrawn.contains(number.getAsInt())) {
        throw new TrialLostException(
            number.getAsInt(),
            "trial " + number.getAsInt() + " was given back to the queue, since the process ends");
      }
    }
  }

  private static boolean isFor(List<StudyChange> changes, int number) {
    return changes.stream().map(GuardedStorage::trialOf).anyMatch(OptionalInt.of(number)::equals);
  }

  /** The running trial that a change is for. */
  private static OptionalInt trialOf(StudyChange change) {
    if (change instanceof StudyChange.SetParameter set) {
      return OptionalInt.of(set.number());
    } else if (change instanceof StudyChange.Report report) {
      return OptionalInt.of(report.number());
    } else if (change instanceof StudyChange.SetTrialAttribute set) {
      return OptionalInt.of(set.number());
    } else if (change instanceof StudyChange.SetTrialSystemAttribute set) {
      return OptionalInt.of(set.number());
    } else if (change instanceof StudyChange.RequeueTrial requeue) {
      return OptionalInt.of(requeue.number());
    } else if (change instanceof StudyChange.FinishTrial finish) {
      return OptionalInt.of(finish.number());
    }
    return OptionalInt.empty();
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
  public void sync() {
    storage.sync();
  }

  @Override
  public List<LostTrial> lostTrials() {
    return storage.lostTrials();
  }
}

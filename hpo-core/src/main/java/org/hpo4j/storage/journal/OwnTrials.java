package org.hpo4j.storage.journal;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.WorkerId;
import org.hpo4j.storage.optuna.OptunaStudy;
import org.hpo4j.trial.TrialState;

/**
 * Which trials this worker may still write to: one that was taken for dead may not write to those
 * that others have recovered from it.
 */
final class OwnTrials {

  private final String worker;

  /** Trials that others have queued again or ended while this worker ran them. */
  private final Set<Integer> taken = new HashSet<>();

  /** Trials with changes that the table has and the file has not. */
  private final Set<Integer> staged = new HashSet<>();

  private OptionalInt takenAfterStaging = OptionalInt.empty();

  OwnTrials(String worker) {
    this.worker = worker;
  }

  String worker() {
    return worker;
  }

  /** Changes of a trial wait for the next append. */
  void staged(StudyChange change) {
    if (change instanceof StudyChange.OfRunningTrial own) {
      staged.add(own.number());
    }
  }

  /** All that was staged is in the file. */
  void appended() {
    staged.clear();
  }

  /** A trial that others have taken while its end waited for the next append. */
  OptionalInt takenAfterStaging() {
    return takenAfterStaging;
  }

  /**
   * A line changes a trial's state.
   *
   * @param owner who ran the trial until then
   */
  void changed(int number, TrialState state, String writer, Optional<String> owner) {
    if (writer.equals(worker)) {
      taken.remove(number);
    } else if (state != TrialState.RUNNING) {
      if (staged.contains(number)) {
        takenAfterStaging = OptionalInt.of(number);
      } else if (owner.isPresent() && owner.get().equals(worker)) {
        taken.add(number);
      }
    }
  }

  /** The first trial of the changes that another worker has now. */
  OptionalInt findTaken(List<StudyChange> changes, OptunaStudy study) {
    Set<Integer> claimed = new HashSet<>();
    for (StudyChange change : changes) {
      if (change instanceof StudyChange.ClaimTrial claim) {
        claimed.add(claim.number());
      } else if (change instanceof StudyChange.OfRunningTrial own
          && !claimed.contains(own.number())
          && isTaken(own.number(), study)) {
        return OptionalInt.of(own.number());
      }
    }
    return OptionalInt.empty();
  }

  private boolean isTaken(int number, OptunaStudy study) {
    String owner = study.owners().get(number);
    return owner == null
        ? taken.contains(number)
        : !owner.equals(worker) && WorkerId.parse(owner).isPresent();
  }
}

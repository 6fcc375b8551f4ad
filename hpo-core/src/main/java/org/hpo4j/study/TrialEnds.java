package org.hpo4j.study;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialTable;

/** How running trials end, or go back to the queue. Called under the study's lock. */
final class TrialEnds {

  private static final System.Logger LOG = System.getLogger(TrialEnds.class.getName());

  /** No storage takes messages without an end, nor does anybody read them. */
  private static final int LONGEST_MESSAGE = 1_000_000;

  private final StudyStorage storage;
  private final Retries retries;
  private final BestTrial best;
  private final InstantSource clock;

  TrialEnds(StudyStorage storage, Retries retries, BestTrial best, InstantSource clock) {
    this.storage = storage;
    this.retries = retries;
    this.best = best;
    this.clock = clock;
  }

  /**
   * Commits the outcome of a trial, with what it has not written yet.
   *
   * @return false if the trial waits again, since failures of this kind are retried
   */
  boolean finish(int number, List<StudyChange> pending, Outcome outcome) {
    if (retry(number, pending, outcome)) {
      return false;
    }
    storage.commit(ending(number, pending, outcome), Durability.VISIBLE);
    best.finished(number);
    return true;
  }

  /** The same, to be written with the next commit. */
  boolean stage(int number, List<StudyChange> pending, Outcome outcome) {
    if (retry(number, pending, outcome)) {
      return false;
    }
    storage.stage(ending(number, pending, outcome));
    best.finished(number);
    return true;
  }

  /** All changes by which a trial ends. */
  List<StudyChange> ending(int number, List<StudyChange> pending, Outcome outcome) {
    List<StudyChange> changes = new ArrayList<>(pending);
    changes.add(new StudyChange.FinishTrial(number, shortened(outcome), clock.instant()));
    return changes;
  }

  private static Outcome shortened(Outcome outcome) {
    if (!(outcome instanceof Outcome.Failed failed)
        || failed.message().length() <= LONGEST_MESSAGE) {
      return outcome;
    }
    String message = failed.message();
    return Outcome.failed(
        failed.reason(),
        beginning(message, LONGEST_MESSAGE)
            + "... (shortened from "
            + message.length()
            + " characters)");
  }

  /** The first characters of a text, without half of one at their end. */
  static String beginning(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean splitsAPair = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splitsAPair ? longest - 1 : longest);
  }

  /** Puts a failed trial back in the queue, with what it has chosen, if it has retries left. */
  private boolean retry(int number, List<StudyChange> pending, Outcome outcome) {
    if (!(outcome instanceof Outcome.Failed failed)
        || !retries.isRetried(number, failed.reason())) {
      return false;
    }
    List<StudyChange> changes = new ArrayList<>(pending);
    // The next attempt measures them anew.
    changes.removeIf(TrialEnds::isConstraints);
    retries
        .attributes(number, failed)
        .forEach(
            (key, value) ->
                changes.add(new StudyChange.SetTrialSystemAttribute(number, key, value)));
    requeue(number, changes, Durability.VISIBLE);
    LOG.log(
        System.Logger.Level.WARNING,
        "trial {0} failed ({1}: {2}); attempt {3} follows",
        number,
        failed.reason(),
        failed.message(),
        retries.attempts(number));
    return true;
  }

  private static boolean isConstraints(StudyChange change) {
    return change instanceof StudyChange.SetTrialSystemAttribute set
        && set.key().equals(TrialTable.CONSTRAINTS);
  }

  /** Puts a running trial back in the queue. */
  void requeue(int number, List<StudyChange> pending, Durability durability) {
    List<StudyChange> changes = new ArrayList<>(pending);
    changes.add(new StudyChange.RequeueTrial(number));
    storage.commit(changes, durability);
  }
}

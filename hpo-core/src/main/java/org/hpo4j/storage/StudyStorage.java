package org.hpo4j.storage;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hpo4j.trial.TrialTable;

/**
 * The part of a storage that keeps one study: a table in memory and whatever makes it last.
 *
 * <p>A study calls it under its own lock, so that calls never overlap within a process; other
 * processes may write to the same study at any time.
 */
public interface StudyStorage {

  /** The study's name. */
  String name();

  /** The trials as of the last {@link #commit} or {@link #refresh}. */
  TrialTable table();

  /** The user's attributes of the study. */
  Map<String, Object> attributes();

  /** The library's own attributes of the study, and those of other libraries. */
  Map<String, Object> systemAttributes();

  /** Takes in what other processes have written. */
  void refresh();

  /**
   * Takes in what the start of a trial should know of other processes. A storage may leave it at
   * what it knows, where it has just seen that no other worker starts trials.
   *
   * @param needsOutcomes whether more than the number of trials matters; if not, a storage may let
   *     trials of others that have ended run on in the table until the next {@link #refresh}, and
   *     count them in {@link #runningElsewhere}
   */
  default void refreshForStart(boolean needsOutcomes) {
    refresh();
  }

  /**
   * Writes changes in one go and applies them to the table, in order.
   *
   * @return for each change the number of the trial that it created, claimed or recovered, or -1:
   *     also for a claim or a recovery that came too late and a start whose number was taken by
   *     another process
   * @throws StorageException if they could not be written; then none of them was
   * @throws TrialLostException if a trial that one of them is for was taken from this worker
   * @throws IllegalStateException if a change is for a trial that has ended
   */
  int[] commit(List<StudyChange> changes, Durability durability);

  /**
   * Applies changes of running trials of this process to the table now, and writes them with the
   * next {@link #commit}, even an empty one, before its changes. A storage may write them at once.
   * What a commit failed to write is kept for the one after. If one of the trials was taken from
   * this worker meanwhile, the table is wrong about it: a {@link StorageException} asks for the
   * study to be opened again.
   *
   * @throws StorageException as for {@link #commit}, from a storage that writes at once
   * @throws TrialLostException as for {@link #commit}, from a storage that writes at once
   */
  void stage(List<StudyChange> changes);

  /**
   * Notes where others can find it, if there is a place for that, that changes of a trial came too
   * late and were refused: as after a {@link TrialLostException}, but the study knew it before. Has
   * no other effect, and does not fail if the note cannot be written.
   */
  default void noteRefused(int number, List<StudyChange> changes) {}

  /**
   * A running trial of this process will not be ended by it: its end could not be written. Other
   * workers shall not wait for it for as long as this process lives. It may still be given back to
   * the queue, if nobody has taken it by then.
   */
  default void abandon(int number) {}

  /**
   * Checks that a change could be kept here, so that it is refused where it is made and not with
   * the commit that it waits for.
   *
   * @throws IllegalArgumentException if a text in it is too long for this storage
   */
  default void requireStorable(StudyChange change) {}

  /**
   * Makes sure that everything committed so far survives a crash of the machine. Unlike all other
   * methods it is called without the study's lock, so that threads can wait together.
   *
   * @throws StorageException if that is not so
   */
  void sync();

  /**
   * How long it is better to leave the start of trials to other workers, where several want to and
   * the storage knows that one of them is at it; zero or less if there is no reason to wait.
   */
  default Duration turnOfOthers() {
    return Duration.ZERO;
  }

  /**
   * Whether this worker came too late so often that others were asked to leave the next start to it
   * for a moment, so that it should try again at once.
   */
  default boolean hasAskedForStart() {
    return false;
  }

  /** The running trials whose worker is known to be dead, or has not been heard of for too long. */
  List<LostTrial> lostTrials();

  /**
   * How many trials other workers of this library run, as far as the table knows, counting only
   * workers whose death {@link #lostTrials} would tell: a run may wait for these trials.
   */
  int runningElsewhere();
}

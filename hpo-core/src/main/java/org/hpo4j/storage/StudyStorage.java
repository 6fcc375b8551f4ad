package org.hpo4j.storage;

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
   * Writes changes in one go and applies them to the table, in order.
   *
   * @return for each change the number of the trial that it created or claimed, or -1: also for a
   *     claim that came too late and a start whose number was taken by another process
   * @throws StorageException if they could not be written; then none of them was
   * @throws IllegalStateException if a change is for a trial that has ended
   */
  int[] commit(List<StudyChange> changes, Durability durability);

  /** The numbers of running trials whose worker is known to be dead. */
  List<Integer> lostTrials();
}

package org.hpo4j.study;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.hpo4j.space.Configuration;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/** Finds the first trial of equal values, by the whole configurations of a declared space. */
final class RepeatIndex {

  private final TrialTable table;
  private final Map<Configuration, Integer> firstByValues = new HashMap<>();

  /**
   * Trials that had not ended when they were last looked at. Another process writes the values of a
   * trial that was enqueued after it has claimed it, and another program one by one.
   */
  private final TreeSet<Integer> unfinished = new TreeSet<>();

  private int seen;

  RepeatIndex(TrialTable table) {
    this.table = table;
  }

  /** The lowest number of a trial that has these values and no others, or -1. */
  int find(Configuration values) {
    unfinished.removeIf(this::add);
    for (; seen < table.size(); seen++) {
      if (!add(seen)) {
        unfinished.add(seen);
      }
    }
    return firstByValues.getOrDefault(values, -1);
  }

  /** Takes in the values that a trial has so far, and tells whether these are all. */
  private boolean add(int number) {
    if (table.state(number) == TrialState.WAITING) {
      return false;
    }
    Configuration values = table.configuration(number);
    Integer earlier = firstByValues.get(values);
    if (earlier == null || number < earlier) {
      firstByValues.put(values, number);
    }
    return table.state(number).isFinished();
  }
}

package org.hpo4j.sampler.tpe;

import java.util.Arrays;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/**
 * The trials of a history divided in two: the best, {@code below}, and the others, {@code above}.
 *
 * <p>The order: complete trials by value; then pruned ones, those that came further first and at
 * equal steps by their last report. Equal ones stay in the order of their numbers. Failed and
 * unfinished trials are in neither, or in {@code above}, as the settings say.
 */
final class Split {

  private int[] below = new int[0];
  private double[] belowWeights = new double[0];
  private int belowCount;
  private int[] above = new int[0];
  private int aboveCount;
  private int ranked;
  private int running;

  private int[] steps = new int[0];
  private double[] values = new double[0];

  /**
   * Divides the trials that the filter accepts.
   *
   * @param history all trials
   * @param settings how
   * @param filter the trials that count
   */
  void fit(TrialHistory history, TpeSettings settings, Filter filter) {
    int rows = history.size();
    if (above.length < rows) {
      int length = rows + (rows >> 2);
      above = new int[length];
      steps = new int[length];
      values = new double[length];
    }
    ranked = 0;
    running = 0;
    for (int trial = 0; trial < rows; trial++) {
      steps[trial] = -2;
      if (filter.accepts(trial)) {
        rank(history, trial);
      }
    }
    int most = settings.below(ranked);
    if (below.length < most) {
      below = new int[most];
      belowWeights = new double[most];
    }
    belowCount = 0;
    aboveCount = 0;
    for (int trial = 0; trial < rows; trial++) {
      if (steps[trial] >= -1) {
        insert(trial, most);
      } else if (filter.accepts(trial) && settings.isRepelledBy(history.state(trial))) {
        above[aboveCount++] = trial;
        running += history.state(trial).isFinished() ? 0 : 1;
      }
    }
    Arrays.sort(above, 0, aboveCount);
    TpeSettings.weigh(belowCount, belowWeights);
  }

  /** Which trials count. */
  @FunctionalInterface
  interface Filter {

    /** Whether the trial counts. */
    boolean accepts(int trial);
  }

  private void rank(TrialHistory history, int trial) {
    TrialState state = history.state(trial);
    if (state == TrialState.COMPLETE || state == TrialState.PRUNED) {
      values[trial] = history.value(trial);
      steps[trial] =
          state == TrialState.COMPLETE ? Integer.MAX_VALUE : Math.max(-1, history.lastStep(trial));
      ranked++;
    }
  }

  /** Keeps the best so far in {@code below}, best first; who is pushed out goes above. */
  private void insert(int trial, int most) {
    int place = belowCount;
    while (place > 0 && isBetter(trial, below[place - 1])) {
      place--;
    }
    if (belowCount < most) {
      belowCount++;
    } else {
      above[aboveCount++] = place < most ? below[most - 1] : trial;
    }
    if (place < most) {
      System.arraycopy(below, place, below, place + 1, belowCount - 1 - place);
      below[place] = trial;
    }
  }

  /** Whether a trial is strictly better than an earlier one. */
  private boolean isBetter(int trial, int earlier) {
    if (steps[trial] != steps[earlier]) {
      return steps[trial] > steps[earlier];
    }
    // NaN, of a trial pruned without a report, is better than nothing.
    return values[trial] < values[earlier]
        || (Double.isNaN(values[earlier]) && !Double.isNaN(values[trial]));
  }

  /** How many trials have a rank. */
  int ranked() {
    return ranked;
  }

  /** How many of the trials above have not ended. */
  int running() {
    return running;
  }

  /** The best trials, best first. */
  int[] below() {
    return below;
  }

  double[] belowWeights() {
    return belowWeights;
  }

  int belowCount() {
    return belowCount;
  }

  /** The other trials, in ascending order. */
  int[] above() {
    return above;
  }

  int aboveCount() {
    return aboveCount;
  }
}

package org.hpo4j.sampler.tpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hpo4j.math.NonDominated;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/**
 * The trials of a history divided in two: the best, {@code below}, and the others, {@code above}.
 *
 * <p>The order: complete trials by value; then pruned ones, those that came further first and at
 * equal steps by their last report; then those that violate an outcome constraint, by how much.
 * Equal ones stay in the order of their numbers. Of several objectives the place in the Pareto
 * order stands for the value: by rank, within a rank the lonelier first. Failed and unfinished
 * trials are in neither, or in {@code above}, as the settings say.
 */
final class Split {

  private int[] below = new int[0];
  private double[] belowWeights = new double[0];
  private int belowCount;
  private int[] above = new int[0];
  private int aboveCount;
  private int ranked;

  private static final int COMPLETE = Integer.MAX_VALUE;
  private static final int INFEASIBLE = -2;
  private static final int UNRANKED = -3;

  /** By trial: how far a pruned one came, -1 if nowhere; or one of the constants above. */
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
    for (int trial = 0; trial < rows; trial++) {
      steps[trial] = UNRANKED;
      if (filter.accepts(trial)) {
        rank(history, trial);
      }
    }
    if (history.objectiveCount() > 1) {
      valuesFromParetoOrder(history);
    }
    int most = settings.below(ranked);
    if (below.length < most) {
      below = new int[most];
      belowWeights = new double[most];
    }
    belowCount = 0;
    aboveCount = 0;
    for (int trial = 0; trial < rows; trial++) {
      if (steps[trial] > UNRANKED) {
        insert(trial, most);
      } else if (filter.accepts(trial) && settings.isRepelledBy(history.state(trial))) {
        above[aboveCount++] = trial;
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
      double violation = history.violation(trial);
      // A pruned trial has hardly measured its constraints.
      if (violation > 0 && (state == TrialState.COMPLETE || violation < Double.MAX_VALUE)) {
        steps[trial] = INFEASIBLE;
        values[trial] = violation;
      } else {
        steps[trial] =
            state == TrialState.COMPLETE ? COMPLETE : Math.max(-1, history.lastStep(trial));
        values[trial] = history.value(trial);
      }
      ranked++;
    }
  }

  /** Replaces the values of complete and feasible trials by their places in the Pareto order. */
  private void valuesFromParetoOrder(TrialHistory history) {
    int count = 0;
    int[] trials = new int[history.size()];
    for (int trial = 0; trial < history.size(); trial++) {
      if (steps[trial] == COMPLETE) {
        trials[count++] = trial;
      }
    }
    double[][] points = new double[count][history.objectiveCount()];
    for (int i = 0; i < count; i++) {
      for (int m = 0; m < points[i].length; m++) {
        points[i][m] = history.value(trials[i], m);
      }
    }
    int[] ranks = NonDominated.ranks(points);
    for (int rank = 0, placed = 0; placed < count; rank++) {
      int wanted = rank;
      int[] front = IntStream.range(0, count).filter(i -> ranks[i] == wanted).toArray();
      double[] crowding = NonDominated.crowding(points, front);
      List<Integer> order = new ArrayList<>(IntStream.range(0, front.length).boxed().toList());
      order.sort(Comparator.comparingDouble(i -> -crowding[i]));
      for (int i : order) {
        values[trials[front[i]]] = placed++;
      }
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

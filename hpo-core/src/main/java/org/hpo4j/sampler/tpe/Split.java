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

  private static final int COMPLETE = Integer.MAX_VALUE;
  private static final int INFEASIBLE = -2;

  private int[] below = new int[0];
  private double[] belowWeights = new double[0];
  private int belowCount;
  private int[] above = new int[0];
  private int aboveCount;
  private int ranked;

  /**
   * Of each trial below: how far a pruned one came, -1 if nowhere; or one of the constants above.
   */
  private int[] steps = new int[0];

  /** Of each trial below: what decides between equal steps, lower first. */
  private double[] values = new double[0];

  /**
   * Divides the trials that the filter accepts.
   *
   * @param history all trials
   * @param settings how
   * @param filter the trials that count
   */
  void fit(TrialHistory history, TpeSettings settings, Filter filter) {
    collect(history, settings, filter);
    int most = settings.below(ranked);
    if (below.length < most) {
      below = new int[most];
      belowWeights = new double[most];
      steps = new int[most];
      values = new double[most];
    }
    double[] places = history.objectiveCount() > 1 ? paretoOrder(history, most) : new double[0];
    boolean constrained = history.constraintCount() > 0;
    belowCount = 0;
    for (int i = 0; i < aboveCount; i++) {
      int trial = above[i];
      TrialState state = history.state(trial);
      if (state.isRanked()) {
        boolean isPlain = state == TrialState.COMPLETE && !constrained;
        int step = isPlain ? COMPLETE : step(history, trial);
        boolean byPlace = step == COMPLETE && places.length > 0;
        insert(trial, step, byPlace ? places[i] : value(history, trial, step), most);
      }
    }
    removeBelowFromAbove();
    TpeSettings.weigh(belowCount, belowWeights);
  }

  /** Which trials count. */
  @FunctionalInterface
  interface Filter {

    /** Whether the trial counts. */
    boolean accepts(int trial);
  }

  /** Puts all trials that count above, in ascending order. */
  private void collect(TrialHistory history, TpeSettings settings, Filter filter) {
    int rows = history.size();
    if (above.length < rows) {
      above = new int[rows + (rows >> 3)];
    }
    aboveCount = 0;
    ranked = 0;
    for (int trial = 0; trial < rows; trial++) {
      if (filter.accepts(trial)) {
        TrialState state = history.state(trial);
        if (state.isRanked() || settings.isRepelledBy(state)) {
          above[aboveCount++] = trial;
          ranked += state.isRanked() ? 1 : 0;
        }
      }
    }
  }

  private static int step(TrialHistory history, int trial) {
    boolean complete = history.state(trial) == TrialState.COMPLETE;
    double violation = history.violation(trial);
    // A pruned trial has hardly measured its constraints.
    if (violation > 0 && (complete || violation < Double.MAX_VALUE)) {
      return INFEASIBLE;
    }
    return complete ? COMPLETE : Math.max(-1, history.lastStep(trial));
  }

  private static double value(TrialHistory history, int trial, int step) {
    return step == INFEASIBLE ? history.violation(trial) : history.value(trial);
  }

  /**
   * By index in {@code above}: the places of complete and feasible trials in the Pareto order;
   * infinite for those that are not among the first.
   *
   * @param most how many need a place
   */
  private double[] paretoOrder(TrialHistory history, int most) {
    int count = 0;
    int[] indices = new int[aboveCount];
    for (int i = 0; i < aboveCount; i++) {
      if (history.state(above[i]).isRanked() && step(history, above[i]) == COMPLETE) {
        indices[count++] = i;
      }
    }
    double[][] points = new double[count][history.objectiveCount()];
    for (int i = 0; i < count; i++) {
      for (int m = 0; m < points[i].length; m++) {
        points[i][m] = history.value(above[indices[i]], m);
      }
    }
    double[] places = new double[aboveCount];
    Arrays.fill(places, Double.POSITIVE_INFINITY);
    int[] ranks = NonDominated.ranks(points, most);
    for (int rank = 0, placed = 0; placed < Math.min(most, count); rank++) {
      int wanted = rank;
      int[] front = IntStream.range(0, count).filter(i -> ranks[i] == wanted).toArray();
      double[] crowding = NonDominated.crowding(points, front);
      List<Integer> order = new ArrayList<>(IntStream.range(0, front.length).boxed().toList());
      order.sort(Comparator.comparingDouble(i -> -crowding[i]));
      for (int i : order) {
        places[indices[front[i]]] = placed++;
      }
    }
    return places;
  }

  /** Keeps the best so far in {@code below}, best first. */
  private void insert(int trial, int step, double value, int most) {
    int place = belowCount;
    while (place > 0 && isBetter(step, value, place - 1)) {
      place--;
    }
    if (place == most) {
      return;
    }
    belowCount = Math.min(most, belowCount + 1);
    int moved = belowCount - 1 - place;
    System.arraycopy(below, place, below, place + 1, moved);
    System.arraycopy(steps, place, steps, place + 1, moved);
    System.arraycopy(values, place, values, place + 1, moved);
    below[place] = trial;
    steps[place] = step;
    values[place] = value;
  }

  /** Whether a trial is strictly better than an earlier one, which is below. */
  private boolean isBetter(int step, double value, int earlier) {
    if (step != steps[earlier]) {
      return step > steps[earlier];
    }
    // NaN, of a trial pruned without a report, is better than nothing.
    return value < values[earlier] || (Double.isNaN(values[earlier]) && !Double.isNaN(value));
  }

  private void removeBelowFromAbove() {
    int[] removed = Arrays.copyOf(below, belowCount);
    Arrays.sort(removed);
    int next = 0;
    int kept = 0;
    for (int i = 0; i < aboveCount; i++) {
      if (next < removed.length && above[i] == removed[next]) {
        next++;
      } else {
        above[kept++] = above[i];
      }
    }
    aboveCount = kept;
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

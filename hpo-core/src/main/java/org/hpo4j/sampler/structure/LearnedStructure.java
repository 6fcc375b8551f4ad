package org.hpo4j.sampler.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;

/**
 * What the finished trials of a define-by-run study tell about its conditions.
 *
 * <p>A parameter that some trials lack depends on an earlier parameter whose value decides, in
 * every trial, whether it is there: {@code sgd.momentum} on the optimizer, {@code units3} on the
 * number of layers. Of several such parameters it is the one with the fewest values so far, since
 * one whose values differ from trial to trial decides anything; among equals the first. The
 * parameter is then not drawn with a value that at least {@value #LEAST_EVIDENCE} trials lacked it
 * with. A parameter for which there is no such rule is always drawn; a draw that the objective does
 * not ask for is lost, and nothing else.
 */
final class LearnedStructure implements Structure {

  /** A parameter with more values than this decides nothing. */
  private static final int MOST_VALUES = 64;

  /** How many trials must have a value before it excludes a parameter. */
  private static final int LEAST_EVIDENCE = 2;

  private static final int NOTHING = -1;
  private static final double[] NO_VALUES = new double[0];

  private final List<Parameter<?>> parameters = new ArrayList<>();

  /** By dimension: the dimension that it depends on, and the values of that one that exclude it. */
  private final List<Integer> parents = new ArrayList<>();

  private final List<double[]> excluding = new ArrayList<>();

  LearnedStructure(TrialHistory history) {
    int count = history.rankedCount();
    int[] trials = new int[0];
    // In the order of choice, so that a parameter comes after those that it depends on.
    List<Integer> earlier = new ArrayList<>();
    for (int column : history.columns()) {
      int present = history.rankedWith(column);
      if (present > 0) {
        parameters.add(history.parameter(column));
        if (present == count) {
          parents.add(NOTHING);
          excluding.add(NO_VALUES);
        } else {
          trials = trials.length == 0 ? ranked(history, count) : trials;
          learn(history, earlier, column, trials);
        }
        earlier.add(column);
      }
    }
  }

  /** Without failed trials, which may have ended before they asked for all their parameters. */
  private static int[] ranked(TrialHistory history, int count) {
    int[] trials = new int[count];
    int next = 0;
    for (int trial = 0; trial < history.size(); trial++) {
      if (history.state(trial).isRanked()) {
        trials[next++] = trial;
      }
    }
    return trials;
  }

  private void learn(TrialHistory history, List<Integer> columns, int column, int[] trials) {
    int best = NOTHING;
    Rule bestRule = new Rule();
    for (int parent = 0; parent < columns.size(); parent++) {
      if (parameters.get(parent).domain().cardinality() <= MOST_VALUES) {
        Rule rule = new Rule();
        for (int i = 0; rule.holds && i < trials.length; i++) {
          rule.observe(
              history.code(columns.get(parent), trials[i]),
              !Double.isNaN(history.code(column, trials[i])));
        }
        if (rule.holds && (best == NOTHING || rule.distinct() < bestRule.distinct())) {
          best = parent;
          bestRule = rule;
        }
      }
    }
    parents.add(best);
    excluding.add(bestRule.excluding());
  }

  /** Whether a parent's value decides about a child, as far as trials were observed. */
  private static final class Rule {

    private final double[] values = new double[MOST_VALUES];
    private final boolean[] includes = new boolean[MOST_VALUES];
    private final int[] trials = new int[MOST_VALUES];
    private int count;
    private boolean missing;
    private boolean holds = true;

    void observe(double parent, boolean child) {
      if (Double.isNaN(parent)) {
        missing = true;
        holds = !child;
        return;
      }
      for (int i = 0; i < count; i++) {
        if (values[i] == parent) {
          trials[i]++;
          holds = includes[i] == child;
          return;
        }
      }
      values[count] = parent;
      trials[count] = 1;
      includes[count++] = child;
    }

    /** How many values the parent had, its absence included. */
    int distinct() {
      return count + (missing ? 1 : 0);
    }

    double[] excluding() {
      double[] result = new double[count];
      int n = 0;
      for (int i = 0; i < count; i++) {
        if (!includes[i] && trials[i] >= LEAST_EVIDENCE) {
          result[n++] = values[i];
        }
      }
      return Arrays.copyOf(result, n);
    }
  }

  @Override
  public List<Parameter<?>> parameters() {
    return parameters;
  }

  @Override
  public void walk(Chooser chooser, double[] codes) {
    for (int j = 0; j < codes.length; j++) {
      codes[j] = isActive(j, codes) ? chooser.choose(j) : Double.NaN;
    }
  }

  private boolean isActive(int dimension, double[] codes) {
    int parent = parents.get(dimension);
    if (parent == NOTHING) {
      return true;
    }
    double value = codes[parent];
    if (Double.isNaN(value)) {
      return false;
    }
    for (double excluded : excluding.get(dimension)) {
      if (excluded == value) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean allows(double[] codes) {
    return true;
  }
}

package org.hpo4j.sampler.tpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/**
 * What the finished trials of a define-by-run study tell about its conditions.
 *
 * <p>A parameter that some trials lack depends on the first earlier parameter with few values whose
 * value decides, in every trial, whether it is there: {@code sgd.momentum} on the optimizer, {@code
 * units3} on the number of layers. It is then drawn only with a value that it has been seen with,
 * or with one never seen before. A parameter for which there is no such rule is always drawn; a
 * draw that the objective does not ask for is lost, and nothing else.
 */
final class LearnedStructure implements Structure {

  /** A parameter with more values than this decides nothing. */
  private static final int MOST_VALUES = 64;

  private static final int NOTHING = -1;

  private final List<Parameter<?>> parameters = new ArrayList<>();

  /** By dimension: the dimension that it depends on, and the values of that one that exclude it. */
  private final List<Integer> parents = new ArrayList<>();

  private final List<double[]> excluding = new ArrayList<>();

  LearnedStructure(TrialHistory history) {
    int[] trials = new int[history.size()];
    int count = 0;
    for (int trial = 0; trial < history.size(); trial++) {
      TrialState state = history.state(trial);
      // A failed trial may have ended before it asked for all its parameters.
      if (state == TrialState.COMPLETE || state == TrialState.PRUNED) {
        trials[count++] = trial;
      }
    }
    trials = Arrays.copyOf(trials, count);
    // In the order of choice, so that a parameter comes after those that it depends on.
    List<Integer> earlier = new ArrayList<>();
    for (int column : history.columns()) {
      int present = presentIn(history, column, trials);
      if (present > 0) {
        parameters.add(history.parameter(column));
        learn(history, earlier, column, present == count, trials);
        earlier.add(column);
      }
    }
  }

  private static int presentIn(TrialHistory history, int column, int[] trials) {
    int present = 0;
    for (int trial : trials) {
      present += Double.isNaN(history.code(column, trial)) ? 0 : 1;
    }
    return present;
  }

  private void learn(
      TrialHistory history, List<Integer> columns, int column, boolean always, int[] trials) {
    for (int parent = 0; !always && parent < columns.size(); parent++) {
      if (parameters.get(parent).domain().cardinality() <= MOST_VALUES) {
        Rule rule = new Rule();
        for (int i = 0; rule.holds && i < trials.length; i++) {
          rule.observe(
              history.code(columns.get(parent), trials[i]),
              !Double.isNaN(history.code(column, trials[i])));
        }
        if (rule.holds) {
          parents.add(parent);
          excluding.add(rule.excluding());
          return;
        }
      }
    }
    parents.add(NOTHING);
    excluding.add(new double[0]);
  }

  /** Whether a parent's value decides about a child, as far as trials were observed. */
  private static final class Rule {

    private final double[] values = new double[MOST_VALUES];
    private final boolean[] includes = new boolean[MOST_VALUES];
    private int count;
    private boolean holds = true;

    void observe(double parent, boolean child) {
      if (Double.isNaN(parent)) {
        holds = !child;
        return;
      }
      for (int i = 0; i < count; i++) {
        if (values[i] == parent) {
          holds = includes[i] == child;
          return;
        }
      }
      values[count] = parent;
      includes[count++] = child;
    }

    double[] excluding() {
      double[] result = new double[count];
      int n = 0;
      for (int i = 0; i < count; i++) {
        if (!includes[i]) {
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

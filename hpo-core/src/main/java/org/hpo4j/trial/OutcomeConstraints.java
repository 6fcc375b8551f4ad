package org.hpo4j.trial;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What trials have measured of a study's outcome constraints: at most 0 is feasible, infinity
 * stands for unknown. A constraint that a trial does not tell is violated if the study declares it;
 * if not, it is one that another program's trials told, and holds in those that do not.
 */
final class OutcomeConstraints {

  private final List<SparseColumn> columns = new ArrayList<>();

  /** How many are declared, which are the first ones. */
  private int declared;

  void declare(int count) {
    declared = count;
  }

  /** Whether there may be violated ones, although no trial has told any. */
  boolean areDeclared() {
    return declared > 0;
  }

  /** Keeps the values of a trial; what is not a number is unknown. */
  void set(int number, List<?> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i == columns.size()) {
        columns.add(new SparseColumn());
      }
      boolean known = values.get(i) instanceof Number n && !Double.isNaN(n.doubleValue());
      columns
          .get(i)
          .set(number, known ? ((Number) values.get(i)).doubleValue() : Double.POSITIVE_INFINITY);
    }
  }

  /** Forgets what a trial has measured. */
  void clear(int number) {
    for (SparseColumn column : columns) {
      if (!Double.isNaN(column.get(number))) {
        column.set(number, Double.NaN);
      }
    }
  }

  /** How many constraints any trial has had. */
  int count() {
    return columns.size();
  }

  /** How many constraints the trials below {@code size} have. */
  int countBelow(int size) {
    int count = 0;
    while (count < columns.size() && columns.get(count).firstTrial() < size) {
      count++;
    }
    return count;
  }

  /** The value of a constraint; NaN if the trial has none. */
  double get(int number, int constraint) {
    return columns.get(constraint).get(number);
  }

  /**
   * The sum of the positive parts of the first constraints and the declared ones; infinity if one
   * of these lacks.
   */
  double violation(int number, int count) {
    double sum = 0;
    for (int i = 0; i < Math.max(count, declared); i++) {
      double value = i < columns.size() ? get(number, i) : Double.NaN;
      if (!Double.isNaN(value)) {
        sum += Math.max(0, value);
      } else if (i < declared) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return sum;
  }

  /** The values of a trial; none if it has measured none. */
  List<Double> measured(int number) {
    List<Double> values = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      double value = get(number, i);
      if (!Double.isNaN(value)) {
        values.add(value);
      }
    }
    return values;
  }

  /** The same, but infinity for declared ones that it has not measured. */
  List<Double> measuredOrUnknown(int number) {
    List<Double> values = measured(number);
    values.addAll(
        Collections.nCopies(Math.max(0, declared - values.size()), Double.POSITIVE_INFINITY));
    return values;
  }
}

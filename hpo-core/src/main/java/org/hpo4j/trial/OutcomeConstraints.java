package org.hpo4j.trial;

import java.util.ArrayList;
import java.util.List;

/**
 * What trials have measured of a study's outcome constraints: at most 0 is feasible, infinity
 * stands for unknown.
 */
final class OutcomeConstraints {

  private final List<SparseColumn> columns = new ArrayList<>();

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

  /** The sum of the positive parts of the first constraints; infinity if the trial lacks one. */
  double violation(int number, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double value = get(number, i);
      sum += Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.max(0, value);
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
}

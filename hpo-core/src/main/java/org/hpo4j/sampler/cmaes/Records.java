package org.hpo4j.sampler.cmaes;

import java.util.Arrays;
import java.util.List;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/**
 * The ended trials of a history, row by row in its order, kept from ask to ask. Reading compares
 * every row with what is there: what the rows say is a function of the history alone.
 */
final class Records {

  /** Where a row has the violation, the progress and the value, after the codes. */
  private static final int VIOLATION = 0;

  private static final int PROGRESS = 1;
  private static final int VALUE = 2;
  private static final int FIGURES = 3;

  /** The progress of a failed trial; that of a pruned one is its last step or -1. */
  private static final double FAILED = -2;

  private static final double COMPLETE = Double.POSITIVE_INFINITY;

  private final List<Parameter<?>> parameters;
  private final int width;
  private int size;
  private int[] numbers = new int[0];
  private double[] rows = new double[0];

  Records(List<Parameter<?>> parameters) {
    this.parameters = parameters;
    this.width = parameters.size() + FIGURES;
  }

  /**
   * Brings the rows in step with a history.
   *
   * @return how many rows, from the first on, are as they were
   */
  int read(TrialHistory history) {
    int[] columns = new int[parameters.size()];
    Arrays.setAll(columns, p -> history.columnOf(parameters.get(p).name()));
    double[] record = new double[width];
    int unchanged = size;
    int row = 0;
    for (int trial = 0; trial < history.size(); trial++) {
      if (history.state(trial).isFinished() && fill(record, history, trial, columns)) {
        if (row >= size || !isRow(row, history.number(trial), record)) {
          unchanged = Math.min(unchanged, row);
          set(row, history.number(trial), record);
        }
        row++;
      }
    }
    size = row;
    return Math.min(unchanged, row);
  }

  /** Reads a trial; false if it has no value in any of the parameters. */
  private boolean fill(double[] record, TrialHistory history, int trial, int[] columns) {
    boolean any = false;
    for (int p = 0; p < columns.length; p++) {
      record[p] = columns[p] < 0 ? Double.NaN : history.code(columns[p], trial);
      any |= !Double.isNaN(record[p]);
    }
    TrialState state = history.state(trial);
    double progress =
        switch (state) {
          case COMPLETE -> COMPLETE;
          case PRUNED -> Math.max(-1, history.lastStep(trial));
          default -> FAILED;
        };
    record[columns.length + VIOLATION] = history.violation(trial);
    record[columns.length + PROGRESS] = progress;
    // Adding 0 turns -0.0 into 0.0, which is equal but has another rank.
    record[columns.length + VALUE] = history.value(trial) + 0.0;
    return any;
  }

  private boolean isRow(int row, int number, double[] record) {
    if (numbers[row] != number) {
      return false;
    }
    for (int i = 0; i < width; i++) {
      // Raw comparison: NaN, an absent value, equals itself.
      if (Double.doubleToRawLongBits(record[i])
          != Double.doubleToRawLongBits(rows[row * width + i])) {
        return false;
      }
    }
    return true;
  }

  private void set(int row, int number, double[] record) {
    if (row == numbers.length) {
      int length = Math.max(16, row + (row >> 1));
      numbers = Arrays.copyOf(numbers, length);
      rows = Arrays.copyOf(rows, length * width);
    }
    numbers[row] = number;
    System.arraycopy(record, 0, rows, row * width, width);
  }

  int size() {
    return size;
  }

  /** The number of the row's trial in the study. */
  int number(int row) {
    return numbers[row];
  }

  /** The codes of the row's values by parameter, NaN for none; a new array. */
  double[] codes(int row) {
    return Arrays.copyOfRange(rows, row * width, row * width + parameters.size());
  }

  boolean hasFailed(int row) {
    return figure(row, PROGRESS) == FAILED;
  }

  /** The value of a complete and feasible trial; positive infinity for any other. */
  double result(int row) {
    return figure(row, PROGRESS) == COMPLETE && figure(row, VIOLATION) == 0
        ? figure(row, VALUE)
        : Double.POSITIVE_INFINITY;
  }

  private double figure(int row, int which) {
    return rows[row * width + parameters.size() + which];
  }

  /**
   * Which of two rows is better; negative if it is the first. Failed trials are last. Those that
   * violate constraints less are better (Deb 2000); then complete ones by value; then pruned ones,
   * those that came further first and at equal steps by their last report.
   */
  int compare(int a, int b) {
    if (hasFailed(a) != hasFailed(b)) {
      return hasFailed(a) ? 1 : -1;
    }
    if (hasFailed(a)) {
      return 0;
    }
    int order = Double.compare(figure(a, VIOLATION), figure(b, VIOLATION));
    if (order == 0) {
      order = Double.compare(figure(b, PROGRESS), figure(a, PROGRESS));
    }
    // NaN, of a trial pruned without a report, comes last.
    return order == 0 ? Double.compare(figure(a, VALUE), figure(b, VALUE)) : order;
  }
}

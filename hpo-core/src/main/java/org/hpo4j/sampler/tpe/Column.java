package org.hpo4j.sampler.tpe;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.hpo4j.space.Domain;
import org.hpo4j.trial.TrialHistory;

/**
 * One parameter of a history in unit space, kept from ask to ask.
 *
 * <p>Each row remembers the code that it was made from and is made anew when the history shows
 * another one. So the column is a function of the history alone, whatever it was used for before.
 */
final class Column {

  private final String name;
  private final Domain<?> domain;
  private double[] codes = new double[0];
  private double[] units = new double[0];
  private int[] ids = new int[0];
  private int size;
  private final Map<Double, Integer> idByCode = new HashMap<>();

  Column(String name, Domain<?> domain) {
    this.name = name;
    this.domain = domain;
  }

  /** Brings the rows in step with the history. */
  void read(TrialHistory history) {
    int rows = history.size();
    if (rows > codes.length) {
      int length = Math.max(16, rows + (rows >> 1));
      codes = Arrays.copyOf(codes, length);
      units = Arrays.copyOf(units, length);
      ids = Arrays.copyOf(ids, length);
    }
    int index = history.columnOf(name);
    for (int trial = 0; trial < rows; trial++) {
      double code = index < 0 ? Double.NaN : history.code(index, trial);
      // Raw comparison: NaN, an absent value, equals itself.
      if (trial >= size
          || Double.doubleToRawLongBits(code) != Double.doubleToRawLongBits(codes[trial])) {
        set(trial, code);
      }
    }
    size = rows;
  }

  private void set(int trial, double code) {
    codes[trial] = code;
    boolean present = !Double.isNaN(code);
    units[trial] = present ? domain.toUnit(code) : Double.NaN;
    ids[trial] =
        present && !domain.isContinuous()
            ? idByCode.computeIfAbsent(code, unused -> idByCode.size())
            : -1;
  }

  Domain<?> domain() {
    return domain;
  }

  /** Whether the trial has a value. */
  boolean has(int trial) {
    return !Double.isNaN(codes[trial]);
  }

  /** The code of a trial's value; NaN if it has none. */
  double code(int trial) {
    return codes[trial];
  }

  /** The place of a trial's value in [0, 1]; NaN if it has none. */
  double unit(int trial) {
    return units[trial];
  }

  /** A number below {@link #distinct} that equal discrete values share; -1 if it has none. */
  int id(int trial) {
    return ids[trial];
  }

  /** How many different discrete values were ever seen. */
  int distinct() {
    return idByCode.size();
  }
}

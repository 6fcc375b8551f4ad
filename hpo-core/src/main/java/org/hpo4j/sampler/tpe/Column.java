package org.hpo4j.sampler.tpe;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.hpo4j.space.Domain;
import org.hpo4j.trial.TrialHistory;

/**
 * One parameter of a history, kept from ask to ask: of a continuous one the places in unit space,
 * of any other one the values by a small number each.
 *
 * <p>Only the rows of settled trials of the same source are kept, which cannot change; all others
 * are made anew. So the column is a function of the history alone, whatever it was used for before.
 */
final class Column {

  private final String name;
  private final Domain<?> domain;
  private WeakReference<Object> source = new WeakReference<>(null);
  private int settled;

  /** By trial; used for continuous domains only. */
  private double[] units = new double[0];

  /** By trial; used for all other domains. */
  private int[] ids = new int[0];

  private final Map<Double, Integer> idByCode = new HashMap<>();
  private double[] codeById = new double[4];

  Column(String name, Domain<?> domain) {
    this.name = name;
    this.domain = domain;
  }

  /**
   * Brings the rows in step with the history.
   *
   * @return how many rows, from the first on, are those of the last call
   */
  int read(TrialHistory history) {
    int rows = history.size();
    grow(rows);
    boolean same = source.get() == history.source();
    int index = history.columnOf(name);
    int kept = same ? Math.min(settled, history.settledCount()) : 0;
    for (int trial = kept; trial < rows; trial++) {
      set(trial, index < 0 ? Double.NaN : history.code(index, trial));
    }
    if (!same) {
      source = new WeakReference<>(history.source());
    }
    settled = history.settledCount();
    return kept;
  }

  private void grow(int rows) {
    int length = Math.max(16, rows + (rows >> 3));
    if (domain.isContinuous() && rows > units.length) {
      units = Arrays.copyOf(units, length);
    } else if (!domain.isContinuous() && rows > ids.length) {
      ids = Arrays.copyOf(ids, length);
    }
  }

  private void set(int trial, double code) {
    boolean present = !Double.isNaN(code);
    if (domain.isContinuous()) {
      units[trial] = present ? domain.toUnit(code) : Double.NaN;
    } else {
      ids[trial] = present ? id(code) : -1;
    }
  }

  private int id(double code) {
    Integer known = idByCode.get(code);
    if (known != null) {
      return known;
    }
    int id = idByCode.size();
    idByCode.put(code, id);
    if (id == codeById.length) {
      codeById = Arrays.copyOf(codeById, 2 * id);
    }
    codeById[id] = code;
    return id;
  }

  Domain<?> domain() {
    return domain;
  }

  /** Whether the trial has a value. */
  boolean has(int trial) {
    return domain.isContinuous() ? !Double.isNaN(units[trial]) : ids[trial] >= 0;
  }

  /** The place in [0, 1] of a trial's value of a continuous domain; NaN if it has none. */
  double unit(int trial) {
    return units[trial];
  }

  /**
   * A number below {@link #distinct} that equal values of a domain that is not continuous share; -1
   * if the trial has none.
   */
  int id(int trial) {
    return ids[trial];
  }

  /** The code that an {@link #id(int)} stands for. */
  double codeOf(int id) {
    return codeById[id];
  }

  /** How many different discrete values were ever seen. */
  int distinct() {
    return idByCode.size();
  }
}

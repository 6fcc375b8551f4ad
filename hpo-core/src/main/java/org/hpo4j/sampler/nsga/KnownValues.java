package org.hpo4j.sampler.nsga;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.hpo4j.trial.TrialHistory;

/**
 * Tells whether a trial has given values, ended or not. Of settled trials of one source a hash is
 * kept from ask to ask, so that only values which may be known are compared with all of them.
 */
final class KnownValues {

  private final Set<Long> hashes = new HashSet<>();
  private int[] columns = new int[0];
  private int taken;

  /**
   * Whether a trial has these codes and no others.
   *
   * @param codes by dimension; NaN for inactive ones
   * @param columnOf the column of each dimension, or -1
   * @param history of the same source at each call
   */
  boolean contain(double[] codes, int[] columnOf, TrialHistory history) {
    int settled = history.settledCount();
    if (settled < taken || !Arrays.equals(columns, columnOf)) {
      hashes.clear();
      taken = 0;
      columns = columnOf.clone();
    }
    for (; taken < settled; taken++) {
      long hash = 0;
      for (int column : columns) {
        hash = with(hash, code(history, column, taken));
      }
      hashes.add(hash);
    }
    long hash = 0;
    for (double code : codes) {
      hash = with(hash, code);
    }
    for (int trial = hashes.contains(hash) ? 0 : taken; trial < history.size(); trial++) {
      int j = 0;
      while (j < codes.length && isSame(codes[j], code(history, columns[j], trial))) {
        j++;
      }
      if (j == codes.length) {
        return true;
      }
    }
    return false;
  }

  private static double code(TrialHistory history, int column, int trial) {
    return column < 0 ? Double.NaN : history.code(column, trial);
  }

  /** Equal for codes that are the same, zeros of both signs included. */
  private static long with(long hash, double code) {
    long mixed = (hash ^ Double.doubleToLongBits(code + 0.0)) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 32);
  }

  private static boolean isSame(double code, double other) {
    return code == other || (Double.isNaN(code) && Double.isNaN(other));
  }
}

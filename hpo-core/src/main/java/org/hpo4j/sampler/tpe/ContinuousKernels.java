package org.hpo4j.sampler.tpe;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.Erfc;
import org.hpo4j.math.TruncatedNormal;

/**
 * Normal kernels cut to [0, 1]. With the center m, the width s and the probability Z that the uncut
 * kernel gives to [0, 1], the density at x is exp(-(x - m)^2 / (2 s^2)) / (s sqrt(2 pi) Z).
 *
 * <p>The kernels of the latest observations are kept from fit to fit, and computed anew when one of
 * their widths changes; those of older ones are computed by the block whenever they are needed. So
 * an ask after 100,000 trials takes little more memory than one after 10,000.
 */
final class ContinuousKernels implements Kernels {

  private static final double SQRT_HALF = Math.sqrt(0.5);
  private static final double LOG_SQRT_2_PI = 0.5 * Math.log(2 * Math.PI);

  private final Column column;
  private final Bandwidth bandwidth;
  private int[] trials = new int[0];
  private int size;
  private int present;

  /** By index of a width s: s itself, 1 / s and log(s sqrt(2 pi)), which outlast a fit. */
  private final double[] width;

  private final double[] inverse;
  private final double[] logWidth;

  /** Of each kernel, what draws from it need; NaN unless there was one since the fit. */
  private double[] tailsBelow = new double[0];

  private double[] tailsAbove = new double[0];

  /** The latest kernels, and a block of older ones. */
  private final Rows latest = new Rows();

  private final Rows older = new Rows();

  /** The kernels from {@code from} to before {@code to}; kernel i has the index i - origin. */
  private static final class Rows {

    /** Of each kernel: m, 1 / (s sqrt(2)), and -log(s sqrt(2 pi) Z). */
    double[] center = new double[0];

    double[] scale = new double[0];
    double[] logPeak = new double[0];
    int origin;
    int from;
    int to;

    void grow(int rows) {
      if (center.length < rows) {
        int length = Math.min(MOST_KEPT, Math.max(BLOCK, rows + (rows >> 2)));
        center = Arrays.copyOf(center, length);
        scale = Arrays.copyOf(scale, length);
        logPeak = Arrays.copyOf(logPeak, length);
      }
    }

    void shift(int first, int by) {
      int row = first - origin;
      System.arraycopy(center, row, center, row + by, to - first);
      System.arraycopy(scale, row, scale, row + by, to - first);
      System.arraycopy(logPeak, row, logPeak, row + by, to - first);
    }

    void clear(int first) {
      origin = first;
      from = first;
      to = first;
    }
  }

  ContinuousKernels(Column column, Bandwidth bandwidth) {
    this.column = column;
    this.bandwidth = bandwidth;
    this.width = new double[bandwidth.indices()];
    this.inverse = new double[bandwidth.indices()];
    this.logWidth = new double[bandwidth.indices()];
  }

  @Override
  public void fit(int[] observed, int count, int same, int sameAtEnd) {
    trials = observed;
    if (same == size && same == count) {
      return;
    }
    // Observations can be added to those of the last fit, but not taken away.
    boolean more = size > 0 && same + sameAtEnd == size;
    int firstNew = more ? same : 0;
    int newOnes = more ? count - size : count;
    if (!more) {
      bandwidth.clear();
      present = 0;
    }
    for (int i = firstNew; i < firstNew + newOnes; i++) {
      double x = column.unit(observed[i]);
      if (!Double.isNaN(x)) {
        bandwidth.add(x);
        present++;
      }
    }
    size = count;
    Arrays.fill(tailsBelow, Double.NaN);
    boolean changed = bandwidth.finish(present);
    computeWidths();
    int first = Kernels.firstKept(count);
    if (changed || !more || latest.origin != first) {
      latest.clear(first);
    } else {
      insert(firstNew, newOnes);
    }
    older.clear(0);
  }

  private void computeWidths() {
    for (int i = 0; i < width.length; i++) {
      double s = bandwidth.widthAt(i);
      if (s != width[i]) {
        width[i] = s;
        inverse[i] = 1 / s;
        logWidth[i] = Math.log(s) + LOG_SQRT_2_PI;
      }
    }
  }

  /** Makes room among the latest kernels, and computes those that come to lie between others. */
  private void insert(int kernel, int count) {
    if (kernel < latest.to) {
      latest.grow(size - latest.origin);
      latest.shift(Math.max(kernel, latest.from), count);
      if (kernel > latest.from) {
        compute(latest, kernel, kernel + count);
      } else {
        latest.from += count;
      }
      latest.to += count;
    }
  }

  @Override
  public double sample(int kernel, double p) {
    if (kernel == size || !column.has(trials[kernel])) {
      return column.domain().fromUnit(p);
    }
    double m = column.unit(trials[kernel]);
    double s = bandwidth.width(m);
    double a = -m / s;
    double b = (1 - m) / s;
    double x;
    if (b > 0) {
      computeTails(kernel, a, b);
      x = TruncatedNormal.quantile(p, a, b, tailsBelow[kernel], tailsAbove[kernel]);
    } else {
      x = TruncatedNormal.quantile(p, a, b);
    }
    return column.domain().fromUnit(m + s * x);
  }

  private void computeTails(int kernel, double a, double b) {
    if (tailsBelow.length < size) {
      int known = tailsBelow.length;
      tailsBelow = Arrays.copyOf(tailsBelow, size);
      tailsAbove = Arrays.copyOf(tailsAbove, size);
      Arrays.fill(tailsBelow, known, size, Double.NaN);
    }
    if (Double.isNaN(tailsBelow[kernel])) {
      tailsBelow[kernel] = TruncatedNormal.tails(-a);
      tailsAbove[kernel] = TruncatedNormal.tails(b);
    }
  }

  @Override
  public double place(double code) {
    return column.domain().toUnit(code);
  }

  @Override
  public void addLogDensity(double place, int from, int to, double[] sums, int origin) {
    Rows rows = from < latest.origin ? computeOlder(from, to) : computeLatest(from, to);
    addLogDensity(place, rows, from - origin, to - origin, sums);
  }

  private Rows computeOlder(int from, int to) {
    if (older.from != from || older.to != to) {
      older.clear(from);
      older.grow(BLOCK);
      compute(older, from, to);
      older.to = to;
    }
    return older;
  }

  /** Computes what is missing; blocks come from the last one on, so that no gap stays. */
  private Rows computeLatest(int from, int to) {
    latest.grow(size - latest.origin);
    if (from > latest.to) {
      latest.from = from;
      latest.to = from;
    }
    compute(latest, latest.to, to);
    compute(latest, from, latest.from);
    latest.from = Math.min(from, latest.from);
    latest.to = Math.max(to, latest.to);
    return latest;
  }

  private void compute(Rows rows, int from, int to) {
    for (int i = from; i < to; i++) {
      int row = i - rows.origin;
      double m = column.unit(trials[i]);
      if (Double.isNaN(m)) {
        rows.center[row] = 0;
        rows.scale[row] = 0;
        rows.logPeak[row] = 0;
      } else {
        int index = bandwidth.index(m);
        double perWidth = inverse[index];
        rows.center[row] = m;
        rows.scale[row] = perWidth * SQRT_HALF;
        rows.logPeak[row] = -logWidth[index] - logInside(m * perWidth, (1 - m) * perWidth);
      }
    }
  }

  /** log(Z), the probability of [-below, above]; Z is at least 0.34 since s is at most 1. */
  private static double logInside(double below, double above) {
    if (below <= LogCdfTable.LAST) {
      return above <= LogCdfTable.LAST
          ? Math.log1p(-0.5 * (Erfc.value(below * SQRT_HALF) + Erfc.value(above * SQRT_HALF)))
          : LogCdfTable.at(below);
    }
    return above <= LogCdfTable.LAST ? LogCdfTable.at(above) : 0;
  }

  /**
   * Over local arrays, without branches, and with one index for all, so that the loop compiles to
   * vector instructions.
   */
  private static void addLogDensity(double x, Rows rows, int from, int to, double[] sums) {
    double[] center = rows.center;
    double[] scale = rows.scale;
    double[] logPeak = rows.logPeak;
    for (int i = from; i < to; i++) {
      double z = (x - center[i]) * scale[i];
      sums[i] += logPeak[i] - z * z;
    }
  }
}

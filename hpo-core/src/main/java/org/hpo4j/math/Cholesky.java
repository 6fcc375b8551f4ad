package org.hpo4j.math;

import java.util.Arrays;

/**
 * The Cholesky factor of a symmetric positive definite matrix that grows by rows.
 *
 * <p>Notation:
 *
 * <ul>
 *   <li>A, n by n, the matrix; U, upper triangular, with A = U^T U.
 *   <li>U is kept by rows, so that the loops that carry the cost run over neighbours in memory.
 *   <li>u_ij = (a_ij - sum over k &lt; i of u_ki u_kj) / u_ii: Golub and Van Loan, "Matrix
 *       Computations", 4th edition, section 4.2.
 * </ul>
 *
 * <p>The sums are taken over groups of four k, which saves three of four passes over memory. The
 * groups are the same in {@link #factor} and in {@link #append}: a matrix that was appended row by
 * row has the same factor, bit by bit, as one that was factored at once. So a cache of a factor
 * can't change a result.
 *
 * <p>Whether the matrix is positive definite is an answer, never an exception. Not thread-safe.
 */
public final class Cholesky {

  /** A pivot must be larger than this share of its diagonal element; below it is rounding. */
  private static final double LEAST_PIVOT = 1e-14;

  private static final int GROUP = 4;

  private double[] u = new double[0];
  private int stride;
  private int size;
  private double[] row = new double[0];

  /** The order n of the matrix. */
  public int size() {
    return size;
  }

  /** Element (i, j) of U, for i &lt;= j. */
  public double get(int i, int j) {
    return u[i * stride + j];
  }

  private void reserve(int n) {
    if (n > stride) {
      int wider = Math.max(n, stride + (stride >> 1));
      double[] copy = new double[wider * wider];
      for (int i = 0; i < size; i++) {
        System.arraycopy(u, i * stride + i, copy, i * wider + i, size - i);
      }
      u = copy;
      row = new double[wider];
      stride = wider;
    }
  }

  /** Keeps the first rows and columns only. */
  public void truncate(int n) {
    size = Math.min(size, n);
  }

  /**
   * Factors a matrix in place of the present one.
   *
   * @param a the matrix by rows; only its upper triangle is read
   * @param n its order
   * @return whether it is positive definite; if not, the present size is 0
   */
  public boolean factor(double[] a, int n) {
    size = 0;
    reserve(n);
    for (int i = 0; i < n; i++) {
      System.arraycopy(a, i * n + i, row, i, n - i);
      int grouped = i - i % GROUP;
      for (int k = 0; k < grouped; k += GROUP) {
        int at = k * stride + i;
        double c0 = u[at];
        double c1 = u[at + stride];
        double c2 = u[at + 2 * stride];
        double c3 = u[at + 3 * stride];
        subtract(row, i, n, u, k * stride, stride, c0, c1, c2, c3);
      }
      for (int k = grouped; k < i; k++) {
        subtract(row, i, n, u, k * stride, u[k * stride + i]);
      }
      double pivot = row[i];
      if (!(pivot > LEAST_PIVOT * a[i * n + i])) {
        return false;
      }
      double root = Math.sqrt(pivot);
      int at = i * stride;
      for (int j = i + 1; j < n; j++) {
        u[at + j] = row[j] / root;
      }
      u[at + i] = root;
    }
    size = n;
    return true;
  }

  /**
   * Appends a row and column to the matrix.
   *
   * @param column the elements a_0n, ..., a_nn; receives those of U
   * @return whether the larger matrix is positive definite; if not, the present one stays
   */
  public boolean append(double[] column) {
    int n = size;
    double diagonal = column[n];
    reserve(n + 1);
    solveLower(column);
    double pivot = diagonal;
    int grouped = n - n % GROUP;
    for (int k = 0; k < grouped; k += GROUP) {
      pivot -=
          column[k] * column[k]
              + column[k + 1] * column[k + 1]
              + column[k + 2] * column[k + 2]
              + column[k + 3] * column[k + 3];
    }
    for (int k = grouped; k < n; k++) {
      pivot -= column[k] * column[k];
    }
    if (!(pivot > LEAST_PIVOT * diagonal)) {
      return false;
    }
    column[n] = Math.sqrt(pivot);
    for (int k = 0; k <= n; k++) {
      u[k * stride + n] = column[k];
    }
    size = n + 1;
    return true;
  }

  /** Solves U^T z = b in place. */
  public void solveLower(double[] z) {
    int n = size;
    int k = 0;
    for (; k + GROUP <= n; k += GROUP) {
      int at = k * stride;
      for (int i = k; i < k + GROUP; i++) {
        double sum = z[i];
        for (int m = k; m < i; m++) {
          sum -= z[m] * u[m * stride + i];
        }
        z[i] = sum / u[i * stride + i];
      }
      subtract(z, k + GROUP, n, u, at, stride, z[k], z[k + 1], z[k + 2], z[k + 3]);
    }
    for (int i = k; i < n; i++) {
      double sum = z[i];
      for (int m = k; m < i; m++) {
        sum -= z[m] * u[m * stride + i];
      }
      z[i] = sum / u[i * stride + i];
    }
  }

  /** Solves U x = z in place. */
  public void solveUpper(double[] z) {
    for (int i = size - 1; i >= 0; i--) {
      int at = i * stride;
      z[i] = (z[i] - dot(u, at, z, i + 1, size)) / u[at + i];
    }
  }

  /** The natural logarithm of the determinant of A. */
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += Math.log(u[i * stride + i]);
    }
    return 2 * sum;
  }

  /**
   * The inverse of A, as W^T W for the inverse W of U^T.
   *
   * @param inverse receives the lower triangle by rows, in an array of n^2
   * @param scratch of n^2; is overwritten
   */
  public void invert(double[] inverse, double[] scratch) {
    int n = size;
    // Row i of W: (e_i - sum over k < i of u_ki W_k) / u_ii; row k ends at column k.
    for (int i = 0; i < n; i++) {
      Arrays.fill(row, 0, i, 0);
      int k = 0;
      for (; k + GROUP <= i; k += GROUP) {
        int at = k * stride + i;
        double c0 = u[at];
        double c1 = u[at + stride];
        double c2 = u[at + 2 * stride];
        double c3 = u[at + 3 * stride];
        subtract(row, 0, k + GROUP, scratch, k * n, n, c0, c1, c2, c3);
      }
      for (; k < i; k++) {
        subtract(row, 0, k + 1, scratch, k * n, u[k * stride + i]);
      }
      double diagonal = u[i * stride + i];
      for (int j = 0; j < i; j++) {
        scratch[i * n + j] = row[j] / diagonal;
      }
      scratch[i * n + i] = 1 / diagonal;
      // The groups of four read a few elements past the ends of rows.
      Arrays.fill(scratch, i * n + i + 1, i * n + Math.min(n, i + GROUP), 0);
    }
    for (int i = 0; i < n; i++) {
      Arrays.fill(row, 0, i + 1, 0);
      int k = i;
      for (; k + GROUP <= n; k += GROUP) {
        int at = k * n + i;
        double c0 = -scratch[at];
        double c1 = -scratch[at + n];
        double c2 = -scratch[at + 2 * n];
        double c3 = -scratch[at + 3 * n];
        subtract(row, 0, i + 1, scratch, k * n, n, c0, c1, c2, c3);
      }
      for (; k < n; k++) {
        subtract(row, 0, i + 1, scratch, k * n, -scratch[k * n + i]);
      }
      System.arraycopy(row, 0, inverse, i * n, i + 1);
    }
  }

  private static void subtract(
      double[] y, int from, int to, double[] a, int offset, double factor) {
    for (int j = from; j < to; j++) {
      y[j] -= factor * a[offset + j];
    }
  }

  /** Four rows at a time: one load and one store of y for four products. */
  private static void subtract(
      double[] y,
      int from,
      int to,
      double[] a,
      int offset,
      int stride,
      double c0,
      double c1,
      double c2,
      double c3) {
    int o1 = offset + stride;
    int o2 = o1 + stride;
    int o3 = o2 + stride;
    for (int j = from; j < to; j++) {
      y[j] -= c0 * a[offset + j] + c1 * a[o1 + j] + c2 * a[o2 + j] + c3 * a[o3 + j];
    }
  }

  /** Four sums side by side, since a single one would wait for each addition. */
  private static double dot(double[] a, int offset, double[] b, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = from;
    for (; j + 3 < to; j += 4) {
      s0 += a[offset + j] * b[j];
      s1 += a[offset + j + 1] * b[j + 1];
      s2 += a[offset + j + 2] * b[j + 2];
      s3 += a[offset + j + 3] * b[j + 3];
    }
    for (; j < to; j++) {
      s0 += a[offset + j] * b[j];
    }
    return (s0 + s1) + (s2 + s3);
  }
}

package org.hpo4j.benchmarks.problems.bbob;

/** An orthogonal matrix. */
final class Rotation {

  private final double[][] rows;

  private Rotation(double[][] rows) {
    this.rows = rows;
  }

  /** The rows made orthonormal by the method of Gram and Schmidt; they are overwritten. */
  static Rotation orthonormalized(double[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        double along = dot(rows[i], rows[j]);
        for (int k = 0; k < rows.length; k++) {
          rows[i][k] -= along * rows[j][k];
        }
      }
      double norm = StrictMath.sqrt(dot(rows[i], rows[i]));
      for (int k = 0; k < rows.length; k++) {
        rows[i][k] /= norm;
      }
    }
    return new Rotation(rows);
  }

  double[] times(double[] x) {
    double[] y = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      y[i] = dot(rows[i], x);
    }
    return y;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

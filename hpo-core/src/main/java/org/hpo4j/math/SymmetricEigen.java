package org.hpo4j.math;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The eigenvalues and eigenvectors of a real symmetric matrix A = V diag(values) V^T, by Commons
 * Math (Householder tridiagonalization and the implicit QL algorithm).
 */
public final class SymmetricEigen {

  private final double[] values;
  private final double[][] vectors;

  private SymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * Decomposes a matrix.
   *
   * @param matrix n rows of n finite numbers, symmetric; n is at least 1
   */
  public static SymmetricEigen of(double[][] matrix) {
    EigenDecomposition parts = new EigenDecomposition(new Array2DRowRealMatrix(matrix));
    return new SymmetricEigen(parts.getRealEigenvalues(), parts.getV().getData());
  }

  /** The eigenvalues, largest first. */
  public double[] values() {
    return values.clone();
  }

  /** The orthogonal matrix V by rows; column j is the unit eigenvector of the j-th eigenvalue. */
  public double[][] vectors() {
    double[][] copy = new double[vectors.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = vectors[i].clone();
    }
    return copy;
  }
}

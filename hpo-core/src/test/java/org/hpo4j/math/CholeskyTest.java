package org.hpo4j.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {

  /** G^T G + I for a random G. */
  private static double[] positiveDefinite(int n) {
    SplittableRandom random = new SplittableRandom(n);
    double[] g = random.doubles((long) n * n, -1, 1).toArray();
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = i == j ? 1 : 0;
        for (int k = 0; k < n; k++) {
          sum += g[k * n + i] * g[k * n + j];
        }
        a[i * n + j] = sum;
      }
    }
    return a;
  }

  private static Cholesky appended(double[] a, int n) {
    Cholesky cholesky = new Cholesky();
    for (int j = 0; j < n; j++) {
      double[] column = new double[j + 1];
      for (int i = 0; i <= j; i++) {
        column[i] = a[i * n + j];
      }
      assertThat(cholesky.append(column)).isTrue();
    }
    return cholesky;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 31, 64})
  void theFactorTimesItselfIsTheMatrix(int n) {
    double[] a = positiveDefinite(n);
    Cholesky cholesky = new Cholesky();
    assertThat(cholesky.factor(a, n)).isTrue();
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double sum = 0;
        for (int k = 0; k <= i; k++) {
          sum += cholesky.get(k, i) * cholesky.get(k, j);
        }
        assertThat(sum).isCloseTo(a[i * n + j], within(1e-12 * n));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 6, 8, 13, 40})
  void rowsThatAreAppendedGiveTheSameBits(int n) {
    double[] a = positiveDefinite(n);
    Cholesky whole = new Cholesky();
    assertThat(whole.factor(a, n)).isTrue();
    Cholesky grown = appended(a, n);
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        assertThat(grown.get(i, j)).isEqualTo(whole.get(i, j));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 30})
  void solvesBothTriangles(int n) {
    double[] a = positiveDefinite(n);
    Cholesky cholesky = appended(a, n);
    double[] x = new SplittableRandom(1).doubles(n).toArray();
    double[] b = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        b[i] += a[i * n + j] * x[j];
      }
    }
    cholesky.solveLower(b);
    cholesky.solveUpper(b);
    assertThat(b).containsExactly(x, within(1e-10));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 11, 32})
  void invertsItsMatrix(int n) {
    double[] a = positiveDefinite(n);
    Cholesky cholesky = new Cholesky();
    assertThat(cholesky.factor(a, n)).isTrue();
    double[] inverse = new double[n * n];
    cholesky.invert(inverse, new double[n * n]);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += a[i * n + k] * inverse[Math.max(k, j) * n + Math.min(k, j)];
        }
        assertThat(sum).isCloseTo(i == j ? 1 : 0, within(1e-10));
      }
    }
  }

  @Test
  void knowsTheDeterminant() {
    // The matrix 4 I + 1 1^T of order 6 has the eigenvalues 4, five times, and 10.
    double[] a = new double[36];
    for (int i = 0; i < 36; i++) {
      a[i] = i % 7 == 0 ? 5 : 1;
    }
    Cholesky cholesky = new Cholesky();
    assertThat(cholesky.factor(a, 6)).isTrue();
    assertThat(cholesky.logDeterminant()).isCloseTo(5 * Math.log(4) + Math.log(10), within(1e-13));
  }

  @Test
  void aSingularMatrixIsAnAnswer() {
    assertThat(new Cholesky().factor(new double[] {1, 1, 1, 1}, 2)).isFalse();
    assertThat(new Cholesky().factor(new double[] {1, 2, 2, 1}, 2)).isFalse();
    assertThat(new Cholesky().factor(new double[] {Double.NaN}, 1)).isFalse();
  }

  @Test
  void aRowThatMakesItSingularIsRefusedAndTheRestStays() {
    Cholesky cholesky = appended(positiveDefinite(5), 5);
    double[] again = new double[6];
    for (int i = 0; i < 5; i++) {
      again[i] = positiveDefinite(5)[i * 5 + 2];
    }
    again[5] = again[2];
    assertThat(cholesky.append(again)).isFalse();
    assertThat(cholesky.size()).isEqualTo(5);
    double[] x = new double[5];
    for (int i = 0; i < 5; i++) {
      x[i] = positiveDefinite(5)[i * 5];
    }
    cholesky.solveLower(x);
    cholesky.solveUpper(x);
    assertThat(x).containsExactly(new double[] {1, 0, 0, 0, 0}, within(1e-12));
  }

  @Test
  void rowsAppendedAfterOthersWereDroppedGiveTheSameBits() {
    double[] a = positiveDefinite(9);
    Cholesky whole = appended(a, 9);
    Cholesky again = appended(a, 9);
    again.truncate(6);
    for (int j = 6; j < 9; j++) {
      double[] column = new double[j + 1];
      for (int i = 0; i <= j; i++) {
        column[i] = a[i * 9 + j];
      }
      assertThat(again.append(column)).isTrue();
    }
    for (int i = 0; i < 9; i++) {
      for (int j = i; j < 9; j++) {
        assertThat(again.get(i, j)).isEqualTo(whole.get(i, j));
      }
    }
  }
}

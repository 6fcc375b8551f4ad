package org.hpo4j.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40})
  void valuesAndVectorsGiveTheMatrixBack(int n) {
    SplittableRandom random = new SplittableRandom(n);
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = random.nextDouble(-1, 1);
        matrix[j][i] = matrix[i][j];
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(matrix);
    double[] values = eigen.values();
    double[][] vectors = eigen.vectors();
    for (int i = 0; i < n; i++) {
      assertThat(i == 0 ? Double.POSITIVE_INFINITY : values[i - 1])
          .isGreaterThanOrEqualTo(values[i]);
      for (int j = 0; j < n; j++) {
        double product = 0;
        double dot = 0;
        for (int k = 0; k < n; k++) {
          product += vectors[i][k] * values[k] * vectors[j][k];
          dot += vectors[k][i] * vectors[k][j];
        }
        assertThat(product).isCloseTo(matrix[i][j], within(1e-12));
        assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-12));
      }
    }
  }
}

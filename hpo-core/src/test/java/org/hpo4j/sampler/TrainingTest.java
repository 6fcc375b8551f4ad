package org.hpo4j.sampler;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingTest {

  @ParameterizedTest
  @CsvSource({"0, 5", "6, 5"})
  void refusesNumbersThatMeanNothing(int first, int full) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Training(first, full))
        .withMessage("needs 1 <= first <= full, got " + first + " and " + full);
  }
}

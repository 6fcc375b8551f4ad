package org.hpo4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTableTest {

  @Test
  void rowsFollowTheHead() {
    assertThat(new MarkdownTable(List.of("a", "b")).row(List.of("1", "2")))
        .hasToString("| a | b |\n|---|---|\n| 1 | 2 |\n");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> new MarkdownTable(List.of("a", "b")).row(List.of("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 2 cells, got [1]");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.0012345, 0.00123",
    "4257.9, 4260",
    "19.74, 19.7",
    "1, 1",
    "-2.5e-7, -2.50e-07",
    "1234567, 1.23e+06"
  })
  void numbersHaveAtMostThreeDigits(double value, String text) {
    assertThat(MarkdownTable.number(value)).isEqualTo(text);
  }
}

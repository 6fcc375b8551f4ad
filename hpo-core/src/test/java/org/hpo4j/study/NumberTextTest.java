package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "0.1, 0.1",
    "0.123456, 0.1235",
    "12.3456, 12.35",
    "999.96, 1000",
    "123456.7, 123457",
    "9999999, 9999999",
    "1e7, 1.000e+07",
    "1e-5, 1.000e-05",
    "1e-4, 0.0001",
    "-0.5, -0.5",
    "4.9E-324, 4.900e-324",
    "1.7976931348623157e308, 1.798e+308",
    "NaN, nan",
    "Infinity, inf",
    "-Infinity, -inf"
  })
  void numbersHaveFourDigits(double x, String text) {
    assertThat(NumberText.of(x)).isEqualTo(text);
  }

  @Test
  void aColumnHasEqualDecimals() {
    assertThat(NumberText.column(List.of(0.5, 12.25, -1.0)))
        .containsExactly("0.50", "12.25", "-1.00");
  }

  @Test
  void aColumnHasAsManyDecimalsAsTellNumbersApart() {
    assertThat(NumberText.column(List.of(0.95612, 0.95613))).containsExactly("0.95612", "0.95613");
  }

  @Test
  void aColumnOfFarApartNumbersIsScientific() {
    assertThat(NumberText.column(List.of(1e-9, 1e9, Double.POSITIVE_INFINITY)))
        .containsExactly("1.000e-09", "1.000e+09", "inf");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "999, 999 ms",
    "1000, 1.0 s",
    "9949, 9.9 s",
    "9950, 10 s",
    "59499, 59 s",
    "59500, 1 min",
    "250000, 4 min 10 s",
    "3599499, 59 min 59 s",
    "3600000, 1 h",
    "7500000, 2 h 5 min",
    "86400000, 1 d",
    "273600000, 3 d 4 h"
  })
  void durationsHaveTwoUnits(long millis, String text) {
    assertThat(NumberText.of(Duration.ofMillis(millis))).isEqualTo(text);
  }
}

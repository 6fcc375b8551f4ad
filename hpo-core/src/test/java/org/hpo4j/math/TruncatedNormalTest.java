package org.hpo4j.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against values of mpmath, which src/test/reference/truncated_normal.py makes. */
class TruncatedNormalTest {

  private record Row(String function, double p, double a, double b, double value) {
    static Row of(String line) {
      String[] cells = line.split(",", -1);
      return new Row(
          cells[0], number(cells[1]), number(cells[2]), number(cells[3]), number(cells[4]));
    }

    private static double number(String text) {
      return text.equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(text);
    }
  }

  private static Stream<Row> rows(String function) {
    try (InputStream in =
            Objects.requireNonNull(
                TruncatedNormalTest.class.getResourceAsStream("truncated-normal.csv"));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<Row> rows =
          reader
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(Row::of)
              .filter(row -> row.function.equals(function))
              .toList();
      return rows.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Row> masses() {
    return rows("mass");
  }

  static Stream<Row> cdfs() {
    return rows("cdf");
  }

  static Stream<Row> quantiles() {
    return rows("quantile");
  }

  @ParameterizedTest
  @MethodSource("masses")
  void logMassIsExactToTwelveDigits(Row row) {
    assertThat(TruncatedNormal.logMass(row.a, row.b))
        .isCloseTo(row.value, within(1e-12 * Math.abs(row.value)));
  }

  @ParameterizedTest
  @MethodSource("masses")
  void logMassIsSymmetric(Row row) {
    assertThat(TruncatedNormal.logMass(-row.b, -row.a))
        .isCloseTo(row.value, within(1e-12 * Math.abs(row.value)));
  }

  @ParameterizedTest
  @MethodSource("cdfs")
  void logCdfIsExactToTwelveDigits(Row row) {
    assertThat(TruncatedNormal.logCdf(row.b))
        .isCloseTo(row.value, within(1e-12 * Math.abs(row.value)));
  }

  @ParameterizedTest
  @MethodSource("quantiles")
  void quantileIsExactToTwelveDigits(Row row) {
    assertThat(TruncatedNormal.quantile(row.p, row.a, row.b))
        .isCloseTo(row.value, within(1e-12 * Math.max(1e-3, Math.abs(row.value))));
  }

  @Test
  void quantileHasTheEndsOfTheIntervalAtZeroAndOne() {
    assertThat(TruncatedNormal.quantile(0, -3, 7)).isEqualTo(-3);
    assertThat(TruncatedNormal.quantile(1, -3, 7)).isEqualTo(7);
  }

  @Test
  void massOfEverythingIsOneAndOfNothingZero() {
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(TruncatedNormal.logMass(-infinity, infinity)).isZero();
    assertThat(TruncatedNormal.logMass(3, 3)).isEqualTo(-infinity);
  }

  @Test
  void reversedAndUndefinedIntervalsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TruncatedNormal.logMass(1, 0))
        .withMessageContaining("a = 1.0, b = 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TruncatedNormal.logMass(Double.NaN, 0))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TruncatedNormal.quantile(1.5, 0, 1))
        .withMessageContaining("p = 1.5");
  }
}

package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTimeTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-22 17:09:33, 2026-11-22T17:09:33Z",
    "2026-11-22T17:09:33, 2026-11-22T17:09:33Z",
    "2026-11-22 17:09:33.4, 2026-11-22T17:09:33.4Z",
    "2026-11-22 17:09:33.453190, 2026-11-22T17:09:33.453190Z",
    "2024-02-29 00:00:00.123456789, 2024-02-29T00:00:00.123456789Z"
  })
  void timesAreReadToTheNanosecond(String text, Instant time) {
    assertThat(SqlTime.parse(text)).contains(time);
  }

  @Test
  void whatWasWrittenIsRead() {
    Instant time = Instant.parse("2026-11-22T17:09:33.000019Z");
    assertThat(SqlTime.parse(SqlTime.text(time))).contains(time);
  }

  @Test
  void anEmptyColumnIsNoTime() {
    assertThat(SqlTime.parse(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-11-22",
        "2026-11-22 17:09",
        "2026-11-22 17:09:33.",
        "2026-11-22 17:09:33.1234567890",
        "2026-11-22 17:09:33+02",
        "2026-11-22 17:09:3x",
        "2026-11-22_17:09:33",
        "2026-13-22 17:09:33",
        "2025-02-29 17:09:33",
        "2026-11-22 24:09:33"
      })
  void whatIsNoTimeIsNamed(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlTime.parse(text))
        .withMessageContaining("'" + text + "'");
  }
}

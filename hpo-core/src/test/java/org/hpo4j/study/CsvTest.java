package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  @Test
  void fieldsAreQuotedWhereTheyMustBe() throws IOException {
    StringBuilder out = new StringBuilder();

    Csv.row(out, List.of("plain", "a,b", "say \"no\"", "two\nlines", ""));

    assertThat(out.toString()).isEqualTo("plain,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "-", "--1"})
  void formulasAreHarmless(String text) {
    assertThat(Csv.field(text)).startsWith("'");
  }

  @Test
  void aFormulaThatNeedsQuotesIsHarmlessInsideThem() {
    assertThat(Csv.field("=HYPERLINK(\"a\",\"b\")"))
        .isEqualTo("\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0.5", "+3", "-1.5E-7", "-Infinity", "-.5"})
  void numbersStayNumbers(String text) {
    assertThat(Csv.field(text)).isEqualTo(text);
  }
}

package org.hpo4j.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"loss", "val/f1", "system/gpu_0", "größe 2", "a.b-c_d", "..."})
  void aNameThatMlflowTakesStays(String name) {
    assertThat(MlflowNames.key(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "f@1", "a//b", "/a", "a/", "../a", ".", "", "a\nb", "😀"})
  void anyOtherNameIsMappedToOneThatMlflowTakes(String name) {
    assertThat(MlflowNames.key(name))
        .isNotEqualTo(name)
        .matches("[\\w. -]+(/[\\w. -]+)*-[0-9a-f]{8}");
  }

  @Test
  void differentNamesHaveDifferentKeys() {
    assertThat(MlflowNames.key("a:b")).startsWith("a_b-").isNotEqualTo(MlflowNames.key("a?b"));
  }

  @Test
  void aLongNameIsCutToTheLimit() {
    assertThat(MlflowNames.key("n".repeat(251))).hasSize(250).startsWith("nnn");
    assertThat(MlflowNames.key("n".repeat(250))).isEqualTo("n".repeat(250));
  }

  @Test
  void longValuesAreCutVisibly() {
    assertThat(MlflowNames.parameterValue("v".repeat(501))).hasSize(500).endsWith("v...");
    assertThat(MlflowNames.parameterValue("v".repeat(500))).hasSize(500).doesNotContain(".");
    assertThat(MlflowNames.tagValue("v".repeat(5_001))).hasSize(5_000).endsWith("v...");
  }

  @Test
  void numbersThatJsonLacksAreText() {
    assertThat(MlflowNames.number(Double.NaN)).isEqualTo("NaN");
    assertThat(MlflowNames.number(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
    assertThat(MlflowNames.number(0.5)).isEqualTo(0.5);
  }
}

package org.hpo4j.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

  private static final Parameter<Integer> UNITS = Parameters.integer("units", 16, 128, 16);
  private static final Parameter<Double> RATE = Parameters.logUniform("rate", 1e-5, 1);
  private static final Parameter<String> KIND = Parameters.choice("kind", "a", "b");

  private static Configuration.Builder both() {
    return Configuration.builder().set(UNITS, 64).set(RATE, 0.1);
  }

  @Test
  void valuesComeBackByParameterAndByName() {
    Configuration configuration = both().set(KIND, "b").build();

    assertThat(configuration.get(UNITS)).isEqualTo(64);
    assertThat(configuration.get("rate")).isEqualTo(0.1);
    assertThat(configuration.get(KIND)).isEqualTo("b");
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("units", 64);
    expected.put("rate", 0.1);
    expected.put("kind", "b");
    assertThat(configuration.toMap()).containsExactlyEntriesOf(expected);
  }

  @Test
  void absentParametersAreNamed() {
    assertThatThrownBy(() -> both().build().get(KIND))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("'kind'")
        .hasMessageContaining("[units, rate]");
  }

  @Test
  void equalityIgnoresTheOrder() {
    Configuration other = Configuration.builder().set(RATE, 0.1).set(UNITS, 64).build();

    assertThat(both().build()).isEqualTo(other).hasSameHashCodeAs(other);
  }

  @Test
  void configurationsDifferByValueDomainAndSize() {
    Configuration configuration = both().build();

    assertThat(configuration)
        .isNotEqualTo(both().set(UNITS, 32).build())
        .isNotEqualTo(both().set(KIND, "a").build())
        .isNotEqualTo(Configuration.empty())
        .isNotEqualTo(
            Configuration.builder()
                .set(Parameters.integer("units", 64, 65), 64)
                .set(RATE, 0.1)
                .build());
  }

  @Test
  void zerosOfBothSignsAreEqual() {
    Parameter<Double> x = Parameters.uniform("x", -1, 1);
    Configuration negative = Configuration.builder().set(x, -0.0).build();
    Configuration positive = Configuration.builder().set(x, 0.0).build();

    assertThat(negative).isEqualTo(positive).hasSameHashCodeAs(positive);
  }

  @Test
  void aLaterValueReplacesTheEarlier() {
    Configuration configuration = both().set(UNITS, 128).build();

    assertThat(configuration.size()).isEqualTo(2);
    assertThat(configuration.get(UNITS)).isEqualTo(128);
  }

  @Test
  void valuesOutsideTheDomainAreRefused() {
    assertThatThrownBy(() -> both().set(UNITS, 17))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter 'units'")
        .hasMessageContaining("17 is not in integer(16, 128, 16)");
    assertThatThrownBy(() -> both().put(KIND, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter 'kind'");
  }

  @Test
  void aValueIsReadThroughAParameterOfAnotherDomainIfItFits() {
    Configuration configuration = both().build();

    assertThat(configuration.get(Parameters.integer("units", 1, 100))).isEqualTo(64);
    assertThatThrownBy(() -> configuration.get(Parameters.integer("units", 1, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64 is not in");
  }

  @Test
  void aBuiltConfigurationDoesNotChangeWithItsBuilder() {
    Configuration.Builder builder = both();
    Configuration configuration = builder.build();
    builder.set(UNITS, 16);

    assertThat(configuration.get(UNITS)).isEqualTo(64);
    assertThat(configuration.toBuilder().build()).isEqualTo(configuration);
  }

  @Test
  void manyParametersFit() {
    Configuration.Builder builder = Configuration.builder();
    for (int i = 0; i < 100; i++) {
      builder.set(Parameters.integer("p" + i, 0, 100), i);
    }

    assertThat(builder.build().get("p99")).isEqualTo(99);
  }

  @Test
  void theTextShowsLabels() {
    assertThat(both().set(KIND, "b").build()).hasToString("{units=64, rate=0.1, kind=b}");
  }
}

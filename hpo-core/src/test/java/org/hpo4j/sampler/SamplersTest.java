package org.hpo4j.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.hpo4j.sampler.nsga.NsgaSampler;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplersTest {

  @Test
  void findsEverySamplerThatNeedsNoList() {
    assertThat(Samplers.providers().keySet())
        .contains("auto", "cma-es", "gp", "nsga2", "quasi-random", "random", "tpe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cma-es", "gp", "nsga2", "quasi-random", "random", "tpe"})
  void makesASamplerByName(String name) {
    assertThat(Samplers.of(name).describe()).isEqualTo(Samplers.of(name).describe()).isNotBlank();
  }

  @Test
  void settingsGoToTheBuilder() {
    Map<String, String> settings =
        Map.of("startupTrials", "20", "multivariate", "false", "priorWeight", "0.5");
    assertThat(Samplers.of("tpe", settings).describe())
        .isEqualTo(
            TpeSampler.builder()
                .startupTrials(20)
                .multivariate(false)
                .priorWeight(0.5)
                .build()
                .describe());
  }

  @Test
  void everySettingOfABuilderCanBeGivenByName() {
    assertThat(Samplers.of("tpe", Map.of("gamma", "0.1", "mostBelow", "7")).describe())
        .isEqualTo(TpeSampler.builder().gamma(0.1, 7).build().describe());
    assertThat(Samplers.of("tpe", Map.of("gamma", "0.1")).describe())
        .isEqualTo(TpeSampler.builder().gamma(0.1, 25).build().describe());
    Map<String, String> settings =
        Map.of(
            "crossoverProbability", "0.8",
            "crossoverIndex", "3",
            "mutationProbability", "0.2",
            "mutationIndex", "4");
    assertThat(Samplers.of("nsga2", settings).describe())
        .isEqualTo(NsgaSampler.builder().crossover(0.8, 3).mutation(0.2, 4).build().describe());
  }

  @Test
  void refusesANameThatNobodyProvides() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samplers.of("tpee"))
        .withMessageContaining("'tpee'")
        .withMessageContaining("tpe");
  }

  @Test
  void refusesASettingThatTheSamplerDoesNotHave() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samplers.of("tpe", Map.of("gama", "1")))
        .withMessageContaining("tpe has no setting 'gama'")
        .withMessageContaining("startupTrials");
  }

  @Test
  void refusesAValueThatTheSettingCannotHave() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samplers.of("tpe", Map.of("startupTrials", "0")))
        .withMessageContaining("startupTrials cannot be '0'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samplers.of("tpe", Map.of("startupTrials", "many")))
        .withMessageContaining("cannot be 'many': must be a whole number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samplers.of("tpe", Map.of("gamma", "half")))
        .withMessageContaining("cannot be 'half': must be a number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samplers.of("tpe", Map.of("multivariate", "yes")))
        .withMessageContaining("true or false");
  }
}

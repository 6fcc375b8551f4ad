package org.hpo4j.examples.vessels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.hpo4j.examples.vessels.engine.NetworkPlan;
import org.hpo4j.examples.vessels.engine.Rates;
import org.hpo4j.examples.vessels.engine.Rectifier;
import org.hpo4j.trial.HyperParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VesselSpaceTest {
  private final VesselSpace space = new VesselSpace(3, true);

  @Test
  void theDefaultsAreTheBaseline() {
    HyperParameters defaults = HyperParameters.of(space.space().defaults());
    assertThat(space.plan(defaults)).isEqualTo(NetworkPlan.baseline(3));
  }

  @Test
  void eachActivationHasItsOwnParameters() {
    assertThat(plan(Map.of("activation", "leaky_relu", "slope", 0.3)).rectifier())
        .isEqualTo(new Rectifier.Leaky(0.3));
    assertThat(
            plan(Map.of("activation", "randomized_leaky_relu", "slope_law", "NORMAL")).rectifier())
        .isEqualTo(new Rectifier.Randomized(Rectifier.SlopeLaw.NORMAL));
    assertThat(plan(Map.of("activation", "prelu", "slopes", "shared")).rectifier())
        .isEqualTo(new Rectifier.Parametric(true));
    assertThatThrownBy(() -> plan(Map.of("activation", "relu", "slope", 0.3)))
        .hasMessageContaining("slope");
  }

  @ParameterizedTest
  @CsvSource({"1-1, 1, 1", "1-2, 1, 2", "1-3, 1, 3", "2-3, 2, 3"})
  void aLevelHasAPairOfRates(String option, int first, int second) {
    NetworkPlan plan = plan(Map.of("dilation_1", option));
    assertThat(plan.dilations())
        .containsExactly(Rates.DENSE, new Rates(first, second), Rates.DENSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2-2", "3-3", "2-4"})
  void ratesThatGridAreRefused(String option) {
    assertThatThrownBy(() -> plan(Map.of("dilation_1", option)))
        .hasMessageContainingAll("dilation_1", option, "1-2");
  }

  @Test
  void aResidualEncoderHasNoDilations() {
    Map<String, Object> values = values(Map.of("encoder", "resnet34"));
    values.keySet().removeIf(name -> name.startsWith("dilation"));
    NetworkPlan plan = space.plan(HyperParameters.of(space.space().configurationOf(values)));
    assertThat(plan.dilations()).isEmpty();
    assertThat(plan.encoder().patch()).isEqualTo(64);
  }

  private NetworkPlan plan(Map<String, Object> changes) {
    return space.plan(HyperParameters.of(space.space().configurationOf(values(changes))));
  }

  private static Map<String, Object> values(Map<String, Object> changes) {
    Map<String, Object> values = new HashMap<>();
    values.put("activation", "relu");
    values.put("batch_norm", "NONE");
    values.put("dropout", 0.0);
    values.put("encoder", "plain");
    for (int level = 0; level < 3; level++) {
      values.put("dilation_" + level, "1-1");
    }
    values.putAll(changes);
    return values;
  }
}

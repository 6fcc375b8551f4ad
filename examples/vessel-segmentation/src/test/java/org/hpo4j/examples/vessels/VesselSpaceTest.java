package org.hpo4j.examples.vessels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.hpo4j.djl.vision.UNet;
import org.hpo4j.examples.vessels.engine.NetworkPlan;
import org.hpo4j.examples.vessels.engine.Rectifier;
import org.hpo4j.trial.HyperParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  @CsvSource({"2, 2", "2, 4", "4, 2", "3, 3", "4, 4"})
  void ratesThatGridAreRefused(int first, int second) {
    assertThatThrownBy(() -> plan(Map.of("dilation_1", first, "dilation_1_second", second)))
        .hasMessageContaining("the two dilations of level 1 have no common divisor");
  }

  @Test
  void ratesOfDifferentLevelsMayHaveACommonDivisor() {
    NetworkPlan plan =
        plan(Map.of("dilation_0", 2, "dilation_1", 4, "dilation_1_second", 3, "dilation_2", 2));
    assertThat(plan.dilations()).containsExactly(2, 1, 4, 3, 2, 1);
  }

  /** Rates that the space allows are built by the engines, and others by neither. */
  @ParameterizedTest
  @CsvSource({"1, 4", "2, 3", "3, 2", "2, 2", "4, 2"})
  void theEnginesRefuseWhatTheSpaceRefuses(int first, int second) {
    assertThat(refuses(() -> UNet.builder(1, 1).depth(1).dilations(first, second, 1, 1).build()))
        .isEqualTo(VesselSpace.grids(first, second));
    assertThat(
            refuses(
                () ->
                    org.hpo4j.tensorflow.vision.UNet.builder(1, 1)
                        .depth(1)
                        .dilations(first, second, 1, 1)
                        .build()))
        .isEqualTo(VesselSpace.grids(first, second));
  }

  private static boolean refuses(Runnable build) {
    try {
      build.run();
      return false;
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("which grid");
      return true;
    }
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
      values.put("dilation_" + level, 1);
      values.put("dilation_" + level + "_second", 1);
    }
    values.putAll(changes);
    return values;
  }
}

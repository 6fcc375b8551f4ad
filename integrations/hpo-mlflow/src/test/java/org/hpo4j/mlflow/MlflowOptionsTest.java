package org.hpo4j.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowOptionsTest {

  @Test
  void credentialsOfAnAddressAreUsedAndNotShown() {
    MlflowOptions options = MlflowOptions.server("https://ann:s3cret@mlflow.example.org:8443/ml/");

    assertThat(options.address()).isEqualTo("https://mlflow.example.org:8443/ml");
    assertThat(options.authorization()).contains("Basic YW5uOnMzY3JldA==");
    assertThat(options.toString()).doesNotContain("s3cret").doesNotContain("ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///mlruns",
        "localhost:5000",
        "ann:s3cret@host",
        "http://",
        "ht tp://s3cret"
      })
  void anAddressOfAnotherKindIsRefusedWithoutRepeatingIt(String address) {
    assertThatThrownBy(() -> MlflowOptions.server(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://localhost:5000")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void theEnvironmentNamesServerExperimentAndCredentials() {
    MlflowOptions options =
        MlflowOptions.from(
            Map.of(
                "MLFLOW_TRACKING_URI", "http://host:5000",
                "MLFLOW_EXPERIMENT_NAME", "forms",
                "MLFLOW_TRACKING_TOKEN", "abc"));

    assertThat(options.toString()).isEqualTo("MLflow at http://host:5000, experiment 'forms'");
    assertThat(options.authorization()).contains("Bearer abc");
  }

  @Test
  void anEnvironmentWithoutServerIsRefused() {
    assertThatThrownBy(() -> MlflowOptions.from(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MLFLOW_TRACKING_URI");
  }

  @Test
  void aTokenWithALineBreakIsRefusedWithoutRepeatingIt() {
    MlflowOptions options = MlflowOptions.server("http://host");

    assertThatThrownBy(() -> options.withToken("s3cret\nX: y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void intervalsAndTimeoutsThatMakeNoSenseAreRefused() {
    MlflowOptions options = MlflowOptions.server("http://host");

    assertThatThrownBy(() -> options.withSystemMetricsEvery(Duration.ofMillis(1)))
        .hasMessageContaining("100 ms");
    assertThatThrownBy(() -> options.withRequestTimeout(Duration.ZERO))
        .hasMessageContaining("request timeout must be positive");
    assertThatThrownBy(() -> options.withLargestArtifact(-1)).hasMessageContaining("at least 0");
  }
}

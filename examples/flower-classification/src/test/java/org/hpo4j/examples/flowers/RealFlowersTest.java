package org.hpo4j.examples.flowers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The {@code cpu} profile on photographs; two minutes, where there are any. */
class RealFlowersTest {

  @Test
  void theTunedHeadPasses85PercentAndNotOnRandomWeights(@TempDir Path folder) throws IOException {
    Optional<String> flowers = Optional.ofNullable(System.getenv("HPO4J_FLOWERS"));
    Optional<String> weights =
        Optional.ofNullable(System.getenv(WeightsOptions.SQUEEZENET_VARIABLE));
    assumeTrue(flowers.isPresent(), "HPO4J_FLOWERS names no folder with photographs of flowers");
    assumeTrue(weights.isPresent(), "HPO4J_SQUEEZENET names no file with SqueezeNet's weights");
    StringWriter err = new StringWriter();
    int code =
        FlowerStudy.execute(
            new String[] {
              "--data",
              flowers.orElseThrow(),
              "--out",
              folder.resolve("run").toString(),
              "--cache",
              folder.resolve("cache").toString()
            },
            new PrintWriter(new StringWriter(), true),
            new PrintWriter(err, true));
    assertThat(code).as(err.toString()).isZero();
    JsonNode results =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("run/results.json")));
    assertThat(results.required("test_accuracy").doubleValue()).isGreaterThan(0.85);
    assertThat(results.required("random_backbone_test_accuracy").doubleValue()).isLessThan(0.85);
  }
}

package org.hpo4j.examples.vessels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetrainedTest {

  @Test
  void slopesHaveOneOrder() {
    List<Object> layers = Retrained.attribute(Map.of("down0/activation0", List.of(0.25)));
    assertThat(((Map<?, ?>) layers.get(0)).keySet().stream().map(String::valueOf))
        .containsExactly("layer", "values");
  }
}

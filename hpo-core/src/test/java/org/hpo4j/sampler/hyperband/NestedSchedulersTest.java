package org.hpo4j.sampler.hyperband;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.hpo4j.sampler.Sampler;
import org.junit.jupiter.api.Test;

class NestedSchedulersTest {

  @Test
  void aSchedulerAroundAnotherIsRefused() {
    for (Sampler inner : List.of(HyperbandSampler.of(9), AshaSampler.of(9))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HyperbandSampler.builder(9).around(inner))
          .withMessageContaining("a scheduler cannot be around another one")
          .withMessageContaining(inner.describe());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AshaSampler.builder(9).around(inner))
          .withMessageContaining("a scheduler cannot be around another one")
          .withMessageContaining(inner.describe());
    }
  }
}

package org.hpo4j.sampler.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hpo4j.storage.Jvm;
import org.junit.jupiter.api.Test;

class ModelPoolTest {

  private static final int MEGABYTE = 1 << 20;

  @Test
  void aModelIsBorrowedByOneAtATime() {
    ModelPool<StringBuilder> pool = new ModelPool<>(2);
    StringBuilder model = pool.borrow(m -> true, StringBuilder::new);
    assertThat(pool.borrow(m -> true, StringBuilder::new)).isNotSameAs(model);
    pool.giveBack(model);
    assertThat(pool.borrow(m -> true, StringBuilder::new)).isSameAs(model);
  }

  @Test
  void theModelThatRestedLastOfThoseThatFitIsTaken() {
    ModelPool<String> pool = new ModelPool<>(2);
    List.of("a1", "b2", "a3").forEach(pool::giveBack);
    assertThat(pool.borrow(m -> m.startsWith("a"), () -> "new")).isEqualTo("a3");
    // The first had to go when the third came.
    assertThat(pool.borrow(m -> m.startsWith("a"), () -> "new")).isEqualTo("new");
  }

  @Test
  void modelsOfStudiesThatAreOverDoNotUseUpTheMemory() throws Exception {
    assertThat(Jvm.start(List.of("-Xmx128m"), ManyModels.class).waitFor()).isZero();
  }

  /** Leaves twice as much at rest as there is memory. */
  static final class ManyModels {
    public static void main(String[] arguments) {
      ModelPool<byte[]> pool = new ModelPool<>(8);
      for (int study = 0; study < 8; study++) {
        pool.giveBack(pool.borrow(m -> false, () -> new byte[32 * MEGABYTE]));
      }
    }
  }
}

package org.hpo4j.sampler.gp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubsetTest {

  private static final double[] FALLING =
      IntStream.range(0, 100).mapToDouble(i -> 100 - i).toArray();

  @Test
  void keepsAllOfFew() {
    assertThat(Subset.of(FALLING, 20, 20)).containsExactly(IntStream.range(0, 20).toArray());
  }

  @Test
  void keepsTheBestHalfAndAnEvenSelectionOfTheOthersInOrder() {
    assertThat(Subset.of(FALLING, 100, 20))
        .containsExactly(
            0, 9, 18, 27, 36, 45, 54, 63, 72, 81, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99);
  }

  @Test
  void keepsWhatCameAfterTheLastFit() {
    assertThat(Subset.withRest(FALLING, 90, 93, 10)).hasSize(13).endsWith(90, 91, 92);
  }
}

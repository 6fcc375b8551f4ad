package org.hpo4j.examples.vessels.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedRetinasTest {
  private static final int SIZE = 192;
  private static final List<Photograph> PHOTOGRAPHS = GeneratedRetinas.of(42, 4, SIZE);

  @Test
  void equalSeedsGiveEqualPhotographs() {
    Photograph first = PHOTOGRAPHS.get(3);
    Photograph again = GeneratedRetinas.of(42, 2, SIZE).get(3);
    Photograph other = GeneratedRetinas.of(43, 2, SIZE).get(3);
    int different = 0;
    for (int i = 0; i < SIZE * SIZE; i++) {
      assertThat(again.colour(i, 1)).isEqualTo(first.colour(i, 1));
      assertThat(again.isVessel(i)).isEqualTo(first.isVessel(i));
      different += other.isVessel(i) != first.isVessel(i) ? 1 : 0;
    }
    assertThat(different).isGreaterThan(SIZE);
  }

  @Test
  void vesselsAreAsFrequentAsInRealPhotographsAndInsideTheFieldOfView() {
    for (Photograph photograph : PHOTOGRAPHS) {
      Retina retina = Retina.of(photograph);
      int inside = 0;
      int vessels = 0;
      for (int i = 0; i < SIZE * SIZE; i++) {
        inside += retina.isInside(i) ? 1 : 0;
        vessels += retina.isVessel(i) ? 1 : 0;
        assertThat(retina.isVessel(i) && !retina.isInside(i)).isFalse();
      }
      assertThat((double) inside / (SIZE * SIZE)).isBetween(0.65, 0.72);
      assertThat((double) vessels / inside).as(photograph.name()).isBetween(0.05, 0.2);
    }
  }

  @Test
  void noThresholdFindsTheVessels() {
    // Over all photographs, the best threshold of the prepared grey.
    double best = 0;
    List<Retina> retinas = PHOTOGRAPHS.stream().map(Retina::of).toList();
    for (int threshold = 1; threshold < 256; threshold++) {
      long found = 0;
      long called = 0;
      long vessels = 0;
      for (Retina retina : retinas) {
        for (int i = 0; i < SIZE * SIZE; i++) {
          if (retina.isInside(i)) {
            boolean dark = 255 * retina.grey(i) < threshold;
            called += dark ? 1 : 0;
            vessels += retina.isVessel(i) ? 1 : 0;
            found += dark && retina.isVessel(i) ? 1 : 0;
          }
        }
      }
      best = Math.max(best, 2.0 * found / (called + vessels));
    }
    assertThat(best).isBetween(0.2, 0.6);
  }
}

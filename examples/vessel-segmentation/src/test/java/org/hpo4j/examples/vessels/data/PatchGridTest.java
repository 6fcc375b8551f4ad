package org.hpo4j.examples.vessels.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatchGridTest {

  @Test
  void whatIsSaidOfEachPixelComesBackToItsPlace() {
    Retina retina = numbered(50);
    float[] map = new PatchGrid(16, 7, 4).probabilities(retina, PatchBatch::inputs);
    for (int i = 0; i < map.length; i++) {
      assertThat(map[i]).as("pixel %d", i).isCloseTo(retina.input(i), offset(1e-5f));
    }
  }

  @Test
  void overlappingAnswersAreAveraged() {
    // Two patches side by side overlap by half; the first says 0, the second 1.
    Photograph photograph = Photographs.lit(24, 16, i -> true);
    Retina retina = new Retina(photograph, new float[24 * 16], FieldOfView.of(photograph));
    AtomicInteger asked = new AtomicInteger();
    float[] map =
        new PatchGrid(16, 8, 1)
            .probabilities(
                retina,
                patches -> {
                  float[] answer = new float[256];
                  Arrays.fill(answer, asked.getAndIncrement());
                  return answer;
                });
    assertThat(asked).hasValue(2);
    assertThat(map[0]).isZero();
    assertThat(map[12]).isEqualTo(0.5f);
    assertThat(map[20]).isEqualTo(1);
  }

  @Test
  void patchesOutsideTheFieldOfViewAreNotAskedFor() {
    Photograph photograph = Photographs.lit(64, 64, i -> i % 64 < 10 && i / 64 < 10);
    Retina retina = new Retina(photograph, new float[64 * 64], FieldOfView.of(photograph));
    AtomicInteger asked = new AtomicInteger();
    new PatchGrid(16, 16, 1)
        .probabilities(
            retina,
            patches -> {
              asked.addAndGet(patches.count());
              return patches.inputs();
            });
    assertThat(asked).hasValue(1);
  }

  @Test
  void aStrideThatLeavesGapsIsRefused() {
    assertThatThrownBy(() -> new PatchGrid(16, 17, 4)).hasMessageContaining("stride is 17");
    assertThatThrownBy(() -> new PatchGrid(16, 0, 4)).hasMessageContaining("stride is 0");
  }

  private static Retina numbered(int size) {
    Photograph photograph = Photographs.of("p", "1", size, 100, i -> false);
    float[] grey = new float[size * size];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (float) i / grey.length;
    }
    return new Retina(photograph, grey, FieldOfView.of(photograph));
  }
}

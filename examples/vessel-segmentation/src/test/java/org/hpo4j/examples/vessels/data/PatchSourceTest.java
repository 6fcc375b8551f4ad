package org.hpo4j.examples.vessels.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PatchSourceTest {
  private static final int SIZE = 96;
  private static final List<Retina> RETINAS =
      GeneratedRetinas.of(1, 1, SIZE).stream().map(Retina::of).toList();

  @Test
  void aBatchIsAFunctionOfItsEpochAndNumber() {
    PatchSource source = PatchSource.random(RETINAS, 32, 4, 3, 9);
    assertThat(source.load(1, 2).inputs()).isEqualTo(source.load(1, 2).inputs());
    assertThat(source.load(1, 2).inputs()).isNotEqualTo(source.load(2, 1).inputs());
    assertThat(source.load(0, 0).inputs())
        .isNotEqualTo(PatchSource.random(RETINAS, 32, 4, 3, 10).load(0, 0).inputs());
  }

  @Test
  void aPatchAndItsLabelsAreOfOnePlace() {
    // Vessels are marked where the picture has a value that nothing else has.
    Photograph photograph = Photographs.of("p", "1", 64, 100, i -> i % 7 == 0);
    float[] grey = new float[64 * 64];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = photograph.isVessel(i) ? 0.25f : 0.75f;
    }
    Retina retina = new Retina(photograph, grey, FieldOfView.of(photograph));
    PatchBatch batch = PatchSource.random(List.of(retina), 32, 8, 1, 3).load(0, 0);
    assertThat(batch.count()).isEqualTo(8);
    for (int i = 0; i < batch.inputs().length; i++) {
      assertThat(batch.vessels()[i]).isEqualTo(batch.inputs()[i] < 0 ? 1 : 0);
    }
  }

  @Test
  void fixedPatchesAreAllThereOnceAndTheSameInEveryEpoch() {
    Photograph photograph = Photographs.of("p", "1", 96, 100, i -> false);
    float[] grey = new float[96 * 96];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (i / 96 / 32 * 3 + i % 96 / 32) / 10f;
    }
    Retina retina = new Retina(photograph, grey, FieldOfView.of(photograph));
    List<Retina> retinas = List.of(retina);
    PatchSource source = PatchSource.fixed(retinas, 32, 4, 100, 1);
    assertThat(source.batches()).isEqualTo(3);
    boolean[] seen = new boolean[9];
    for (int batch = 0; batch < 3; batch++) {
      PatchBatch patches = source.load(5, batch);
      assertThat(patches.inputs()).isEqualTo(source.load(0, batch).inputs());
      for (int i = 0; i < patches.count(); i++) {
        int place = 0;
        while (retina.input(place / 3 * 32 * 96 + place % 3 * 32)
            != patches.inputs()[i * 32 * 32]) {
          place++;
        }
        assertThat(seen[place]).isFalse();
        seen[place] = true;
      }
    }
    assertThat(seen).containsOnly(true);
    assertThat(PatchSource.fixed(retinas, 32, 4, 5, 1).batches()).isEqualTo(2);
  }

  @Test
  void aPhotographSmallerThanAPatchIsRefused() {
    assertThatThrownBy(() -> PatchSource.random(RETINAS, 128, 4, 3, 9))
        .hasMessageContaining("is 96x96 pixels, must be at least 128x128");
  }

  @Test
  void aDarkPhotographIsRefused() {
    List<Retina> dark = List.of(Retina.of(Photographs.of("dark", "1", 64, 3, i -> false)));
    assertThatThrownBy(() -> PatchSource.random(dark, 32, 4, 3, 9))
        .hasMessageContaining("'dark' has no field of view");
  }
}

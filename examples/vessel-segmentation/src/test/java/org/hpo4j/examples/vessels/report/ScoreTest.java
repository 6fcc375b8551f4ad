package org.hpo4j.examples.vessels.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hpo4j.examples.vessels.data.GeneratedRetinas;
import org.hpo4j.examples.vessels.data.Retina;
import org.hpo4j.study.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTest {
  private static final int SIZE = 96;
  private static final Retina RETINA = Retina.of(GeneratedRetinas.of(5, 1, SIZE).get(0));

  @Test
  void pixelsOutsideTheFieldOfViewDoNotCount() {
    float[] map = new float[SIZE * SIZE];
    long vessels = 0;
    long inside = 0;
    for (int i = 0; i < map.length; i++) {
      map[i] = !RETINA.isInside(i) ? 1 : RETINA.isVessel(i) ? 0.5f : 0.25f;
      vessels += RETINA.isVessel(i) ? 1 : 0;
      inside += RETINA.isInside(i) ? 1 : 0;
    }
    Score score = Score.of(List.of(RETINA), List.of(map));
    assertThat(score.confusion()).isEqualTo(new Confusion(vessels, 0, 0, inside - vessels));
    assertThat(score.curves().rocArea()).isEqualTo(1);
  }

  @Test
  void aScoreIsReadBackFromItsAttribute() {
    float[] map = new float[SIZE * SIZE];
    for (int i = 0; i < map.length; i++) {
      map[i] = (i * 31 % 97) / 97f;
    }
    Score score = Score.of(List.of(RETINA), List.of(map));
    Study study = Study.named("scored").minimize("loss").create();
    study.setAttribute("score", score.toAttribute());
    assertThat(Score.ofAttribute((Map<?, ?>) study.attributes().getOrDefault("score", Map.of())))
        .isEqualTo(score);
    assertThatThrownBy(() -> Score.ofAttribute(Map.of("tp", 3)))
        .hasMessageContaining("not a score, no number roc_auc");
  }

  @Test
  void aMapIsReadBackFromItsPictureToTheNearest255th(@TempDir Path folder) throws IOException {
    float[] map = {0, 0.2f, 0.5f, 0.7f, 0.99f, 1};
    MapPicture.write(map, 3, folder.resolve("map.png"));
    float[] read = MapPicture.read(folder.resolve("map.png"));
    assertThat(read).hasSize(6);
    for (int i = 0; i < 6; i++) {
      assertThat(Math.abs(read[i] - map[i])).isLessThanOrEqualTo(0.5f / 255 + 1e-6f);
    }
  }
}

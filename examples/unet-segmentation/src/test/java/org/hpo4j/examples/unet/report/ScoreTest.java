package org.hpo4j.examples.unet.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoreTest {

  @Test
  void anAttributeHasOneOrder() {
    Score score = Score.of(0.5, new Confusion());
    assertThat(score.toAttribute().keySet())
        .containsExactly("loss", "f1", "building_iou", "confusion");
    assertThat(Score.ofAttribute(score.toAttribute())).contains(score);
  }
}

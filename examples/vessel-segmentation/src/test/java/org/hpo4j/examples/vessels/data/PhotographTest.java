package org.hpo4j.examples.vessels.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PhotographTest {

  @Test
  void scalingDownAveragesColoursAndKeepsHalfCoveredVessels() {
    byte[] rgb = new byte[3 * 5 * 4];
    rgb[0] = 100;
    rgb[3] = (byte) 200;
    rgb[15] = 40;
    rgb[18] = 60;
    boolean[] vessels = new boolean[20];
    vessels[0] = true;
    vessels[6] = true;
    vessels[2] = true;
    Photograph half = new Photograph("p", "1", 5, 4, rgb, vessels).scaledDown(2);
    assertThat(half.width()).isEqualTo(2);
    assertThat(half.height()).isEqualTo(2);
    assertThat(half.colour(0, 0)).isEqualTo(100);
    assertThat(half.isVessel(0)).isTrue();
    assertThat(half.isVessel(1)).isFalse();
  }

  @Test
  void aFactorThatIsTooLargeIsRefused() {
    Photograph photograph = Photographs.of("p", "1", 4, 100, i -> false);
    assertThatThrownBy(() -> photograph.scaledDown(5)).hasMessageContaining("factor is 5");
    assertThatThrownBy(() -> photograph.scaledDown(0)).hasMessageContaining("factor is 0");
  }
}

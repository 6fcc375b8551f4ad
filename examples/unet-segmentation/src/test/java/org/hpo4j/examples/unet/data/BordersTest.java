package org.hpo4j.examples.unet.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BordersTest {

  @Test
  void theRingIsTwoPixelsWideAndInsideTheFootprint() {
    assertThat(
            label(
                "........",
                ".######.",
                ".######.",
                ".######.",
                ".######.",
                ".######.",
                ".######.",
                "........"))
        .isEqualTo(
            """
            ........
            .oooooo.
            .oooooo.
            .oo##oo.
            .oo##oo.
            .oooooo.
            .oooooo.
            ........
            """);
  }

  @Test
  void theEdgeOfTheImageIsNoBorder() {
    assertThat(label("######", "######", "######", "......"))
        .isEqualTo(
            """
            ######
            oooooo
            oooooo
            ......
            """);
  }

  private static String label(String... rows) {
    int width = rows[0].length();
    String all = String.join("", rows);
    boolean[] footprint = new boolean[all.length()];
    for (int i = 0; i < footprint.length; i++) {
      footprint[i] = all.charAt(i) == '#';
    }
    byte[] labels = Borders.label(footprint, width, rows.length);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < labels.length; i++) {
      text.append(".#o".charAt(labels[i]));
      if ((i + 1) % width == 0) {
        text.append('\n');
      }
    }
    return text.toString();
  }
}

package org.hpo4j.examples.unet.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TileSplitTest {

  @Test
  void theFingerprintKnowsTheOrderAndThePart() {
    TileSplit split = GeneratedTiles.of(1, 32, 2, 1);
    TileSplit reversed =
        new TileSplit(
            List.of(split.train().get(1), split.train().get(0)), split.validation(), split.test());
    TileSplit exchanged = new TileSplit(split.train(), split.test(), split.validation());
    assertThat(GeneratedTiles.of(1, 32, 2, 1).fingerprint())
        .isEqualTo(split.fingerprint())
        .hasSize(64);
    assertThat(reversed.fingerprint()).isNotEqualTo(split.fingerprint());
    assertThat(exchanged.fingerprint()).isNotEqualTo(split.fingerprint());
  }
}

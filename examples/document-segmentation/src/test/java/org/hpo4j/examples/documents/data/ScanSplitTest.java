package org.hpo4j.examples.documents.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScanSplitTest {

  @Test
  void theFingerprintKnowsTheOrderAndThePart() {
    ScanSplit split = GeneratedScans.of(1, 32, 2, 2, 1);
    ScanSplit reversed =
        new ScanSplit(
            split.classes(),
            List.of(split.train().get(1), split.train().get(0)),
            split.validation(),
            split.test());
    ScanSplit exchanged =
        new ScanSplit(split.classes(), split.train(), split.test(), split.validation());
    assertThat(GeneratedScans.of(1, 32, 2, 2, 1).fingerprint())
        .isEqualTo(split.fingerprint())
        .hasSize(64);
    assertThat(reversed.fingerprint()).isNotEqualTo(split.fingerprint());
    assertThat(exchanged.fingerprint()).isNotEqualTo(split.fingerprint());
  }
}

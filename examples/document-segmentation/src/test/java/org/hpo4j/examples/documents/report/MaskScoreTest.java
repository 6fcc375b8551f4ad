package org.hpo4j.examples.documents.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hpo4j.examples.documents.data.GeneratedScans;
import org.hpo4j.examples.documents.data.Layout;
import org.hpo4j.examples.documents.data.Scan;
import org.hpo4j.examples.documents.data.ScanBatch;
import org.hpo4j.examples.documents.data.ScanBatches;
import org.hpo4j.examples.documents.data.ScanSplit;
import org.junit.jupiter.api.Test;

class MaskScoreTest {
  private static final int CLASSES = 2;
  private static final ScanSplit SCANS = GeneratedScans.of(4, 32, CLASSES, 2, 1);
  private static final ScanBatch BATCH =
      ScanBatches.evaluation(SCANS.train(), CLASSES, 16, 2).load(0, 0, Layout.NCHW);

  /** Scores logits that follow from the truth. */
  private static MaskScore score(float there, float elsewhere) {
    float[] logits = BATCH.masks().clone();
    for (int i = 0; i < logits.length; i++) {
      logits[i] = logits[i] == 1 ? there : elsewhere;
    }
    MaskScore score = new MaskScore(CLASSES);
    List<Scan> scans = SCANS.train();
    for (int i = 0; i < scans.size(); i++) {
      score.add(scans.get(i), new Prediction(BATCH, logits, i, CLASSES));
    }
    return score;
  }

  @Test
  void theTruthIsPerfect() {
    MaskScore score = score(1, -1);
    assertThat(score.f1()).isEqualTo(1);
    assertThat(score.iou()).isEqualTo(1);
    assertThat(score.f1(0)).isEqualTo(1);
  }

  @Test
  void everythingHasFullRecallAndTheSharesPrecision() {
    MaskScore score = score(1, 1);
    double share = 0;
    for (float mask : BATCH.masks()) {
      share += mask / BATCH.masks().length;
    }
    assertThat(score.recall()).isEqualTo(1);
    assertThat(score.precision()).isCloseTo(share, within(1e-4));
    assertThat(score.iou()).isCloseTo(share, within(1e-4));
    assertThat(score.f1()).isCloseTo(2 * share / (1 + share), within(1e-4));
  }

  @Test
  void nothingScoresNothing() {
    MaskScore score = score(-1, -1);
    assertThat(score.f1()).isZero();
    assertThat(score.precision()).isZero();
    assertThat(score.recall()).isZero();
  }
}

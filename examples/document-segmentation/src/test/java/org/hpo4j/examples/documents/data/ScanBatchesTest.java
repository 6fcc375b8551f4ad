package org.hpo4j.examples.documents.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScanBatchesTest {
  private static final int CLASSES = 5;
  private static final ScanSplit SCANS = GeneratedScans.of(2, 48, CLASSES, 6, 3);

  @Test
  void epochAndNumberAloneDecideABatch() {
    ScanBatch first = training().load(3, 1, Layout.NHWC);
    ScanBatches again = training();
    again.load(0, 0, Layout.NHWC);
    assertThat(again.load(3, 1, Layout.NHWC).images()).isEqualTo(first.images());
    assertThat(again.load(3, 0, Layout.NHWC).images()).isNotEqualTo(first.images());
  }

  private static ScanBatches training() {
    return ScanBatches.training(SCANS.train(), CLASSES, 32, 4, 2, 9);
  }

  @Test
  void bothLayoutsHoldTheSamePixels() {
    ScanBatch last = training().load(0, 0, Layout.NHWC);
    ScanBatch first = training().load(0, 0, Layout.NCHW);
    int image = 2;
    int y = 5;
    int x = 17;
    for (int c = 0; c < CLASSES; c++) {
      assertThat(first.masks()[((image * CLASSES + c) * 32 + y) * 32 + x])
          .isEqualTo(last.masks()[((image * 32 + y) * 32 + x) * CLASSES + c]);
    }
    for (int c = 0; c < 3; c++) {
      assertThat(first.images()[((image * 3 + c) * 32 + y) * 32 + x])
          .isEqualTo(last.images()[((image * 32 + y) * 32 + x) * 3 + c]);
    }
  }

  @Test
  void evaluationSeesWholeScansAsTheyAre() {
    ScanBatches batches = ScanBatches.evaluation(SCANS.test(), CLASSES, 16, 2);
    assertThat(batches.batches()).isEqualTo(2);
    ScanBatch second = batches.load(0, 1, Layout.NHWC);
    assertThat(second.count()).isEqualTo(1);
    Scan scan = SCANS.test().get(2);
    for (int i = 0; i < 48 * 48; i++) {
      assertThat(second.images()[3 * i]).isEqualTo(scan.colour(i % 48, i / 48, 0) / 127.5f - 1);
      assertThat(second.masks()[CLASSES * i + 1]).isEqualTo(scan.is(i % 48, i / 48, 1) ? 1 : 0);
    }
  }

  @Test
  void evaluationCutsWhatTheNetworkCannotHalve() {
    ScanBatch batch = ScanBatches.evaluation(SCANS.test(), CLASSES, 32, 3).load(0, 0, Layout.NCHW);
    assertThat(List.of(batch.count(), batch.height(), batch.width())).containsExactly(3, 32, 32);
  }

  @Test
  void aScanThatIsTooSmallIsNamed() {
    assertThatThrownBy(() -> ScanBatches.training(SCANS.train(), CLASSES, 64, 4, 2, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("generated train 0' is 48x48 pixels, must be at least 64x64");
  }
}

package org.hpo4j.examples.flowers.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.assertj.core.data.Offset;
import org.hpo4j.examples.flowers.data.GeneratedFlowers;
import org.hpo4j.examples.flowers.data.Picture;
import org.hpo4j.examples.flowers.data.PictureSplit;
import org.hpo4j.examples.flowers.features.Features;
import org.junit.jupiter.api.Test;

class HeadDataTest {
  private static final PictureSplit SPLIT = PictureSplit.of(GeneratedFlowers.of(1, 10), 1);

  /** The first feature differs by picture, the second by view, the third never. */
  private static final Features FEATURES =
      new Features() {
        @Override
        public int size() {
          return 3;
        }

        @Override
        public float[] of(Picture picture, int view) {
          return new float[] {picture.name().hashCode() % 100, view, 7};
        }
      };

  @Test
  void featuresAreStandardizedByTheTrainingPart() throws IOException {
    FeatureBatch batch = data().evaluation(SPLIT.train()).load(0, 0);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < batch.examples(); i++) {
      sum += batch.features()[3 * i];
      squares += batch.features()[3 * i] * batch.features()[3 * i];
      assertThat(batch.features()[3 * i + 2]).as("a feature that is the same in all").isZero();
    }
    assertThat(sum / batch.examples()).isCloseTo(0, Offset.offset(1e-5));
    assertThat(squares / batch.examples()).isCloseTo(1, Offset.offset(1e-4));
  }

  @Test
  void anEpochHasAllClassesEquallyOftenInItsBatches() throws IOException {
    FeatureBatches batches = data().training(25, 3);
    assertThat(batches.batches()).isEqualTo(4);
    int[] counts = new int[4];
    for (int i = 0; i < 4; i++) {
      for (int label : batches.load(1, i).labels()) {
        counts[label]++;
      }
    }
    assertThat(counts).containsExactly(20, 20, 20, 20);
    // The last one has what is left of 80.
    assertThat(batches.load(1, 3).examples()).isEqualTo(5);
  }

  @Test
  void aBatchIsAFunctionOfEpochAndNumber() throws IOException {
    FeatureBatches batches = data().training(25, 3);
    assertThat(batches.load(2, 1).features()).isEqualTo(batches.load(2, 1).features());
    assertThat(batches.load(2, 1).features()).isNotEqualTo(batches.load(3, 1).features());
  }

  @Test
  void evaluationIsInTheOrderOfThePictures() throws IOException {
    FeatureBatch batch = data().evaluation(SPLIT.test()).load(0, 0);
    assertThat(batch.labels())
        .containsExactly(SPLIT.test().stream().mapToInt(Picture::label).toArray());
  }

  private static HeadData data() throws IOException {
    return new HeadData(SPLIT, 4, 20, 2, FEATURES);
  }
}

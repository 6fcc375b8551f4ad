package org.hpo4j.tensorflow.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.types.TFloat32;

class ConfusionScoreTest {
  // By class TP 3 and 1, FP 1 and 0, FN 2 and 0, TN 4 and 9.
  private static final double[] COUNTS = {3, 1, 1, 0, 2, 0, 4, 9};

  @Test
  void masksAreCountedByClass() {
    assertThat(
            Evaluated.vector(
                tf ->
                    ConfusionScore.ofMasks(Score.F1, 2)
                        .sums(
                            tf,
                            tf.constant(new float[][] {{1, -1}, {2, 3}, {-1, 1}, {-2, -2}}),
                            tf.constant(new float[][] {{1, 0}, {0, 1}, {1, 1}, {0, 1}}))))
        .containsExactly(1, 2, 1, 0, 1, 1, 1, 1);
  }

  @Test
  void aClassIsFoundAboveItsThreshold() {
    // sigmoid(1) = 0.731.
    assertThat(truePositivesOfLogitOne(0.7)).isEqualTo(1);
    assertThat(truePositivesOfLogitOne(0.75)).isEqualTo(0);
  }

  private static double truePositivesOfLogitOne(double threshold) {
    return Evaluated.vector(
        tf ->
            ConfusionScore.ofMasks(Score.RECALL, 1, threshold)
                .sums(tf, tf.constant(new float[][] {{1}}), tf.constant(new float[][] {{1}})))[0];
  }

  @Test
  void classesAreCountedOneAgainstTheRest() {
    // Found 0, 1, 1, 2 of 0, 1, 2, 2.
    assertThat(
            Evaluated.vector(
                tf ->
                    ConfusionScore.ofClasses(Score.F1, 3)
                        .sums(
                            tf,
                            tf.constant(
                                new float[][][] {{{2, 1, 0}, {0, 2, 1}, {0, 1, 0.5f}, {0, 1, 2}}}),
                            tf.constant(new int[][] {{0, 1, 2, 2}}))))
        .containsExactly(1, 1, 1, 0, 1, 0, 0, 0, 1, 3, 2, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "PRECISION, 0.75, 1, 0.8",
    "RECALL, 0.6, 1, 0.666666667",
    "SPECIFICITY, 0.8, 1, 0.928571429",
    "F1, 0.666666667, 1, 0.727272727",
    "IOU, 0.5, 1, 0.571428571",
    "ACCURACY, 0.7, 1, 0.85"
  })
  void scoresFollowFromTheCounts(Score score, double first, double second, double micro) {
    ConfusionScore<TFloat32> metric = ConfusionScore.ofMasks(score, 2);
    assertThat(metric.ofClass(0).value(COUNTS)).isCloseTo(first, within(1e-9));
    assertThat(metric.ofClass(1).value(COUNTS)).isCloseTo(second, within(1e-9));
    assertThat(metric.value(COUNTS)).isCloseTo((first + second) / 2, within(1e-9));
    assertThat(metric.micro().value(COUNTS)).isCloseTo(micro, within(1e-9));
  }

  @Test
  void aClassThatIsNowhereIsLeftOutOfTheMean() {
    ConfusionScore<TFloat32> recall = ConfusionScore.ofMasks(Score.RECALL, 2);
    assertThat(recall.value(new double[] {1, 0, 0, 0, 1, 0, 2, 4})).isEqualTo(0.5);
    assertThat(recall.value(new double[8])).isEqualTo(0);
  }

  @Test
  void aMeanIsWeightedByTheExamplesOfItsBatches() {
    MeanMetric<TFloat32> mean = (tf, outputs, labels) -> tf.constant(0.25f);
    double[] sums =
        Evaluated.vector(
            tf -> mean.sums(tf, tf.constant(new float[3][2]), tf.constant(new float[3][2])));
    assertThat(sums).containsExactly(0.75, 3);
    assertThat(mean.value(new double[] {sums[0] + 1, sums[1] + 1})).isEqualTo(1.75 / 4);
  }

  @Test
  void classesOutsideTheirRangeAreRefused() {
    assertThatThrownBy(() -> ConfusionScore.ofClasses(Score.F1, 0))
        .hasMessage("classes is 0, must be at least 1");
    assertThatThrownBy(() -> ConfusionScore.ofClasses(Score.F1, 2).ofClass(2))
        .hasMessage("class is 2, must be in [0, 2)");
    assertThatThrownBy(() -> ConfusionScore.ofMasks(Score.F1, 2, 1))
        .hasMessage("threshold is 1.0, must be in (0, 1)");
  }
}

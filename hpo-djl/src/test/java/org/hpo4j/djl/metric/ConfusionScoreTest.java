package org.hpo4j.djl.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfusionScoreTest {
  private static final String KEY = "epoch";
  // Two batches of one image with two classes and four pixels.
  private static final float[][] LOGITS = {
    {3, -1, 2, -2, 1, 1, -1, -1}, {-1, -1, -1, 5, 2, -3, -3, -3}
  };
  private static final float[][] MASKS = {{1, 1, 0, 0, 1, 1, 1, 1}, {0, 0, 0, 1, 0, 0, 0, 0}};
  // Counted by hand over both batches.
  private static final double[] TP = {2, 2};
  private static final double[] FP = {1, 1};
  private static final double[] FN = {1, 2};
  private static final double[] TN = {4, 3};

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @EnumSource(Score.class)
  void masksAreCountedOverTheEpochByClass(Score score) {
    for (int c = 0; c < 2; c++) {
      assertThat(epoch(ConfusionScore.ofMasks(score, 2).ofClass(c)))
          .isCloseTo(score.of(TP[c], FP[c], FN[c], TN[c]), within(1e-6));
    }
  }

  @ParameterizedTest
  @EnumSource(Score.class)
  void macroIsTheMeanOfTheClassesScores(Score score) {
    double mean = (score.of(TP[0], FP[0], FN[0], TN[0]) + score.of(TP[1], FP[1], FN[1], TN[1])) / 2;
    assertThat(epoch(ConfusionScore.ofMasks(score, 2))).isCloseTo(mean, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource(Score.class)
  void microIsTheScoreOfTheSums(Score score) {
    assertThat(epoch(ConfusionScore.ofMasks(score, 2).micro()))
        .isCloseTo(
            score.of(TP[0] + TP[1], FP[0] + FP[1], FN[0] + FN[1], TN[0] + TN[1]), within(1e-6));
  }

  @Test
  void scoresAreTheirFormulas() {
    assertThat(Score.PRECISION.of(6, 2, 3, 9)).isEqualTo(6 / 8.0);
    assertThat(Score.RECALL.of(6, 2, 3, 9)).isEqualTo(6 / 9.0);
    assertThat(Score.SPECIFICITY.of(6, 2, 3, 9)).isEqualTo(9 / 11.0);
    assertThat(Score.F1.of(6, 2, 3, 9)).isEqualTo(12 / 17.0);
    assertThat(Score.IOU.of(6, 2, 3, 9)).isEqualTo(6 / 11.0);
    assertThat(Score.ACCURACY.of(6, 2, 3, 9)).isEqualTo(15 / 20.0);
  }

  @Test
  void anEpochIsNotTheMeanOfItsBatches() {
    ConfusionScore f1 = ConfusionScore.ofMasks(Score.F1, 2).ofClass(0);
    double mean = 0;
    for (int i = 0; i < 2; i++) {
      mean += f1.evaluate(mask(i), logits(i)).getFloat() / 2;
    }
    assertThat(epoch(f1)).isNotCloseTo(mean, within(0.05));
  }

  @Test
  void aResetForgets() {
    ConfusionScore score = ConfusionScore.ofMasks(Score.RECALL, 2);
    double once = epoch(score);
    score.resetAccumulator(KEY);
    score.updateAccumulator(KEY, mask(1), logits(1));
    assertThat((double) score.getAccumulator(KEY)).isNotCloseTo(once, within(0.05));
    score.resetAccumulator(KEY);
    for (int i = 0; i < 2; i++) {
      score.updateAccumulator(KEY, mask(i), logits(i));
    }
    assertThat((double) score.getAccumulator(KEY)).isEqualTo(once);
  }

  @Test
  void theLargestLogitIsTheClassThatWasFound() {
    // Three classes, four pixels: 0 found as 0, 1 as 2, 2 as 2, and one of no class as 1.
    NDArray logits =
        manager.create(new float[] {5, 1, 0, 0, 1, 2, 0, 4, 0, 3, 7, 1}, new Shape(1, 3, 2, 2));
    NDList labels = new NDList(manager.create(new int[] {0, 1, 2, 255}, new Shape(1, 2, 2)));
    NDList outputs = new NDList(logits);
    assertThat(value(ConfusionScore.ofClasses(Score.IOU, 3).ofClass(0), labels, outputs))
        .isEqualTo(1);
    assertThat(value(ConfusionScore.ofClasses(Score.IOU, 3).ofClass(1), labels, outputs))
        .isEqualTo(0);
    assertThat(value(ConfusionScore.ofClasses(Score.IOU, 3).ofClass(2), labels, outputs))
        .isEqualTo(0.5);
    // The share of labelled pixels that were found.
    assertThat(value(ConfusionScore.ofClasses(Score.RECALL, 3).micro(), labels, outputs))
        .isCloseTo(2 / 3.0, within(1e-6));
  }

  @Test
  void aClassThatIsNeitherFoundNorThereIsLeftOutOfTheMean() {
    NDList outputs = new NDList(manager.create(new float[] {1, -1, -1, -1}, new Shape(2, 2)));
    NDList labels = new NDList(manager.create(new float[] {1, 0, 0, 0}, new Shape(2, 2)));
    assertThat(value(ConfusionScore.ofMasks(Score.F1, 2), labels, outputs)).isEqualTo(1);
    assertThat(value(ConfusionScore.ofMasks(Score.F1, 2).ofClass(1), labels, outputs)).isEqualTo(0);
  }

  @Test
  void aThresholdIsAProbability() {
    NDList outputs =
        new NDList(
            manager.create(
                new float[] {(float) Math.log(0.7 / 0.3), (float) Math.log(0.9 / 0.1)},
                new Shape(2, 1)));
    NDList labels = new NDList(manager.ones(new Shape(2, 1)));
    assertThat(value(ConfusionScore.ofMasks(Score.RECALL, 1, 0.8), labels, outputs)).isEqualTo(0.5);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> ConfusionScore.ofMasks(Score.F1, 0))
        .hasMessage("classes is 0, must be at least 1");
    assertThatThrownBy(() -> ConfusionScore.ofMasks(Score.F1, 2).ofClass(2))
        .hasMessage("class is 2, must be in [0, 2)");
    assertThatThrownBy(() -> ConfusionScore.ofMasks(Score.F1, 2, 1))
        .hasMessage("threshold is 1.0, must be in (0, 1)");
    assertThatThrownBy(() -> ConfusionScore.ofMasks(Score.F1, 3).evaluate(mask(0), logits(0)))
        .hasMessage("shape of the outputs is (1, 2, 2, 2), must be (batch, 3, ...)");
    assertThatThrownBy(() -> ConfusionScore.ofClasses(Score.F1, 2).evaluate(mask(0), logits(0)))
        .hasMessageContaining("does not go with outputs of shape (1, 2, 2, 2)");
    assertThatThrownBy(() -> ConfusionScore.ofMasks(Score.F1, 2).getAccumulator("other"))
        .hasMessage("no accumulator 'other', add it first");
  }

  private double epoch(ConfusionScore score) {
    score.addAccumulator(KEY);
    for (int i = 0; i < 2; i++) {
      score.updateAccumulator(KEY, mask(i), logits(i));
    }
    return score.getAccumulator(KEY);
  }

  private static double value(ConfusionScore score, NDList labels, NDList outputs) {
    return score.evaluate(labels, outputs).getFloat();
  }

  private NDList logits(int batch) {
    return new NDList(manager.create(LOGITS[batch], new Shape(1, 2, 2, 2)));
  }

  private NDList mask(int batch) {
    return new NDList(manager.create(MASKS[batch], new Shape(1, 2, 2, 2)));
  }
}

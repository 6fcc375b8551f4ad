package org.hpo4j.djl.vision;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hpo4j.djl.ArrayData;
import org.hpo4j.djl.Batch;
import org.hpo4j.djl.BatchSource;
import org.hpo4j.djl.DjlModel;
import org.hpo4j.djl.DjlObjective;
import org.hpo4j.djl.Epoch;
import org.hpo4j.djl.EpochListener;
import org.hpo4j.djl.LearningRate;
import org.hpo4j.djl.block.Activation;
import org.hpo4j.djl.block.Conv2d;
import org.hpo4j.djl.block.NamedSequence;
import org.hpo4j.djl.loss.BinaryCrossEntropy;
import org.hpo4j.djl.metric.ConfusionScore;
import org.hpo4j.djl.metric.Score;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Trial;
import org.junit.jupiter.api.Test;

/** Networks, losses and scores of this module under its objective. */
class UNetTrainingTest {
  private static final int SIDE = 16;
  private static final int EXAMPLES = 8;

  @Test
  void findsSquaresThatTheBrightnessOfAPixelDoesNotTell() throws IOException {
    List<float[]> slopes = new ArrayList<>();
    Study study = Study.named("squares").maximize("f1").seed(1).create();
    study.optimize(
        DjlObjective.builder(
                hp ->
                    UNet.builder(1, 1)
                        .startFilters(4)
                        .depth(2)
                        .activation(Activation.prelu())
                        .build())
            .loss(BinaryCrossEntropy.of(1).withPositiveWeights(2))
            .metric("f1", hp -> ConfusionScore.ofMasks(Score.F1, 1))
            .monitor("f1", Direction.MAXIMIZE)
            .training(squares(1, 10))
            .validation(squares(2, 2))
            .learningRate(LearningRate.constant(0.01))
            .epochs(5)
            .listener(
                new EpochListener() {
                  @Override
                  public void epochEnded(Trial trial, Epoch epoch, DjlModel model) {
                    slopes.add(model.weights("down0/activation0/slope").floats().clone());
                  }
                })
            .build(),
        RunOptions.trials(1));
    assertThat(study.best().value()).isGreaterThan(0.8);
    assertThat(slopes).hasSize(5);
    assertThat(slopes.get(4)).isNotEqualTo(slopes.get(0));
  }

  @Test
  void pretrainedWeightsAreWhatAModelStartsFrom() throws IOException {
    NamedSequence block = new NamedSequence().add("conv", Conv2d.builder(1, 2).build());
    Shape input = new Shape(1, 1, 4, 4);
    PretrainedWeights.set(
        block, input, (name, shape) -> name.endsWith("bias") ? new float[2] : new float[] {3, 4});
    try (DjlModel model =
        DjlModel.open(block, name -> new SplittableRandom(1), Device.cpu(), input)) {
      assertThat(model.weights("conv/kernel").floats()).containsExactly(3, 4);
    }
  }

  /** Noise, with a square each in which the noise is stronger, not brighter. */
  private static BatchSource squares(long seed, int batches) {
    return new BatchSource() {
      @Override
      public int batches() {
        return batches;
      }

      @Override
      public Batch load(int epoch, int batch) {
        SplittableRandom random = new SplittableRandom((seed * 1000 + epoch) * 1000 + batch);
        float[] images = new float[EXAMPLES * SIDE * SIDE];
        float[] masks = new float[images.length];
        for (int i = 0; i < EXAMPLES; i++) {
          int left = random.nextInt(SIDE - 8);
          int top = random.nextInt(SIDE - 8);
          for (int p = 0; p < SIDE * SIDE; p++) {
            int y = p / SIDE - top;
            int x = p % SIDE - left;
            boolean inside = x >= 0 && x < 8 && y >= 0 && y < 8;
            masks[i * SIDE * SIDE + p] = inside ? 1 : 0;
            images[i * SIDE * SIDE + p] =
                (float) ((random.nextDouble() - 0.5) * (inside ? 4 : 0.5));
          }
        }
        return Batch.of(
            ArrayData.of(images, EXAMPLES, 1, SIDE, SIDE),
            ArrayData.of(masks, EXAMPLES, 1, SIDE, SIDE));
      }
    };
  }
}

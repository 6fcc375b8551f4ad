package org.hpo4j.djl;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.loss.Loss;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.hpo4j.trial.HyperParameters;

/** A problem that trains in milliseconds: which side of a line is a point of the plane on? */
final class Points {
  private static final int BATCH = 16;

  private Points() {}

  static BatchSource batches(int batches, long seed) {
    return new BatchSource() {
      @Override
      public int batches() {
        return batches;
      }

      @Override
      public Batch load(int epoch, int batch) {
        SplittableRandom random = new SplittableRandom(31 * (seed + 1009L * epoch) + batch);
        float[] points = new float[2 * BATCH];
        long[] sides = new long[BATCH];
        for (int i = 0; i < BATCH; i++) {
          points[2 * i] = (float) (2 * random.nextDouble() - 1);
          points[2 * i + 1] = (float) (2 * random.nextDouble() - 1);
          sides[i] = points[2 * i] > points[2 * i + 1] ? 1 : 0;
        }
        return Batch.of(ArrayData.of(points, BATCH, 2), ArrayData.of(sides, BATCH));
      }
    };
  }

  /** A dense layer of two logits. */
  static Block line() {
    return Linear.builder().setUnits(2).optBias(false).build();
  }

  /** Layers with draws and running statistics of their own. */
  static Block deep() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(8).build())
        .add(BatchNorm.builder().build())
        .add(Activation::relu)
        .add(Dropout.builder().optRate(0.3f).build())
        .add(Linear.builder().setUnits(2).build());
  }

  static DjlObjective.Builder objective() {
    return objectiveOf(hp -> line());
  }

  static DjlObjective.Builder objectiveOf(Function<HyperParameters, Block> model) {
    return DjlObjective.builder(model)
        .loss(Loss.softmaxCrossEntropyLoss())
        .metric("accuracy", hp -> new Accuracy())
        .training(batches(5, 1))
        .validation(batches(2, 2))
        .learningRate(LearningRate.constant(0.05))
        .epochs(4);
  }
}

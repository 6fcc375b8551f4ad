package org.hpo4j.tensorflow;

import java.util.SplittableRandom;
import java.util.function.Function;
import org.hpo4j.tensorflow.layers.Initializer;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Variables;
import org.hpo4j.tensorflow.loss.SparseCategoricalAccuracy;
import org.hpo4j.tensorflow.loss.SparseCategoricalCrossEntropy;
import org.hpo4j.trial.HyperParameters;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A problem that trains in milliseconds: which side of a line is a point of the plane on? */
final class Points {
  private static final int BATCH = 16;

  private Points() {}

  static BatchSource<TInt32> batches(int batches, long seed) {
    return new BatchSource<>() {
      @Override
      public int batches() {
        return batches;
      }

      @Override
      public Batch<TInt32> load(int epoch, int batch) {
        SplittableRandom random = new SplittableRandom(31 * (seed + 1009L * epoch) + batch);
        float[] points = new float[2 * BATCH];
        int[] sides = new int[BATCH];
        for (int i = 0; i < BATCH; i++) {
          points[2 * i] = (float) (2 * random.nextDouble() - 1);
          points[2 * i + 1] = (float) (2 * random.nextDouble() - 1);
          sides[i] = points[2 * i] > points[2 * i + 1] ? 1 : 0;
        }
        return new Batch<>(TensorData.of(points, BATCH, 2), TensorData.of(sides, BATCH));
      }
    };
  }

  /** A dense layer of two logits. */
  static Layer line(Variables variables) {
    Operand<TFloat32> weights =
        variables.trainable("line/weights", Shape.of(2, 2), Initializer.glorotUniform(2, 2));
    return (tower, input) -> tower.tf().linalg.matMul(input, weights);
  }

  static Network<TInt32> network(Function<Variables, Layer> layers) {
    return Network.of(layers, SparseCategoricalCrossEntropy.of(2))
        .withMetric("accuracy", SparseCategoricalAccuracy.ofDefaults());
  }

  static TensorFlowObjective.Builder<TInt32> objective() {
    return objectiveOf(hp -> network(Points::line));
  }

  static TensorFlowObjective.Builder<TInt32> objectiveOf(
      Function<HyperParameters, Network<TInt32>> model) {
    return TensorFlowObjective.builder(model)
        .training(batches(5, 1))
        .validation(batches(2, 2))
        .learningRate(LearningRate.constant(0.05))
        .epochs(4);
  }
}

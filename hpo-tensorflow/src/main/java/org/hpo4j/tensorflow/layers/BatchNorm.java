package org.hpo4j.tensorflow.layers;

import java.util.function.BooleanSupplier;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * Batch normalization of images over batch, height and width (Ioffe and Szegedy, "Batch
 * normalization", ICML 2015).
 *
 * <p>In a {@linkplain Mode#TRAINING training tower}, {@code y = scale * (x - mean) / sqrt(variance
 * + epsilon) + offset} with the batch's mean and variance, and each step moves the moving averages
 * by {@code average += (1 - momentum) * (batch - average)}. In an inference tower the averages take
 * the place of the batch's values; so they do, and stay, where the scale is {@linkplain
 * Variables#freeze frozen}.
 */
public final class BatchNorm implements Layer {
  private static final float EPSILON = 1e-3f;

  private final Operand<TFloat32> scale;
  private final Operand<TFloat32> offset;
  private final Operand<TFloat32> mean;
  private final Operand<TFloat32> variance;
  private final float momentum;
  private final BooleanSupplier trained;

  private BatchNorm(
      Operand<TFloat32> scale,
      Operand<TFloat32> offset,
      Operand<TFloat32> mean,
      Operand<TFloat32> variance,
      float momentum,
      BooleanSupplier trained) {
    this.scale = scale;
    this.offset = offset;
    this.mean = mean;
    this.variance = variance;
    this.momentum = momentum;
    this.trained = trained;
  }

  /**
   * Returns a normalization with two trainable parameters and two moving averages for each channel.
   *
   * @param variables where they go, as {@code name/scale}, {@code name/offset}, {@code name/mean}
   *     and {@code name/variance}
   * @param channels number of channels of the input
   * @param momentum weight of the past in the moving averages, in [0, 1). The averages forget their
   *     first values after some {@code 3 / (1 - momentum)} steps, so a training of a few hundred
   *     steps wants 0.9 rather than the usual 0.99
   */
  public static BatchNorm of(Variables variables, String name, int channels, double momentum) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "momentum of '" + name + "' is " + momentum + ", must be in [0, 1)");
    }
    Shape shape = Shape.of(channels);
    return new BatchNorm(
        variables.trainable(name + "/scale", shape, Initializer.constant(1)),
        variables.trainable(name + "/offset", shape, Initializer.constant(0)),
        variables.state(name + "/mean", shape, Initializer.constant(0)),
        variables.state(name + "/variance", shape, Initializer.constant(1)),
        (float) momentum,
        () -> variables.isTrainable(name + "/scale"));
  }

  @Override
  public Operand<TFloat32> apply(Tower tower, Operand<TFloat32> input) {
    Ops tf = tower.tf();
    boolean training = tower.mode() == Mode.TRAINING && trained.getAsBoolean();
    FusedBatchNorm<TFloat32, TFloat32> norm =
        tf.nn.fusedBatchNorm(
            input,
            scale,
            offset,
            mean,
            variance,
            FusedBatchNorm.epsilon(EPSILON),
            FusedBatchNorm.isTraining(training));
    if (training) {
      tower.addUpdate(moveTowards(tf, mean, norm.batchMean()));
      tower.addUpdate(moveTowards(tf, variance, norm.batchVariance()));
    }
    return norm.y();
  }

  private Operand<TFloat32> moveTowards(
      Ops tf, Operand<TFloat32> average, Operand<TFloat32> batch) {
    return tf.assignSub(
        average, tf.math.mul(tf.constant(1 - momentum), tf.math.sub(average, batch)));
  }
}

package org.hpo4j.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Compares the engine's gradients with central differences, all in double precision.
 *
 * <p>For {@code f(x) = sum(w * y(x))} with fixed random weights w, every entry of the gradient with
 * respect to the input and to each trainable parameter is compared with {@code (f(x + h) - f(x -
 * h)) / 2h}. With h = 1e-5 and values near 1, rounding (1e-16) costs about 1e-11 and curvature
 * about h^2 = 1e-10. The engine's generator is seeded before each pass, so that random layers draw
 * the same. Garbage is collected before the engine's gradient is computed.
 */
public final class GradientCheck {
  /** Largest relative error of a right gradient. */
  public static final double TOLERANCE = 1e-7;

  private static final Cleaner CLEANER = Cleaner.create();
  private static final double STEP = 1e-5;
  private static final int ENGINE_SEED = 11;

  private GradientCheck() {}

  /** Returns the largest relative error over the input of this shape and a block's parameters. */
  public static double relativeError(Block block, Shape shape, boolean training) {
    return relativeError(block, spacedValues(Math.toIntExact(shape.size())), shape, training);
  }

  /**
   * Returns the largest relative error over input and parameters: {@code |a - n| / (|a| + |n|)} in
   * the Euclidean norm, a the engine's gradient and n the numerical one.
   */
  public static double relativeError(Block block, double[] input, Shape shape, boolean training) {
    try (NDManager manager = NDManager.newBaseManager()) {
      SplittableRandom random = new SplittableRandom(7);
      block.initialize(manager, DataType.FLOAT64, shape);
      NDArray x = manager.create(input, shape);
      x.setRequiresGradient(true);
      List<NDArray> points = new ArrayList<>(List.of(x));
      for (Parameter parameter : block.getParameters().values()) {
        if (parameter.requiresGradient()) {
          // Away from the first values: a gradient at zero bias or unit scale could be right by
          // luck.
          NDArray array = parameter.getArray();
          double[] values = array.toDoubleArray();
          for (int i = 0; i < values.length; i++) {
            values[i] += 0.3 * (random.nextDouble() - 0.5);
          }
          array.set(values);
          points.add(array);
        }
      }
      return relativeError(
          manager,
          points,
          scope -> {
            ParameterStore store = new ParameterStore(scope, false);
            return block.forward(store, new NDList(x), training).singletonOrThrow();
          });
    }
  }

  /**
   * Returns the largest relative error over all of these points of a function.
   *
   * @param points arrays of doubles that require gradients and that the function reads
   * @param function gives an array of any shape; the argument is where intermediate arrays may go
   */
  public static double relativeError(
      NDManager manager, List<NDArray> points, Function<NDManager, NDArray> function) {
    List<double[]> analytic = new ArrayList<>();
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray sum = weightedSum(manager, function);
      freeGarbage();
      collector.backward(sum);
      for (NDArray point : points) {
        analytic.add(point.getGradient().toDoubleArray());
      }
    }
    double worst = 0;
    for (int i = 0; i < points.size(); i++) {
      NDArray point = points.get(i);
      double[] values = point.toDoubleArray();
      double[] numeric = new double[values.length];
      for (int j = 0; j < values.length; j++) {
        double up = valueAt(manager, function, point, values, j, values[j] + STEP);
        double down = valueAt(manager, function, point, values, j, values[j] - STEP);
        numeric[j] = (up - down) / (2 * STEP);
      }
      point.set(values);
      worst = Math.max(worst, distance(analytic.get(i), numeric));
    }
    return worst;
  }

  /**
   * Frees what Java has let go of, so that a gradient that still reads it is found: the numbers of
   * {@code x.mul(2)}, for example, which DJL keeps in Java buffers for no longer than the call.
   */
  private static void freeGarbage() {
    // What the first collection found has been freed when the second one's object is cleaned.
    for (int i = 0; i < 2; i++) {
      CountDownLatch cleaned = new CountDownLatch(1);
      CLEANER.register(new Object(), cleaned::countDown);
      try {
        do {
          System.gc();
        } while (!cleaned.await(100, TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted while garbage was collected", e);
      }
    }
  }

  /**
   * Returns distinct values in [-1, 1] further apart than twice the step, none within a step of
   * zero, so that no maximum and no rectifier changes hands within a step.
   */
  public static double[] spacedValues(int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = -1 + 2 * (i + 0.53) / size;
    }
    SplittableRandom random = new SplittableRandom(3);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
    return values;
  }

  private static double valueAt(
      NDManager manager,
      Function<NDManager, NDArray> function,
      NDArray point,
      double[] values,
      int index,
      double value) {
    double[] changed = values.clone();
    changed[index] = value;
    point.set(changed);
    try (NDManager scope = manager.newSubManager()) {
      return weightedSum(scope, function).toDoubleArray()[0];
    }
  }

  private static NDArray weightedSum(NDManager scope, Function<NDManager, NDArray> function) {
    Engine.getInstance().setRandomSeed(ENGINE_SEED);
    NDArray y = function.apply(scope);
    SplittableRandom random = new SplittableRandom(13);
    double[] weights = new double[Math.toIntExact(y.size())];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (random.nextDouble() + 0.5) * (random.nextBoolean() ? 1 : -1);
    }
    return y.mul(scope.create(weights, y.getShape())).sum();
  }

  private static double distance(double[] analytic, double[] numeric) {
    double difference = 0;
    double analyticNorm = 0;
    double numericNorm = 0;
    for (int i = 0; i < analytic.length; i++) {
      difference += Math.pow(analytic[i] - numeric[i], 2);
      analyticNorm += Math.pow(analytic[i], 2);
      numericNorm += Math.pow(numeric[i], 2);
    }
    return Math.sqrt(difference) / (Math.sqrt(analyticNorm) + Math.sqrt(numericNorm) + 1e-6);
  }
}

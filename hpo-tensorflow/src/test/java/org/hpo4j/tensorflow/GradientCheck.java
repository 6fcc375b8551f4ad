package org.hpo4j.tensorflow;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Compares the engine's gradients with central differences.
 *
 * <p>For {@code f(x) = sum(w * y(x))} with fixed random weights w, every entry of the gradient with
 * respect to the input and to each trainable variable is compared with {@code (f(x + h) - f(x - h))
 * / 2h}. Sums are taken in double precision, so with h = 0.01 and values near 1 rounding of the
 * engine's floats (6e-8) costs about 1e-5, and curvature about h^2 = 1e-4.
 */
public final class GradientCheck {
  /** Largest relative error of a right gradient; wrong ones were seen at 0.6 and more. */
  public static final double TOLERANCE = 5e-3;

  private static final double STEP = 1e-2;

  private GradientCheck() {}

  /** The part of a network that is checked. */
  @FunctionalInterface
  public interface Subject {
    Operand<TFloat32> build(Ops tf, Variables variables, Operand<TFloat32> input);
  }

  /**
   * Returns the largest relative error over input and variables: {@code |a - n| / (|a| + |n|)} in
   * the Euclidean norm, a the engine's gradient and n the numerical one.
   */
  public static double relativeError(float[] input, Shape shape, Subject subject) {
    SplittableRandom random = new SplittableRandom(7);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = Variables.of(tf, name -> new SplittableRandom(name.hashCode()));
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      Operand<TFloat32> y = subject.build(tf, variables, x);
      try (Session session = new Session(graph)) {
        variables.initialize(session);
        List<float[]> points = new ArrayList<>();
        points.add(input);
        List<String> names = variables.trainableNames();
        for (String name : names) {
          // Away from the first values: a gradient at zero bias or unit scale could be right by
          // luck.
          float[] values = variables.read(session, name);
          for (int i = 0; i < values.length; i++) {
            values[i] += (float) (0.3 * (random.nextDouble() - 0.5));
          }
          variables.assign(session, name, values);
          points.add(values);
        }
        float[] weights = new float[fetch(session, x, input, shape, y).length];
        for (int i = 0; i < weights.length; i++) {
          weights[i] = (float) (random.nextDouble() + 0.5) * (random.nextBoolean() ? 1 : -1);
        }
        Operand<TFloat32> w = tf.reshape(tf.constant(weights), tf.shape(y));
        Output<?>[] targets = new Output<?>[points.size()];
        targets[0] = x.asOutput();
        for (int i = 0; i < names.size(); i++) {
          targets[i + 1] = variables.get(names.get(i)).asOutput();
        }
        Operand<TFloat32> f =
            tf.reduceSum(
                tf.reshape(tf.math.mul(w, y), tf.constant(new int[] {-1})), tf.constant(0));
        Output<?>[] gradients = graph.addGradients(f.asOutput(), targets);

        double worst = 0;
        for (int i = 0; i < points.size(); i++) {
          float[] point = points.get(i);
          String name = i == 0 ? "" : names.get(i - 1);
          Function<float[], Double> value =
              name.isEmpty()
                  ? changed -> dot(weights, fetch(session, x, changed, shape, y))
                  : changed -> {
                    variables.assign(session, name, changed);
                    return dot(weights, fetch(session, x, input, shape, y));
                  };
          float[] analytic = fetch(session, x, input, shape, gradients[i].expect(TFloat32.class));
          double[] numeric = centralDifferences(point, value);
          worst = Math.max(worst, distance(analytic, numeric));
          if (!name.isEmpty()) {
            variables.assign(session, name, point);
          }
        }
        return worst;
      }
    }
  }

  /**
   * Returns distinct values in [-1, 1] further apart than twice the step, so that no maximum
   * changes hands within a step.
   */
  public static float[] spacedValues(int size) {
    if (size > 2 / (2.5 * STEP)) {
      throw new IllegalArgumentException("no room for " + size + " values");
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (-1 + 2 * (i + 0.5) / size);
    }
    SplittableRandom random = new SplittableRandom(3);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
    return values;
  }

  /** Returns uniform values in [-1, 1]. */
  public static float[] randomValues(int size) {
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }

  private static double[] centralDifferences(float[] point, Function<float[], Double> value) {
    double[] differences = new double[point.length];
    for (int i = 0; i < point.length; i++) {
      float[] up = point.clone();
      float[] down = point.clone();
      up[i] += (float) STEP;
      down[i] -= (float) STEP;
      differences[i] = (value.apply(up) - value.apply(down)) / ((double) up[i] - down[i]);
    }
    return differences;
  }

  private static float[] fetch(
      Session session, Operand<TFloat32> x, float[] input, Shape shape, Operand<TFloat32> operand) {
    try (TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(input, true, false));
        var result = session.runner().feed(x, tensor).fetch(operand).run()) {
      TFloat32 fetched = (TFloat32) result.get(0);
      float[] values = new float[Math.toIntExact(fetched.size())];
      fetched.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double distance(float[] analytic, double[] numeric) {
    double difference = 0;
    double analyticNorm = 0;
    double numericNorm = 0;
    for (int i = 0; i < analytic.length; i++) {
      difference += Math.pow(analytic[i] - numeric[i], 2);
      analyticNorm += Math.pow(analytic[i], 2);
      numericNorm += Math.pow(numeric[i], 2);
    }
    return Math.sqrt(difference) / (Math.sqrt(analyticNorm) + Math.sqrt(numericNorm) + 1e-3);
  }
}

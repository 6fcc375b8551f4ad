package org.hpo4j.tensorboard;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.random.RandomGenerator;

/** A network of one hidden layer that tells two classes of points in a plane apart. */
final class TinyNetwork {

  /** A point and its class, 0 or 1. */
  record Sample(double x, double y, int label) {}

  private final boolean relu;
  private final int units;

  /** Weights of x and y, and the bias, one row a unit. */
  final double[] hidden;

  /** A weight a unit, and the bias. */
  final double[] output;

  TinyNetwork(int units, boolean relu, RandomGenerator random) {
    this.units = units;
    this.relu = relu;
    hidden = random.doubles(3L * units).map(u -> 2 * u - 1).toArray();
    output = random.doubles(units + 1L).map(u -> (2 * u - 1) / Math.sqrt(units)).toArray();
  }

  /** Two half circles that reach into each other, with noise. */
  static List<Sample> moons(int count, RandomGenerator random) {
    return random
        .ints(count, 0, 2)
        .mapToObj(
            label -> {
              double angle = Math.PI * random.nextDouble();
              double x = label == 0 ? Math.cos(angle) : 1 - Math.cos(angle);
              double y = label == 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
              return new Sample(
                  x - 0.5 + 0.15 * random.nextGaussian(),
                  y - 0.25 + 0.15 * random.nextGaussian(),
                  label);
            })
        .toList();
  }

  private double activation(int unit, double x, double y) {
    double sum = hidden[3 * unit] * x + hidden[3 * unit + 1] * y + hidden[3 * unit + 2];
    return relu ? Math.max(0, sum) : Math.tanh(sum);
  }

  /** The probability of class 1. */
  double predict(double x, double y) {
    double logit = output[units];
    for (int unit = 0; unit < units; unit++) {
      logit += output[unit] * activation(unit, x, y);
    }
    return 1 / (1 + Math.exp(-logit));
  }

  /** One pass of gradient descent, a sample a step. */
  void train(List<Sample> samples, double rate) {
    for (Sample sample : samples) {
      double error = predict(sample.x(), sample.y()) - sample.label();
      for (int unit = 0; unit < units; unit++) {
        double value = activation(unit, sample.x(), sample.y());
        double slope = relu ? Math.signum(value) : 1 - value * value;
        double step = rate * error * output[unit] * slope;
        output[unit] -= rate * error * value;
        hidden[3 * unit] -= step * sample.x();
        hidden[3 * unit + 1] -= step * sample.y();
        hidden[3 * unit + 2] -= step;
      }
      output[units] -= rate * error;
    }
  }

  /** The mean cross-entropy. */
  double loss(List<Sample> samples) {
    double sum = 0;
    for (Sample sample : samples) {
      double likelihood = predict(sample.x(), sample.y());
      sum -= Math.log(Math.max(1e-12, sample.label() == 1 ? likelihood : 1 - likelihood));
    }
    return sum / samples.size();
  }

  /** The share of samples whose class it tells. */
  double accuracy(List<Sample> samples) {
    long right =
        samples.stream().filter(s -> predict(s.x(), s.y()) >= 0.5 == (s.label() == 1)).count();
    return (double) right / samples.size();
  }

  /** The probability of class 1 over the plane, from blue to red, with the samples on it. */
  BufferedImage picture(List<Sample> samples) {
    int size = 200;
    double reach = 2;
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double x = reach * (2.0 * column / size - 1);
        double y = reach * (1 - 2.0 * row / size);
        int red = (int) (255 * predict(x, y));
        image.setRGB(column, row, red << 16 | 80 << 8 | 255 - red);
      }
    }
    for (Sample sample : samples) {
      int column = (int) ((sample.x() / reach + 1) / 2 * size);
      int row = (int) ((1 - sample.y() / reach) / 2 * size);
      if (column >= 0 && column < size && row >= 0 && row < size) {
        image.setRGB(column, row, sample.label() == 1 ? 0xffffff : 0);
      }
    }
    return image;
  }

  /** The layers, as TensorBoard's graph page shows them. */
  List<GraphNode> graph() {
    return List.of(
        GraphNode.of("points", "Input").withOutputShape(-1, 2),
        GraphNode.of("hidden/kernel", "Variable").withOutputShape(2, units),
        GraphNode.of("hidden/bias", "Variable").withOutputShape(units),
        GraphNode.of("hidden/dense", "Dense", "points", "hidden/kernel", "hidden/bias")
            .with("units", units)
            .withOutputShape(-1, units),
        GraphNode.of("hidden/activation", relu ? "Relu" : "Tanh", "hidden/dense")
            .withOutputShape(-1, units),
        GraphNode.of("output/kernel", "Variable").withOutputShape(units, 1),
        GraphNode.of("output/bias", "Variable").withOutputShape(1),
        GraphNode.of("output/dense", "Dense", "hidden/activation", "output/kernel", "output/bias")
            .with("units", 1)
            .withOutputShape(-1, 1),
        GraphNode.of("probability", "Sigmoid", "output/dense").withOutputShape(-1, 1));
  }
}

package org.hpo4j.examples.documents.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A linear classifier of single pixels by their colour: logistic regression of one class. */
final class LinearPixels {
  private static final int STEPS = 150;

  private final double[] weights;

  private LinearPixels(double... weights) {
    this.weights = weights;
  }

  /**
   * Fits by gradient descent on the mean log-loss in which the class and the rest weigh alike; the
   * threshold is left open.
   */
  static LinearPixels fit(List<Scan> scans, int formClass) {
    double[][] pixels = pixels(scans, formClass);
    double share = Arrays.stream(pixels).mapToDouble(p -> p[3]).average().orElseThrow();
    double[] w = new double[4];
    for (int step = 0; step < STEPS; step++) {
      double[] gradient = new double[4];
      for (int i = step % 16; i < pixels.length; i += 16) {
        double[] p = pixels[i];
        double score = w[0] * p[0] + w[1] * p[1] + w[2] * p[2] + w[3];
        double weight = p[3] == 1 ? 0.5 / share : 0.5 / (1 - share);
        double error = weight * (1 / (1 + Math.exp(-score)) - p[3]);
        for (int k = 0; k < 3; k++) {
          gradient[k] += error * p[k];
        }
        gradient[3] += error;
      }
      for (int k = 0; k < 4; k++) {
        w[k] -= 10 * gradient[k] / (pixels.length / 16.0);
      }
    }
    return new LinearPixels(w[0], w[1], w[2]);
  }

  /** The largest F1 over all thresholds, above them or below. */
  double bestF1(List<Scan> scans, int formClass) {
    double[][] pixels = pixels(scans, formClass);
    Comparator<double[]> byScore =
        Comparator.comparingDouble(p -> weights[0] * p[0] + weights[1] * p[1] + weights[2] * p[2]);
    Arrays.sort(pixels, byScore);
    double below = bestF1OfAPrefix(pixels);
    Arrays.sort(pixels, byScore.reversed());
    return Math.max(below, bestF1OfAPrefix(pixels));
  }

  private static double bestF1OfAPrefix(double[][] pixels) {
    double positives = Arrays.stream(pixels).mapToDouble(p -> p[3]).sum();
    double hits = 0;
    double best = 0;
    for (int i = 0; i < pixels.length; i++) {
      hits += pixels[i][3];
      best = Math.max(best, 2 * hits / (i + 1 + positives));
    }
    return best;
  }

  static double everywhereF1(List<Scan> scans, int formClass) {
    double share =
        Arrays.stream(pixels(scans, formClass)).mapToDouble(p -> p[3]).average().orElseThrow();
    return 2 * share / (1 + share);
  }

  /** Red, green and blue, each in [-0.5, 0.5], and 1 where the class is. */
  private static double[][] pixels(List<Scan> scans, int formClass) {
    int size = scans.get(0).width();
    double[][] pixels = new double[scans.size() * size * size][];
    for (int i = 0; i < pixels.length; i++) {
      Scan scan = scans.get(i / (size * size));
      int x = i % size;
      int y = i / size % size;
      pixels[i] =
          new double[] {
            scan.colour(x, y, 0) / 255.0 - 0.5,
            scan.colour(x, y, 1) / 255.0 - 0.5,
            scan.colour(x, y, 2) / 255.0 - 0.5,
            scan.is(x, y, formClass) ? 1 : 0
          };
    }
    return pixels;
  }
}

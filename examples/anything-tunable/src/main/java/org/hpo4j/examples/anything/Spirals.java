package org.hpo4j.examples.anything;

import java.util.SplittableRandom;
import org.hpo4j.djl.ArrayData;

/**
 * Points on two spirals: which one is a point on? A line tells no better than chance.
 *
 * @param points two coordinates of each point
 * @param arms 0 or 1 for each point
 */
record Spirals(ArrayData points, ArrayData arms) {
  private static final double TURNS = 2;
  private static final double NOISE = 0.04;

  /** Draws points, as many on one arm as on the other. */
  static Spirals draw(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] points = new float[2 * count];
    long[] arms = new long[count];
    for (int i = 0; i < count; i++) {
      arms[i] = i % 2;
      double radius = Math.sqrt(random.nextDouble());
      double angle = Math.PI * (2 * TURNS * radius + arms[i]);
      points[2 * i] = (float) (radius * Math.cos(angle) + NOISE * random.nextGaussian());
      points[2 * i + 1] = (float) (radius * Math.sin(angle) + NOISE * random.nextGaussian());
    }
    return new Spirals(ArrayData.of(points, count, 2), ArrayData.of(arms, count));
  }
}

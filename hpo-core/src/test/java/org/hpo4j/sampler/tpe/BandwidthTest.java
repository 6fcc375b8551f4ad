package org.hpo4j.sampler.tpe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BandwidthTest {

  private static final double FACTOR = 0.8;

  private static Bandwidth of(double... observations) {
    Bandwidth bandwidth = new Bandwidth(FACTOR);
    bandwidth.clear();
    Arrays.stream(observations).forEach(bandwidth::add);
    bandwidth.finish(observations.length);
    return bandwidth;
  }

  /** The definition, by sorting. */
  private static double bySorting(double[] observations, double x) {
    double[] sorted = Arrays.stream(observations).sorted().distinct().toArray();
    int place = Arrays.binarySearch(sorted, x);
    double left = place > 0 ? x - sorted[place - 1] : 0;
    double right = place < sorted.length - 1 ? sorted[place + 1] - x : 0;
    double gap = sorted.length == 1 ? Math.max(x, 1 - x) : Math.max(left, right);
    double least = Math.max(0.01, 1.0 / (observations.length + 1));
    return Math.min(1, Math.max(least, FACTOR * gap));
  }

  @Test
  void equalsTheDefinitionBySorting() {
    SplittableRandom random = new SplittableRandom(11);
    for (int n = 1; n < 300; n++) {
      // Half of the samples are clustered, and a tenth of the observations repeated.
      double spread = n % 2 == 0 ? 1 : 0.2;
      double[] x = random.doubles(n).map(u -> spread * u).toArray();
      for (int i = 1; i < n; i++) {
        x[i] = random.nextInt(10) == 0 ? x[i - 1] : x[i];
      }
      Bandwidth bandwidth = of(x);
      assertThat(Arrays.stream(x).map(bandwidth::width).toArray())
          .isEqualTo(Arrays.stream(x).map(at -> bySorting(x, at)).toArray());
    }
  }

  @Test
  void theEndsOfTheUnitIntervalAreLegal() {
    assertThat(of(0, 1).width(1)).isEqualTo(FACTOR);
    assertThat(of(0).width(0)).isEqualTo(FACTOR);
    assertThat(of(1, 1).width(1)).isEqualTo(FACTOR);
  }

  @Test
  void tellsWhenAnEarlierObservationHasAnotherWidth() {
    SplittableRandom random = new SplittableRandom(12);
    for (int study = 0; study < 20; study++) {
      double spread = random.nextDouble(0.05, 1);
      double[] x = random.doubles(400).map(u -> spread * u).toArray();
      Bandwidth bandwidth = new Bandwidth(FACTOR);
      double[] widths = {};
      for (int n = 1; n <= x.length; n++) {
        bandwidth.add(x[n - 1]);
        boolean changed = bandwidth.finish(n);
        double[] now = Arrays.stream(x, 0, n).map(bandwidth::width).toArray();
        assertThat(changed || Arrays.equals(Arrays.copyOf(now, n - 1), widths)).isTrue();
        widths = now;
      }
    }
  }
}

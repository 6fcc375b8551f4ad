package org.hpo4j.examples.unet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedTilesTest {
  private static final double TOO_EASY = 0.6;
  private static final TileSplit TILES = GeneratedTiles.of(11, 64, 60, 30);

  @Test
  void noThresholdOfAColourFindsTheBuildings() {
    for (double[] weights :
        new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 1}, {1, -1, 0}, {-1, 2, -1}}) {
      assertThat(bestF1(TILES.test(), weights)).isLessThan(TOO_EASY);
      assertThat(bestF1(TILES.test(), new double[] {-weights[0], -weights[1], -weights[2]}))
          .isLessThan(TOO_EASY);
    }
  }

  @Test
  void noLinearClassifierOfPixelsFindsTheBuildings() {
    double[] weights = logisticRegression(TILES.train());
    // The threshold is chosen on the test tiles themselves: the most a linear classifier could get.
    double f1 = bestF1(TILES.test(), weights);
    assertThat(f1).isLessThan(TOO_EASY);
    assertThat(f1).as("better than calling everything a building").isGreaterThan(everywhereF1());
  }

  @Test
  void sameSeedGivesTheSamePixels() {
    Tile first = GeneratedTiles.of(5, 32, 2, 1).train().get(1);
    Tile second = GeneratedTiles.of(5, 32, 2, 1).train().get(1);
    Tile other = GeneratedTiles.of(6, 32, 2, 1).train().get(1);
    assertThat(pixels(first)).isEqualTo(pixels(second));
    assertThat(pixels(first)).isNotEqualTo(pixels(other));
  }

  @Test
  void partsShareNoTile() {
    TileSplit split = GeneratedTiles.of(5, 32, 4, 2);
    List<String> names = new ArrayList<>();
    List.of(split.train(), split.validation(), split.test())
        .forEach(tiles -> tiles.forEach(tile -> names.add(tile.name())));
    assertThat(names).doesNotHaveDuplicates().hasSize(8);
  }

  @Test
  void aSizeTooSmallIsRefused() {
    assertThatThrownBy(() -> GeneratedTiles.of(1, 16, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size is 16, must be at least 32");
  }

  private static List<Integer> pixels(Tile tile) {
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < tile.width() * tile.height(); i++) {
      for (int channel = 0; channel < 3; channel++) {
        values.add(tile.colour(i % tile.width(), i / tile.width(), channel));
      }
      values.add(tile.label(i % tile.width(), i / tile.width()));
    }
    return values;
  }

  private static double everywhereF1() {
    double share =
        samples(TILES.test()).stream()
            .mapToInt(sample -> sample.building ? 1 : 0)
            .average()
            .orElse(0);
    return 2 * share / (1 + share);
  }

  private record Sample(double red, double green, double blue, boolean building) {
    double score(double[] weights) {
      return weights[0] * red + weights[1] * green + weights[2] * blue;
    }
  }

  private static List<Sample> samples(List<Tile> tiles) {
    List<Sample> samples = new ArrayList<>();
    for (Tile tile : tiles) {
      for (int i = 0; i < tile.width() * tile.height(); i++) {
        int x = i % tile.width();
        int y = i / tile.width();
        samples.add(
            new Sample(
                tile.colour(x, y, 0) / 255.0 - 0.5,
                tile.colour(x, y, 1) / 255.0 - 0.5,
                tile.colour(x, y, 2) / 255.0 - 0.5,
                tile.label(x, y) != Label.BACKGROUND));
      }
    }
    return samples;
  }

  /** The largest F1 over all thresholds: a building is where the score is above it. */
  private static double bestF1(List<Tile> tiles, double[] weights) {
    List<Sample> samples = samples(tiles);
    samples.sort(Comparator.comparingDouble((Sample s) -> s.score(weights)).reversed());
    double positives = samples.stream().filter(Sample::building).count();
    double hits = 0;
    double best = 0;
    for (int i = 0; i < samples.size(); i++) {
      hits += samples.get(i).building ? 1 : 0;
      best = Math.max(best, 2 * hits / (i + 1 + positives));
    }
    return best;
  }

  /**
   * Weights of the three channels, by gradient descent on the mean log-loss; the threshold is left
   * open.
   */
  private static double[] logisticRegression(List<Tile> tiles) {
    List<Sample> samples = samples(tiles);
    double[] w = new double[4];
    for (int step = 0; step < 200; step++) {
      double[] gradient = new double[4];
      for (int i = step % 16; i < samples.size(); i += 16) {
        Sample s = samples.get(i);
        double error = 1 / (1 + Math.exp(-(s.score(w) + w[3]))) - (s.building ? 1 : 0);
        gradient[0] += error * s.red;
        gradient[1] += error * s.green;
        gradient[2] += error * s.blue;
        gradient[3] += error;
      }
      for (int k = 0; k < 4; k++) {
        w[k] -= 20 * gradient[k] / (samples.size() / 16.0);
      }
    }
    return w;
  }
}

package org.hpo4j.examples.vessels.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankedPixelsTest {

  @Test
  void areasOfFourPixelsAreThoseWorkedOutByHand() {
    // Of the four pairs of a vessel and another, three are in order. By falling score: vessel,
    // other, vessel, other, so precision is 1 at recall 1/2 and 2/3 at recall 1.
    RankedPixels pixels = new RankedPixels();
    pixels.add(0.1f, false);
    pixels.add(0.4f, false);
    pixels.add(0.35f, true);
    pixels.add(0.8f, true);
    assertThat(pixels.curves(10).rocArea()).isEqualTo(0.75);
    assertThat(pixels.curves(10).averagePrecision()).isCloseTo(5.0 / 6, offset(1e-12));
  }

  @Test
  void pixelsOfEqualScoreCountHalf() {
    RankedPixels pixels = new RankedPixels();
    for (int i = 0; i < 6; i++) {
      pixels.add(0.5f, i < 2);
    }
    assertThat(pixels.curves(10).rocArea()).isEqualTo(0.5);
    assertThat(pixels.curves(10).averagePrecision()).isCloseTo(2.0 / 6, offset(1e-12));
  }

  @Test
  void perfectOrderHasAreasOfOneAndTheReverseNone() {
    RankedPixels right = new RankedPixels();
    RankedPixels wrong = new RankedPixels();
    for (int i = 0; i < 100; i++) {
      right.add(i / 100f, i >= 70);
      wrong.add(i / 100f, i < 30);
    }
    assertThat(right.curves(10).rocArea()).isEqualTo(1);
    assertThat(right.curves(10).averagePrecision()).isCloseTo(1, offset(1e-12));
    assertThat(wrong.curves(10).rocArea()).isZero();
  }

  @Test
  void theAreaIsTheShareOfPairsInOrder() {
    Random random = new Random(7);
    int n = 400;
    float[] scores = new float[n];
    boolean[] vessels = new boolean[n];
    RankedPixels pixels = new RankedPixels();
    for (int i = 0; i < n; i++) {
      vessels[i] = random.nextInt(5) == 0;
      // Rounded, so that there are ties.
      scores[i] = Math.round(20 * (0.6f * random.nextFloat() + (vessels[i] ? 0.3f : 0))) / 20f;
      pixels.add(scores[i], vessels[i]);
    }
    double ordered = 0;
    double pairs = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (vessels[i] && !vessels[j]) {
          pairs++;
          ordered += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    assertThat(pixels.curves(10).rocArea()).isCloseTo(ordered / pairs, offset(1e-12));
  }

  @Test
  void fewPointsOfACurveDoNotChangeItsArea() {
    Random random = new Random(3);
    RankedPixels pixels = new RankedPixels();
    for (int i = 0; i < 200_000; i++) {
      boolean vessel = random.nextInt(10) == 0;
      pixels.add((float) (1 / (1 + Math.exp(-random.nextGaussian() - (vessel ? 2 : 0)))), vessel);
    }
    RankedPixels.Curves few = pixels.curves(50);
    RankedPixels.Curves many = pixels.curves(5000);
    assertThat(few.rocArea()).isEqualTo(many.rocArea());
    assertThat(few.roc()).hasSizeBetween(20, 60);
    assertThat(few.roc().get(few.roc().size() - 1)).isEqualTo(new RankedPixels.Point(1, 1));
    assertThat(many.roc().size()).isGreaterThan(500);
  }

  @Test
  void oneKindOfPixelHasNoCurve() {
    RankedPixels pixels = new RankedPixels();
    pixels.add(0.5f, true);
    assertThatThrownBy(() -> pixels.curves(10)).hasMessageContaining("of 1 pixels 1 are vessels");
  }

  @Test
  void scoresThatAreNoProbabilitiesAreRefused() {
    assertThatThrownBy(() -> new RankedPixels().add(Float.NaN, true))
        .hasMessageContaining("score is NaN");
    assertThatThrownBy(() -> new RankedPixels().add(1.5f, true)).hasMessageContaining("1.5");
  }
}

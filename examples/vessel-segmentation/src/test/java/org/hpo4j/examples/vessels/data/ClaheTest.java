package org.hpo4j.examples.vessels.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaheTest {

  @Test
  void withoutClippingOneRegionIsOrdinaryEqualization() {
    // Sums of the histogram: 2 of 8 up to 10, 3 up to 20, 7 up to 30, 8 up to 200.
    byte[] grey = {10, 10, 20, 30, 30, 30, 30, (byte) 200};
    byte[] equalized = new Clahe(1, 1, 256).apply(grey, 8, 1);
    assertThat(unsigned(equalized)).containsExactly(64, 64, 96, 223, 223, 223, 223, 255);
  }

  @Test
  void aClipLimitOfOneLeavesTheContrastAsItIs() {
    byte[] grey = new byte[256 * 16];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) (80 + i % 40);
    }
    int[] equalized = unsigned(new Clahe(1, 1, 1).apply(grey, 256, 16));
    for (int i = 0; i < grey.length; i++) {
      assertThat(equalized[i]).isCloseTo(grey[i] & 0xFF, offset(1));
    }
  }

  @Test
  void theClipLimitBoundsHowSteepTheMappingIs() {
    // All pixels have one of two neighbouring values; a limit of 4 lets them be 4 steps apart.
    byte[] grey = new byte[64 * 64];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) (100 + i % 2);
    }
    int[] free = unsigned(new Clahe(1, 1, 256).apply(grey, 64, 64));
    int[] limited = unsigned(new Clahe(1, 1, 4).apply(grey, 64, 64));
    assertThat(free[1] - free[0]).isGreaterThan(100);
    assertThat(limited[1] - limited[0]).isBetween(3, 5);
  }

  @Test
  void clippingKeepsTheSumAndTheLimit() {
    int[] histogram = {1000, 3, 0, 0, 17, 0, 1, 3};
    int sum = IntStream.of(histogram).sum();
    Clahe.clip(histogram, 200);
    assertThat(IntStream.of(histogram).sum()).isEqualTo(sum);
    assertThat(IntStream.of(histogram).max()).hasValue(200);
    assertThat(histogram[4]).isGreaterThan(histogram[2]);
  }

  @Test
  void anEvenPictureStaysEvenAcrossTheBordersOfItsRegions() {
    byte[] grey = new byte[64 * 80];
    Arrays.fill(grey, (byte) 90);
    assertThat(unsigned(Clahe.ofDefaults().apply(grey, 64, 80)))
        .containsOnly(unsigned(Clahe.ofDefaults().apply(grey, 64, 80))[0]);
  }

  @Test
  void aSmoothRampHasNoJumpsBetweenRegions() {
    int width = 160;
    byte[] grey = new byte[width * 80];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) (40 + i % width);
    }
    int[] equalized = unsigned(new Clahe(8, 4, 2).apply(grey, width, 80));
    for (int x = 1; x < width; x++) {
      assertThat(Math.abs(equalized[x] - equalized[x - 1])).as("step at %d", x).isLessThan(12);
    }
  }

  @Test
  void localContrastThatLightHidesIsBroughtOut() {
    // The same faint stripes in a dark half and in a bright one.
    byte[] grey = new byte[128 * 64];
    for (int i = 0; i < grey.length; i++) {
      int x = i % 128;
      grey[i] = (byte) ((x < 64 ? 30 : 170) + (x % 8 < 4 ? 0 : 10));
    }
    int[] equalized = unsigned(new Clahe(2, 1, 8).apply(grey, 128, 64));
    // A region of 4096 pixels has bins of at most 128 and spreads 3840 over the other 254, 15 each:
    // ten steps of grey become 255 * (9 * 15 + 128) / 4096 = 16.
    assertThat(equalized[20] - equalized[18]).isBetween(15, 18);
    assertThat(equalized[116] - equalized[114]).isBetween(15, 18);
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatThrownBy(() -> new Clahe(0, 8, 2)).hasMessageContaining("regions are 0x8");
    assertThatThrownBy(() -> new Clahe(8, 8, 0.5)).hasMessageContaining("clipLimit is 0.5");
    assertThatThrownBy(() -> Clahe.ofDefaults().apply(new byte[16], 4, 4))
        .hasMessageContaining("at least 8x8 pixels");
  }

  private static int[] unsigned(byte[] bytes) {
    return IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xFF).toArray();
  }
}

package org.hpo4j.examples.flowers.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-4f);

  @Test
  void imageNetIsRedGreenBlueInDeviations() {
    float[] values = Normalization.IMAGENET.apply(twoPixels());
    // Channel by channel, the first pixel black.
    assertThat(values).hasSize(6);
    assertThat(values[0]).isCloseTo(-2.1179f, ROUNDING);
    assertThat(values[1]).isCloseTo((200 / 255f - 0.485f) / 0.229f, ROUNDING);
    assertThat(values[3]).isCloseTo((100 / 255f - 0.456f) / 0.224f, ROUNDING);
    assertThat(values[5]).isCloseTo((50 / 255f - 0.406f) / 0.225f, ROUNDING);
  }

  @Test
  void caffeIsBlueGreenRedLessTheMean() {
    float[] values = Normalization.CAFFE.apply(twoPixels());
    assertThat(values[0]).isCloseTo(-103.939f, ROUNDING);
    assertThat(values[1]).isCloseTo(50 - 103.939f, ROUNDING);
    assertThat(values[3]).isCloseTo(100 - 116.779f, ROUNDING);
    assertThat(values[5]).isCloseTo(200 - 123.68f, ROUNDING);
  }

  private static BufferedImage twoPixels() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 0, 200 << 16 | 100 << 8 | 50);
    return image;
  }
}

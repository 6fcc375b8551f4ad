package org.hpo4j.examples.flowers.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final int SIZE = 32;

  /** A picture of one colour, so that whatever lies outside of it would show. */
  private record Plain(int width, int height, Color colour) implements Picture {
    @Override
    public String name() {
      return "plain";
    }

    @Override
    public int label() {
      return 0;
    }

    @Override
    public BufferedImage pixels() {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          image.setRGB(x, y, colour.getRGB());
        }
      }
      return image;
    }
  }

  /** Red rises to the right, green downwards. */
  private static final class Ramp implements Picture {
    @Override
    public String name() {
      return "ramp";
    }

    @Override
    public int label() {
      return 0;
    }

    @Override
    public BufferedImage pixels() {
      BufferedImage image = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < 100; y++) {
        for (int x = 0; x < 200; x++) {
          image.setRGB(x, y, x << 16 | y << 8);
        }
      }
      return image;
    }
  }

  @Test
  void thePlainViewIsTheCentre() throws IOException {
    BufferedImage view = new Views(1, 50).image(new Ramp(), Views.PLAIN);
    // 0.875 of the short side of 100, around the centre (100, 50): 56.25 to 143.75, 6.25 to 93.75.
    assertThat(red(view, 0, 25)).isBetween(56, 58);
    assertThat(red(view, 49, 25)).isBetween(141, 144);
    assertThat(green(view, 25, 0)).isBetween(6, 8);
    assertThat(green(view, 25, 49)).isBetween(91, 94);
  }

  @Test
  void noViewLooksBeyondThePicture() throws IOException {
    Views views = new Views(1, SIZE);
    for (int number = 0; number < 100; number++) {
      BufferedImage view = views.image(new Plain(60, 90, new Color(100, 0, 0)), number);
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          assertThat(red(view, x, y)).as("view %d at %d, %d", number, x, y).isGreaterThan(70);
        }
      }
    }
  }

  @Test
  void aViewIsFixed() throws IOException {
    Picture flower = GeneratedFlowers.of(3, 5).pictures().get(0);
    assertThat(pixels(new Views(1, SIZE).image(flower, 4)))
        .isEqualTo(pixels(new Views(1, SIZE).image(flower, 4)))
        .isNotEqualTo(pixels(new Views(1, SIZE).image(flower, 5)))
        .isNotEqualTo(pixels(new Views(2, SIZE).image(flower, 4)));
  }

  @Test
  void someViewsAreMirrored() throws IOException {
    int mirrored = 0;
    for (int number = 1; number <= 100; number++) {
      BufferedImage view = new Views(1, SIZE).image(new Ramp(), number);
      mirrored += red(view, 2, 16) > red(view, 29, 16) ? 1 : 0;
    }
    assertThat(mirrored).isBetween(30, 70);
  }

  @Test
  void aLargePictureIsAveraged() throws IOException {
    Picture stripes =
        new Picture() {
          @Override
          public String name() {
            return "stripes";
          }

          @Override
          public int label() {
            return 0;
          }

          @Override
          public BufferedImage pixels() {
            BufferedImage image = new BufferedImage(512, 512, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 512; y++) {
              for (int x = 0; x < 512; x++) {
                image.setRGB(x, y, x % 2 == 0 ? 0xFF0000 : 0);
              }
            }
            return image;
          }
        };
    BufferedImage view = new Views(1, SIZE).image(stripes, Views.PLAIN);
    for (int x = 0; x < SIZE; x++) {
      assertThat(red(view, x, 16)).isBetween(120, 135);
    }
  }

  @Test
  void aCropOfAFewPixelsIsRefused() {
    assertThatThrownBy(() -> new Views(1, 4)).hasMessage("crop is 4 pixels, must be at least 8");
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, SIZE, SIZE, null, 0, SIZE);
  }

  private static int red(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) >> 16 & 0xFF;
  }

  private static int green(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) >> 8 & 0xFF;
  }
}

package org.hpo4j.examples.flowers.data;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hpo4j.math.KeyedRandom;

/**
 * Pictures drawn from a seed: one to three flowers of a class before leaves and sky. Classes share
 * their colours, so that form has to tell: there are white and yellow roses, daisies and tulips.
 */
public final class GeneratedFlowers {
  /** The classes, in the order of their labels. */
  public static final List<String> CLASSES = List.of("daisy", "roses", "sunflowers", "tulips");

  /** Counts of the classes relative to the largest, uneven as those of photographs. */
  private static final double[] SHARES = {0.8, 0.7, 0.75, 1};

  private GeneratedFlowers() {}

  /**
   * Returns a set of pictures; each is drawn when it is looked at.
   *
   * @param seed decides on every pixel
   * @param largestClass pictures of the largest class, at least 5
   */
  public static PictureSet of(long seed, int largestClass) {
    if (largestClass < 5) {
      throw new IllegalArgumentException(
          "pictures per class are " + largestClass + ", must be at least 5");
    }
    List<Picture> pictures = new ArrayList<>();
    for (int label = 0; label < CLASSES.size(); label++) {
      int count = (int) Math.round(SHARES[label] * largestClass);
      for (int i = 0; i < count; i++) {
        pictures.add(new Drawn("%s-%04d".formatted(CLASSES.get(label), i), label, seed));
      }
    }
    String digest = HexFormat.of().toHexDigits(seed) + HexFormat.of().toHexDigits(largestClass);
    return new PictureSet(CLASSES, pictures, 0, digest.repeat(3).substring(0, 64));
  }

  private record Drawn(String name, int label, long seed) implements Picture {
    @Override
    public BufferedImage pixels() {
      return FlowerPainter.paint(label, KeyedRandom.of(seed, 0, "flower/" + name));
    }
  }
}

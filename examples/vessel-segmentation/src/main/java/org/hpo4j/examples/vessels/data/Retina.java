package org.hpo4j.examples.vessels.data;

/**
 * A photograph as a network sees it: grey, evened out, with the field of view outside which nothing
 * is measured.
 */
public final class Retina {
  private static final double GAMMA = 1.2;

  private final Photograph photograph;
  private final float[] grey;
  private final boolean[] inside;
  private final double mean;
  private final double deviation;

  /**
   * Wraps the arrays without a copy.
   *
   * @param grey a value in [0, 1] a pixel, row by row
   * @param inside whether a pixel is in the field of view
   */
  Retina(Photograph photograph, float[] grey, boolean[] inside) {
    this.photograph = photograph;
    this.grey = grey;
    this.inside = inside;
    double sum = 0;
    double squares = 0;
    int pixels = 0;
    for (int i = 0; i < grey.length; i++) {
      if (inside[i]) {
        sum += grey[i];
        squares += (double) grey[i] * grey[i];
        pixels++;
      }
    }
    mean = pixels == 0 ? 0 : sum / pixels;
    double variance = pixels == 0 ? 0 : squares / pixels - mean * mean;
    // A field of one grey has nothing to scale.
    deviation = variance > 1e-9 ? Math.sqrt(variance) : 1;
  }

  /**
   * Prepares a photograph: luma by Rec. 601 ({@code 0.299 R + 0.587 G + 0.114 B}), contrast-limited
   * adaptive histogram equalization over 8x8 regions with clip limit 2, then {@code grey ^ (1 /
   * 1.2)}.
   */
  public static Retina of(Photograph photograph) {
    int pixels = photograph.width() * photograph.height();
    byte[] luma = new byte[pixels];
    for (int i = 0; i < pixels; i++) {
      double value =
          0.299 * photograph.colour(i, 0)
              + 0.587 * photograph.colour(i, 1)
              + 0.114 * photograph.colour(i, 2);
      luma[i] = (byte) Math.round(value);
    }
    byte[] even = Clahe.ofDefaults().apply(luma, photograph.width(), photograph.height());
    float[] grey = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      grey[i] = (float) Math.pow((even[i] & 0xFF) / 255.0, 1 / GAMMA);
    }
    return new Retina(photograph, grey, FieldOfView.of(photograph));
  }

  /** Returns the photograph that this was prepared from. */
  public Photograph photograph() {
    return photograph;
  }

  /** Returns where the photograph came from. */
  public String name() {
    return photograph.name();
  }

  /** Returns the width in pixels. */
  public int width() {
    return photograph.width();
  }

  /** Returns the height in pixels. */
  public int height() {
    return photograph.height();
  }

  /** Returns the grey value in [0, 1] of the pixel {@code y * width + x}. */
  public float grey(int pixel) {
    return grey[pixel];
  }

  /**
   * Returns what a network is given for a pixel: its grey value less the mean of the field of view,
   * divided by the standard deviation there.
   */
  public float input(int pixel) {
    return (float) ((grey[pixel] - mean) / deviation);
  }

  /** Returns whether the pixel is in the field of view. */
  public boolean isInside(int pixel) {
    return inside[pixel];
  }

  /** Returns whether a grader called the pixel a vessel. */
  public boolean isVessel(int pixel) {
    return photograph.isVessel(pixel);
  }
}

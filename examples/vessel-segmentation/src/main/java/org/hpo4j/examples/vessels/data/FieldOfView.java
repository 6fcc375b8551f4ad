package org.hpo4j.examples.vessels.data;

import java.util.function.IntPredicate;

/**
 * The disc that the camera lit, derived by a threshold.
 *
 * <p>The border around it is black but for the noise of compression, while the disc is bright in
 * red even where it is darkest: a pixel is lit where its largest colour value is at least {@value
 * #THRESHOLD}. Of the lit pixels the largest area whose pixels touch by their sides is kept, and
 * holes in it, such as a dark haemorrhage, are filled.
 */
final class FieldOfView {
  static final int THRESHOLD = 20;

  private final int width;
  private final int height;
  private final int[] stack;

  private FieldOfView(int width, int height) {
    this.width = width;
    this.height = height;
    stack = new int[width * height];
  }

  /** Returns for each pixel whether it is inside; none is where no pixel is lit. */
  static boolean[] of(Photograph photograph) {
    int pixels = photograph.width() * photograph.height();
    boolean[] lit = new boolean[pixels];
    for (int i = 0; i < pixels; i++) {
      int brightest =
          Math.max(
              photograph.colour(i, 0), Math.max(photograph.colour(i, 1), photograph.colour(i, 2)));
      lit[i] = brightest >= THRESHOLD;
    }
    return new FieldOfView(photograph.width(), photograph.height()).disc(lit);
  }

  private boolean[] disc(boolean[] lit) {
    int[] area = new int[lit.length];
    int areas = 0;
    int largest = 0;
    int largestSize = 0;
    for (int i = 0; i < lit.length; i++) {
      if (lit[i] && area[i] == 0) {
        areas++;
        int size = flood(i, areas, area, pixel -> lit[pixel]);
        if (size > largestSize) {
          largest = areas;
          largestSize = size;
        }
      }
    }
    if (largest == 0) {
      return new boolean[lit.length];
    }
    return filled(area, largest);
  }

  /** Everything that can't be reached from the picture's edge without crossing the area. */
  private boolean[] filled(int[] area, int wanted) {
    int[] outside = new int[area.length];
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        boolean edge = x == 0 || y == 0 || x == width - 1 || y == height - 1;
        int pixel = y * width + x;
        if (edge && area[pixel] != wanted && outside[pixel] == 0) {
          flood(pixel, 1, outside, other -> area[other] != wanted);
        }
      }
    }
    boolean[] inside = new boolean[area.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = outside[i] == 0;
    }
    return inside;
  }

  /** Marks all that hangs together with a pixel and returns how much it is. */
  private int flood(int start, int mark, int[] marks, IntPredicate belongs) {
    int top = 0;
    int size = 0;
    stack[top++] = start;
    marks[start] = mark;
    while (top > 0) {
      int pixel = stack[--top];
      size++;
      int x = pixel % width;
      int[] neighbours = {
        x > 0 ? pixel - 1 : -1,
        x < width - 1 ? pixel + 1 : -1,
        pixel - width,
        pixel + width < width * height ? pixel + width : -1
      };
      for (int neighbour : neighbours) {
        if (neighbour >= 0 && marks[neighbour] == 0 && belongs.test(neighbour)) {
          marks[neighbour] = mark;
          stack[top++] = neighbour;
        }
      }
    }
    return size;
  }
}

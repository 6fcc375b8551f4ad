package org.hpo4j.examples.documents.data;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A form while it is drawn: a layer of ink for each way in which ink comes onto paper, and the
 * masks. Everything is turned by the skew with which the form lies on the scanner.
 */
final class Sheet {
  /** Where ink comes from; what is on several layers is darker. */
  enum Layer {
    /** The other side, that shines through. */
    BACK,
    PRINT,
    STAMP,
    PEN
  }

  private final int size;
  private final double unit;
  private final int classes;
  private final AffineTransform skew;
  private final Map<Layer, BufferedImage> layers = new EnumMap<>(Layer.class);
  private final List<Rectangle2D> taken = new ArrayList<>();
  private final int[] masks;

  /**
   * A blank sheet.
   *
   * @param size height and width in pixels
   * @param unit height of a printed capital in pixels
   * @param classes how many of {@link FormClass} there are
   * @param skew angle in radians
   */
  Sheet(int size, double unit, int classes, double skew) {
    this.size = size;
    this.unit = unit;
    this.classes = classes;
    this.skew = AffineTransform.getRotateInstance(skew, size / 2.0, size / 2.0);
    this.masks = new int[size * size];
    for (Layer layer : Layer.values()) {
      BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
      Graphics2D paint = image.createGraphics();
      paint.setColor(Color.WHITE);
      paint.fillRect(0, 0, size, size);
      paint.dispose();
      layers.put(layer, image);
    }
  }

  /** Returns height and width in pixels. */
  int size() {
    return size;
  }

  /** Returns the height of a printed capital in pixels. */
  double unit() {
    return unit;
  }

  /** Returns whether the study has the class. */
  boolean has(FormClass formClass) {
    return formClass.number() < classes;
  }

  /** Draws along a line of the given width in pixels. */
  void stroke(Layer layer, Shape line, double width, Color ink) {
    fill(
        layer,
        new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
            .createStrokedShape(line),
        ink);
  }

  void fill(Layer layer, Shape area, Color ink) {
    Graphics2D paint = layer(layer).createGraphics();
    paint.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    paint.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    paint.setColor(ink);
    paint.fill(skew.createTransformedShape(area));
    paint.dispose();
  }

  /** Adds an area to a class's mask. */
  void mark(FormClass formClass, Shape area) {
    if (!has(formClass)) {
      return;
    }
    Shape skewed = skew.createTransformedShape(area);
    Rectangle bounds = skewed.getBounds().intersection(new Rectangle(size, size));
    for (int y = bounds.y; y < bounds.y + bounds.height; y++) {
      for (int x = bounds.x; x < bounds.x + bounds.width; x++) {
        if (skewed.contains(x + 0.5, y + 0.5)) {
          masks[y * size + x] |= 1 << formClass.number();
        }
      }
    }
  }

  /** Reserves an area for print, unless some of it is taken. */
  boolean take(Rectangle2D area) {
    if (taken.stream().anyMatch(area::intersects)) {
      return false;
    }
    taken.add(area);
    return true;
  }

  /** Returns what print has taken so far. */
  List<Rectangle2D> taken() {
    return List.copyOf(taken);
  }

  BufferedImage layer(Layer layer) {
    return Objects.requireNonNull(layers.get(layer));
  }

  int[] masks() {
    return masks;
  }
}

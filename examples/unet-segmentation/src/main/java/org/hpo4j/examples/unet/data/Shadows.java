package org.hpo4j.examples.unet.data;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/**
 * The shadows of upright bodies. They are gathered before they are painted, since two shadows on
 * one place are no darker.
 */
final class Shadows {
  private static final Color SHADE = new Color(8, 10, 22);
  private static final float OPACITY = 0.53f;

  private final BufferedImage layer;
  private final Graphics2D gather;
  private final double shadowX;
  private final double shadowY;

  /**
   * For a picture of a size, where the shadow of a body of height one ends at the given distance
   * from its foot.
   */
  Shadows(int size, double shadowX, double shadowY) {
    layer = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    gather = layer.createGraphics();
    gather.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    gather.setColor(SHADE);
    this.shadowX = shadowX;
    this.shadowY = shadowY;
  }

  /**
   * Adds the shadow of a body: its outline moved along the shadow, in steps of less than a pixel.
   */
  void add(Shape body, double height) {
    int steps = Math.max(1, (int) Math.ceil(height * Math.hypot(shadowX, shadowY) / 0.75));
    for (int i = 1; i <= steps; i++) {
      double part = height * i / steps;
      gather.fill(
          AffineTransform.getTranslateInstance(part * shadowX, part * shadowY)
              .createTransformedShape(body));
    }
  }

  void paint(Graphics2D paint) {
    gather.dispose();
    Composite before = paint.getComposite();
    paint.setComposite(AlphaComposite.SrcOver.derive(OPACITY));
    paint.drawImage(layer, 0, 0, null);
    paint.setComposite(before);
  }
}

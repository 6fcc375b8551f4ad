package org.hpo4j.examples.unet.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * How the weights of layers spread as they are trained: for each layer a row of histograms, the
 * first epoch at the back and the last in front.
 */
public final class RidgePlot {
  private static final int PANEL_WIDTH = 760;
  private static final int PANEL_HEIGHT = 420;
  private static final int MARGIN = 60;
  private static final int MOST_BINS = 60;
  private static final Color FIRST = new Color(0xC6, 0xDB, 0xEF);
  private static final Color LAST = new Color(0x08, 0x45, 0x94);

  private RidgePlot() {}

  /**
   * One layer.
   *
   * @param title stands above its histograms
   * @param epochs the layer's weights after each epoch, the first weights before; at least one
   */
  public record Layer(String title, List<float[]> epochs) {
    public Layer {
      epochs = List.copyOf(epochs);
      if (epochs.isEmpty()) {
        throw new IllegalArgumentException("'" + title + "' has no weights to show");
      }
    }
  }

  /**
   * Writes a PNG with two layers in a row.
   *
   * @param layers at least one
   * @param file with the ending {@code .png}
   */
  public static void write(List<Layer> layers, Path file) throws IOException {
    int rows = (layers.size() + 1) / 2;
    BufferedImage image =
        new BufferedImage(2 * PANEL_WIDTH, rows * PANEL_HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      for (int i = 0; i < layers.size(); i++) {
        Graphics2D panel =
            (Graphics2D)
                graphics.create(
                    i % 2 * PANEL_WIDTH, i / 2 * PANEL_HEIGHT, PANEL_WIDTH, PANEL_HEIGHT);
        draw(panel, layers.get(i));
        panel.dispose();
      }
    } finally {
      graphics.dispose();
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private static void draw(Graphics2D graphics, Layer layer) {
    double range = largest(layer.epochs());
    int count = layer.epochs().size();
    double[][] densities = new double[count][];
    double highest = 0;
    for (int epoch = 0; epoch < count; epoch++) {
      densities[epoch] = density(layer.epochs().get(epoch), range);
      highest = Math.max(highest, Arrays.stream(densities[epoch]).max().orElse(0));
    }
    double bottom = PANEL_HEIGHT - MARGIN;
    double top = MARGIN;
    // Half of the height is for the steps between epochs, half for the tallest histogram.
    double step = count == 1 ? 0 : (bottom - top) / 2 / (count - 1);
    double scale = (bottom - top) / 2 / highest;
    for (int epoch = 0; epoch < count; epoch++) {
      double base = bottom - step * (count - 1 - epoch);
      ridge(graphics, densities[epoch], base, scale, shade(epoch, count));
      label(graphics, epoch, count, base);
    }
    axis(graphics, range, bottom);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
    graphics.setColor(Color.BLACK);
    graphics.drawString(layer.title(), MARGIN, 32);
  }

  private static double largest(List<float[]> epochs) {
    double largest = 0;
    for (float[] weights : epochs) {
      for (float weight : weights) {
        largest = Math.max(largest, Math.abs(weight));
      }
    }
    return largest == 0 ? 1 : largest;
  }

  /** The share of the weights in each of the bins of [-range, range]: fewer where there are few. */
  private static double[] density(float[] weights, double range) {
    int bins = Math.max(10, Math.min(MOST_BINS, (int) Math.sqrt(weights.length)));
    double[] shares = new double[bins];
    for (float weight : weights) {
      int bin = (int) ((weight + range) / (2 * range) * bins);
      shares[Math.max(0, Math.min(bins - 1, bin))] += 1.0 / weights.length;
    }
    return shares;
  }

  private static void ridge(
      Graphics2D graphics, double[] shares, double base, double scale, Color color) {
    Path2D.Double outline = new Path2D.Double();
    outline.moveTo(MARGIN, base);
    for (int bin = 0; bin < shares.length; bin++) {
      outline.lineTo(x((bin + 0.5) / shares.length), base - scale * shares[bin]);
    }
    outline.lineTo(x(1), base);
    outline.closePath();
    graphics.setColor(color);
    graphics.fill(outline);
    graphics.setColor(Color.WHITE);
    graphics.setStroke(new BasicStroke(1.4f));
    graphics.draw(outline);
  }

  private static double x(double share) {
    return MARGIN + share * (PANEL_WIDTH - 2.5 * MARGIN);
  }

  private static Color shade(int epoch, int count) {
    double share = count == 1 ? 1 : (double) epoch / (count - 1);
    return new Color(
        mix(FIRST.getRed(), LAST.getRed(), share),
        mix(FIRST.getGreen(), LAST.getGreen(), share),
        mix(FIRST.getBlue(), LAST.getBlue(), share));
  }

  private static int mix(int first, int last, double share) {
    return (int) Math.round(first + share * (last - first));
  }

  private static void label(Graphics2D graphics, int epoch, int count, double base) {
    // More labels than that would touch each other.
    int every = Math.max(1, (count - 1 + 9) / 10);
    if (epoch % every != 0 && epoch != count - 1) {
      return;
    }
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    graphics.setColor(Color.DARK_GRAY);
    graphics.drawString("epoch " + epoch, (float) x(1) + 8, (float) base + 4);
  }

  private static void axis(Graphics2D graphics, double range, double bottom) {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    graphics.setColor(Color.DARK_GRAY);
    graphics.setStroke(new BasicStroke(1));
    graphics.draw(new Line2D.Double(x(0), bottom + 6, x(1), bottom + 6));
    for (int tick = -2; tick <= 2; tick++) {
      double at = x((tick + 2) / 4.0);
      graphics.draw(new Line2D.Double(at, bottom + 6, at, bottom + 11));
      String text = String.format(Locale.ROOT, "%.2f", tick * range / 2);
      int width = graphics.getFontMetrics().stringWidth(text);
      graphics.drawString(text, (float) at - width / 2f, (float) bottom + 28);
    }
  }
}

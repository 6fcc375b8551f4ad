package org.hpo4j.examples.documents.data;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.hpo4j.examples.documents.data.Sheet.Layer;

/** Lays a drawn sheet on paper and scans it: light, texture, wear, blur and noise. */
final class Scanner {
  private static final List<Color> PAPERS =
      List.of(
          new Color(250, 249, 245),
          new Color(244, 236, 214),
          new Color(226, 226, 222),
          new Color(222, 230, 240),
          new Color(226, 238, 222),
          new Color(246, 226, 222));

  private Scanner() {}

  static Scan scan(String name, Sheet sheet, Dice dice) {
    int size = sheet.size();
    double[][] channels = paper(size, dice);
    double shine = dice.between(0.7, 1.5);
    boolean shinesThrough = dice.chance(0.6);
    for (Layer layer : Layer.values()) {
      double[] strength = strength(layer, size, dice);
      if (layer == Layer.BACK && !shinesThrough) {
        continue;
      }
      for (int c = 0; c < 3; c++) {
        double[] light = transmitted(sheet.layer(layer), c);
        if (layer == Layer.BACK) {
          // Ink of the other side is blurred by the paper that it shines through.
          Noise.blur(light, size, shine);
        }
        for (int i = 0; i < light.length; i++) {
          channels[c][i] *= 1 - strength[i] * (1 - light[i]);
        }
      }
    }
    double sigma = dice.between(0.3, 0.75);
    double grain = dice.between(2, 7);
    for (double[] channel : channels) {
      Noise.blur(channel, size, sigma);
    }
    byte[] rgb = new byte[3 * size * size];
    for (int i = 0; i < size * size; i++) {
      double common = grain * dice.gaussian();
      for (int c = 0; c < 3; c++) {
        double value = channels[c][i] + common + 0.4 * grain * dice.gaussian();
        rgb[3 * i + c] = (byte) Math.round(Math.min(255, Math.max(0, value)));
      }
    }
    return new Scan(name, size, size, rgb, sheet.masks());
  }

  /** How much of its ink a layer has at each pixel: pens and stamps are uneven. */
  private static double[] strength(Layer layer, int size, Dice dice) {
    double[] wear = Noise.smooth(dice, size, size / 5.0);
    double least =
        switch (layer) {
          case BACK -> 0.12;
          case PRINT -> 0.75;
          case STAMP -> 0.45;
          case PEN -> 0.7;
        };
    double range =
        switch (layer) {
          case BACK -> 0.2;
          case PRINT, PEN -> 0.3;
          case STAMP -> 0.5;
        };
    for (int i = 0; i < wear.length; i++) {
      wear[i] = Math.min(1, least + range * wear[i]);
    }
    return wear;
  }

  private static double[] transmitted(BufferedImage layer, int channel) {
    int size = layer.getWidth();
    int[] packed = layer.getRGB(0, 0, size, size, new int[size * size], 0, size);
    double[] light = new double[packed.length];
    for (int i = 0; i < packed.length; i++) {
      light[i] = ((packed[i] >> (8 * (2 - channel))) & 0xFF) / 255.0;
    }
    return light;
  }

  /** Paper of one colour, with clouds and fibres, unevenly lit, and perhaps folded. */
  private static double[][] paper(int size, Dice dice) {
    Color colour = dice.pick(PAPERS);
    double exposure = dice.between(0.82, 1.02);
    double[] clouds = Noise.smooth(dice, size, size / 4.0);
    double[] fibres = Noise.smooth(dice, size, 2.2);
    double slopeX = dice.between(-0.1, 0.1);
    double slopeY = dice.between(-0.1, 0.1);
    double fold = dice.chance(0.35) ? dice.between(0.2, 0.8) * size : -10;
    double depth = dice.between(0.05, 0.16);
    boolean across = dice.chance(0.5);
    double[][] channels = new double[3][size * size];
    for (int i = 0; i < size * size; i++) {
      int x = i % size;
      int y = i / size;
      double light =
          exposure
              * (1 + slopeX * ((double) x / size - 0.5) + slopeY * ((double) y / size - 0.5))
              * (0.95 + 0.08 * clouds[i])
              * (0.97 + 0.06 * fibres[i]);
      double distance = (across ? y : x) - fold;
      light *= 1 - depth * Math.exp(-distance * distance / 1.5);
      channels[0][i] = light * colour.getRed();
      channels[1][i] = light * colour.getGreen();
      channels[2][i] = light * colour.getBlue();
    }
    return channels;
  }
}

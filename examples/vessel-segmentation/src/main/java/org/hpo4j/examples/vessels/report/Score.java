package org.hpo4j.examples.vessels.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.examples.vessels.data.Retina;

/**
 * How one trained network did on some photographs, inside their fields of view.
 *
 * @param curves areas and curves over all thresholds
 * @param confusion where a pixel is called a vessel from a probability of 0.5 on
 */
public record Score(RankedPixels.Curves curves, Confusion confusion) {
  private static final int CURVE_POINTS = 200;

  /** From this probability on a pixel is called a vessel. */
  public static final float THRESHOLD = 0.5f;

  /**
   * Scores probability maps.
   *
   * @param retinas what they are of
   * @param maps a probability a pixel, in the order of the photographs
   */
  public static Score of(List<Retina> retinas, List<float[]> maps) {
    RankedPixels pixels = new RankedPixels();
    long[] counts = new long[4];
    for (int i = 0; i < retinas.size(); i++) {
      Retina retina = retinas.get(i);
      float[] map = maps.get(i);
      for (int pixel = 0; pixel < map.length; pixel++) {
        if (retina.isInside(pixel)) {
          boolean vessel = retina.isVessel(pixel);
          pixels.add(map[pixel], vessel);
          counts[(vessel ? 0 : 1) + (map[pixel] >= THRESHOLD ? 0 : 2)]++;
        }
      }
    }
    return new Score(
        pixels.curves(CURVE_POINTS), new Confusion(counts[0], counts[1], counts[2], counts[3]));
  }

  /** Returns the score as a study keeps it. */
  public Map<String, Object> toAttribute() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("roc_auc", curves.rocArea());
    map.put("average_precision", curves.averagePrecision());
    map.put("tp", confusion.tp());
    map.put("fp", confusion.fp());
    map.put("fn", confusion.fn());
    map.put("tn", confusion.tn());
    map.put("roc", plain(curves.roc()));
    map.put("precision_recall", plain(curves.precisionRecall()));
    return map;
  }

  private static List<Object> plain(List<RankedPixels.Point> points) {
    List<Object> plain = new ArrayList<>();
    points.forEach(point -> plain.add(List.of(point.x(), point.y())));
    return plain;
  }

  /** Returns the score that {@link #toAttribute} stands for. */
  public static Score ofAttribute(Map<?, ?> map) {
    return new Score(
        new RankedPixels.Curves(
            number(map, "roc_auc").doubleValue(),
            number(map, "average_precision").doubleValue(),
            points(map, "roc"),
            points(map, "precision_recall")),
        new Confusion(
            number(map, "tp").longValue(),
            number(map, "fp").longValue(),
            number(map, "fn").longValue(),
            number(map, "tn").longValue()));
  }

  private static Number number(Map<?, ?> map, String key) {
    if (map.get(key) instanceof Number number) {
      return number;
    }
    throw new IllegalArgumentException("not a score, no number " + key + ": " + map.keySet());
  }

  private static List<RankedPixels.Point> points(Map<?, ?> map, String key) {
    List<RankedPixels.Point> points = new ArrayList<>();
    if (map.get(key) instanceof List<?> list) {
      for (Object point : list) {
        List<?> pair = (List<?>) point;
        points.add(
            new RankedPixels.Point(
                ((Number) pair.get(0)).doubleValue(), ((Number) pair.get(1)).doubleValue()));
      }
    }
    return points;
  }
}

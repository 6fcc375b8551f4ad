package org.hpo4j.examples.unet.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hpo4j.examples.unet.data.Label;

/**
 * How one trained network did on the test tiles.
 *
 * @param loss mean cross-entropy of a pixel
 * @param f1 by class, in the order of {@link Label}
 * @param buildingIou of footprints
 */
public record Score(double loss, List<Double> f1, double buildingIou) {

  public Score {
    f1 = List.copyOf(f1);
    if (f1.size() != Label.COUNT) {
      throw new IllegalArgumentException("got " + f1 + ", needs the F1 of " + Label.COUNT);
    }
  }

  /** Returns the score of counted pixels. */
  public static Score of(double loss, Confusion confusion) {
    List<Double> f1 = new ArrayList<>();
    for (int label = 0; label < Label.COUNT; label++) {
      f1.add(confusion.f1(label));
    }
    return new Score(loss, f1, confusion.buildingIou());
  }

  /** Returns the score as a study keeps it. */
  public Map<String, Object> toAttribute() {
    return Map.of("loss", loss, "f1", f1, "building_iou", buildingIou);
  }

  /** Returns the score that {@link #toAttribute} stands for. */
  public static Score ofAttribute(Object attribute) {
    if (attribute instanceof Map<?, ?> map
        && map.get("loss") instanceof Number loss
        && map.get("building_iou") instanceof Number iou
        && map.get("f1") instanceof List<?> list) {
      List<Double> f1 = new ArrayList<>();
      list.forEach(value -> f1.add(((Number) value).doubleValue()));
      return new Score(loss.doubleValue(), f1, iou.doubleValue());
    }
    throw new IllegalArgumentException("not a score: " + attribute);
  }
}

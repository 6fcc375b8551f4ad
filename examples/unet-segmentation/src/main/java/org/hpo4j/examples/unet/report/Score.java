package org.hpo4j.examples.unet.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.examples.unet.data.Label;

/**
 * How one trained network did on the test tiles.
 *
 * @param loss mean cross-entropy of a pixel
 * @param f1 by class, in the order of {@link Label}
 * @param buildingIou of footprints
 * @param confusion pixels by true class, in rows, and predicted class
 */
public record Score(double loss, List<Double> f1, double buildingIou, List<List<Long>> confusion) {

  public Score {
    f1 = List.copyOf(f1);
    confusion = confusion.stream().map(List::copyOf).toList();
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
    return new Score(loss, f1, confusion.buildingIou(), confusion.counts());
  }

  /** Returns the score as a study keeps it. */
  public Map<String, Object> toAttribute() {
    // In one order: that of Map.of differs from process to process, and so would files.
    Map<String, Object> attribute = new LinkedHashMap<>();
    attribute.put("loss", loss);
    attribute.put("f1", f1);
    attribute.put("building_iou", buildingIou);
    attribute.put("confusion", confusion);
    return attribute;
  }

  /**
   * Returns the score that {@link #toAttribute} stands for; empty where one of its fields is
   * missing, as in the studies of earlier versions.
   */
  public static Optional<Score> ofAttribute(Object attribute) {
    if (attribute instanceof Map<?, ?> map
        && map.get("loss") instanceof Number loss
        && map.get("building_iou") instanceof Number iou
        && map.get("f1") instanceof List<?> f1
        && map.get("confusion") instanceof List<?> confusion) {
      List<List<Long>> counts = new ArrayList<>();
      for (Object row : confusion) {
        counts.add(numbers(row).stream().map(Number::longValue).toList());
      }
      return Optional.of(
          new Score(
              loss.doubleValue(),
              numbers(f1).stream().map(Number::doubleValue).toList(),
              iou.doubleValue(),
              counts));
    }
    return Optional.empty();
  }

  private static List<Number> numbers(Object list) {
    List<Number> numbers = new ArrayList<>();
    for (Object value : (List<?>) list) {
      numbers.add((Number) value);
    }
    return numbers;
  }
}

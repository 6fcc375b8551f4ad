package org.hpo4j.examples.vessels;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.examples.vessels.report.Score;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;

/**
 * A network that was trained afresh and scored on the test photographs.
 *
 * @param score of the test photographs
 * @param slopes learned slopes by layer
 * @param parameters number of trainable parameters
 * @param maps probability maps by photograph, as pictures: white is 1
 */
record Retrained(
    Score score, Map<String, List<Double>> slopes, long parameters, Map<String, Path> maps) {
  static final String SCORE = "test_score";
  static final String SLOPES = "slopes";
  static final String PARAMETERS = "parameters";

  /** Reads what a retraining has kept with its trial. */
  static Retrained of(Study study, FrozenTrial trial, List<String> photographs) {
    Map<String, Path> maps = new LinkedHashMap<>();
    for (String name : photographs) {
      study.artifact(trial.number(), name + ".png").ifPresent(path -> maps.put(name, path));
    }
    Map<String, Object> kept = trial.attributes();
    if (kept.get(SCORE) instanceof Map<?, ?> score
        && kept.get(SLOPES) instanceof List<?> slopes
        && kept.get(PARAMETERS) instanceof Number parameters) {
      return new Retrained(Score.ofAttribute(score), slopes(slopes), parameters.longValue(), maps);
    }
    throw new IllegalArgumentException(
        "trial %d of '%s' has no score: %s".formatted(trial.number(), study.name(), kept.keySet()));
  }

  private static Map<String, List<Double>> slopes(List<?> layers) {
    Map<String, List<Double>> slopes = new LinkedHashMap<>();
    for (Object layer : layers) {
      if (layer instanceof Map<?, ?> map && map.get("values") instanceof List<?> values) {
        slopes.put(
            String.valueOf(map.get("layer")),
            values.stream().map(value -> ((Number) value).doubleValue()).toList());
      }
    }
    return slopes;
  }

  /** Returns slopes as an attribute keeps them: a map would lose the order of layers. */
  static List<Object> attribute(Map<String, List<Double>> slopes) {
    return slopes.entrySet().stream()
        .map(entry -> attribute(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** In one order: that of {@code Map.of} differs from process to process, and so would files. */
  private static Object attribute(String layer, List<Double> values) {
    Map<String, Object> attribute = new LinkedHashMap<>();
    attribute.put("layer", layer);
    attribute.put("values", values);
    return attribute;
  }
}

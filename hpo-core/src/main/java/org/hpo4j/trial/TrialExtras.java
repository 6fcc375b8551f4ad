package org.hpo4j.trial;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What only some trials have. There may be hundreds of thousands of these, most with one report or
 * attribute, so that nothing is made before it is needed.
 */
final class TrialExtras {

  private Map<String, ReportSeries> reports = Map.of();
  private Map<String, Object> attributes = Map.of();
  private Map<String, Object> systemAttributes = Map.of();
  private Outcome.@Nullable Failed failure;

  // ---- Writing ----

  void report(String metric, int step, double value) {
    ReportSeries series = reports.get(metric);
    if (series == null) {
      series = new ReportSeries();
      reports = put(reports, metric, series);
    }
    series.put(step, value);
  }

  void clearReports() {
    reports = Map.of();
  }

  void setAttribute(String key, Object value) {
    attributes = put(attributes, key, value);
  }

  void removeAttribute(String key) {
    if (attributes.containsKey(key)) {
      Map<String, Object> others = new LinkedHashMap<>(attributes);
      others.remove(key);
      attributes = others;
    }
  }

  void setSystemAttribute(String key, Object value) {
    systemAttributes = put(systemAttributes, key, value);
  }

  void setFailure(Outcome.Failed failed) {
    failure = failed;
  }

  /** The map with one more entry; a map of one entry is replaced, a larger one is changed. */
  private static <V> Map<String, V> put(Map<String, V> map, String key, V value) {
    if (map.size() > 1) {
      map.put(key, value);
      return map;
    }
    if (map.isEmpty() || map.containsKey(key)) {
      return Collections.singletonMap(key, value);
    }
    Map<String, V> larger = new LinkedHashMap<>(map);
    larger.put(key, value);
    return larger;
  }

  // ---- Reading ----

  ReportSeries reports(String metric) {
    return reports.getOrDefault(metric, ReportSeries.EMPTY);
  }

  /** All reports by metric, in the order in which the metrics came. */
  Map<String, List<Report>> reports() {
    Map<String, List<Report>> all = new LinkedHashMap<>();
    reports.forEach((metric, series) -> all.put(metric, series.toList()));
    return all;
  }

  Map<String, Object> attributes() {
    return attributes;
  }

  Optional<Object> systemAttribute(String key) {
    return Optional.ofNullable(systemAttributes.get(key));
  }

  Optional<Outcome.Failed> failure() {
    return Optional.ofNullable(failure);
  }
}

package org.hpo4j.storage.optuna;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.json.Json;
import org.hpo4j.trial.TrialState;
import org.jspecify.annotations.Nullable;

/** A trial as it is read, made from what is written. */
final class TemplateRecord implements TrialRecord {

  private final TrialTemplate template;
  private final String owner;
  private final Optional<Instant> started;
  private final String[] names;

  TemplateRecord(TrialTemplate template, String owner, Optional<Instant> started) {
    this.template = template;
    this.owner = owner;
    this.started = started;
    this.names = template.parameters().keySet().toArray(new String[0]);
  }

  @Override
  public TrialState trialState() {
    return template.state();
  }

  @Override
  public String owner() {
    return owner;
  }

  @Override
  public Optional<Instant> started() {
    return started;
  }

  @Override
  public Optional<Instant> completed() {
    return template.completed();
  }

  @Override
  public List<Double> values() {
    return template.values().orElse(List.of());
  }

  @Override
  public int parameterCount() {
    return names.length;
  }

  @Override
  public String parameterName(int index) {
    return names[index];
  }

  @Override
  public double parameterValue(int index) {
    return value(template.parameters(), index).doubleValue();
  }

  @Override
  public String distribution(int index) {
    return value(template.distributions(), index);
  }

  private <T> T value(Map<String, T> values, int index) {
    T value = values.get(names[index]);
    if (value == null) {
      throw new IllegalArgumentException("parameter '" + names[index] + "' has no value");
    }
    return value;
  }

  @Override
  public Map<Integer, Double> intermediateValues() {
    Map<Integer, Double> reports = new LinkedHashMap<>();
    template.intermediateValues().forEach((step, v) -> reports.put(Integer.valueOf(step), v));
    return reports;
  }

  @Override
  public Map<String, @Nullable Object> userAttributes() {
    return plain(template.userAttributes());
  }

  @Override
  public Map<String, @Nullable Object> systemAttributes() {
    return plain(template.systemAttributes());
  }

  /** A copy with JSON's types alone. */
  private static Map<String, @Nullable Object> plain(Map<String, Object> attributes) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    if (!attributes.isEmpty()
        && Json.parse(Json.write(attributes)).orElseThrow() instanceof Map<?, ?> read) {
      read.forEach((key, value) -> plain.put(String.valueOf(key), value));
    }
    return plain;
  }
}

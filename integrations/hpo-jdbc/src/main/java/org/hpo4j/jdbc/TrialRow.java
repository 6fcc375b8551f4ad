package org.hpo4j.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hpo4j.storage.optuna.TrialRecord;
import org.hpo4j.trial.TrialState;
import org.jspecify.annotations.Nullable;

/** A trial as its rows tell of it. */
final class TrialRow implements TrialRecord {

  /** A value under a name. */
  record Parameter(String name, double value, String distribution) {}

  /** A value that need not be one. */
  record Attribute(String key, @Nullable Object value) {}

  final int id;
  final int number;
  final TrialState state;
  final Optional<Instant> started;
  final Optional<Instant> completed;
  final String owner;

  /** Counts what its worker has written. */
  final int changes;

  /** By the position of the row, which is the order in which values were chosen or set. */
  final Map<Integer, Parameter> rows = new TreeMap<>();

  final Map<Integer, Double> values = new TreeMap<>();
  final Map<Integer, Double> intermediateValues = new TreeMap<>();
  final Map<Integer, Attribute> userRows = new TreeMap<>();
  final Map<Integer, Attribute> systemRows = new TreeMap<>();
  private final Map<String, @Nullable Object> userAttributes = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> systemAttributes = new LinkedHashMap<>();
  private List<Parameter> parameters = List.of();

  TrialRow(
      int id,
      int number,
      TrialState state,
      Optional<Instant> started,
      Optional<Instant> completed,
      String owner,
      int changes) {
    this.id = id;
    this.number = number;
    this.state = state;
    this.started = started;
    this.completed = completed;
    this.owner = owner;
    this.changes = changes;
  }

  /** The state of a column's word. */
  static TrialState state(String text) {
    return text.equals("FAIL") ? TrialState.FAILED : TrialState.valueOf(text);
  }

  /** The column's word of a state. */
  static String text(TrialState state) {
    return state == TrialState.FAILED ? "FAIL" : state.name();
  }

  /** To be called when all rows are in. */
  TrialRow complete() {
    parameters = new ArrayList<>(rows.values());
    userRows.values().forEach(row -> userAttributes.put(row.key(), row.value()));
    systemRows.values().forEach(row -> systemAttributes.put(row.key(), row.value()));
    return this;
  }

  @Override
  public TrialState trialState() {
    return state;
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
    return completed;
  }

  @Override
  public List<Double> values() {
    return new ArrayList<>(values.values());
  }

  @Override
  public int parameterCount() {
    return parameters.size();
  }

  @Override
  public String parameterName(int index) {
    return parameters.get(index).name();
  }

  @Override
  public double parameterValue(int index) {
    return parameters.get(index).value();
  }

  @Override
  public String distribution(int index) {
    return parameters.get(index).distribution();
  }

  @Override
  public Map<Integer, Double> intermediateValues() {
    return intermediateValues;
  }

  @Override
  public Map<String, @Nullable Object> userAttributes() {
    return userAttributes;
  }

  @Override
  public Map<String, @Nullable Object> systemAttributes() {
    return systemAttributes;
  }
}

package org.hpo4j.storage.optuna;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hpo4j.trial.TrialTable;
import org.jspecify.annotations.Nullable;

/**
 * Outcome constraints as Optuna 5 keeps them: each under its own name, {@code constraints:<name>}.
 * A study here has them in one order, that of its declaration, or of their first mention. One that
 * a trial does not tell counts as violated if it is declared, as everywhere here; if not, it holds,
 * as for Optuna.
 */
final class NamedConstraints {

  private static final String PREFIX = "constraints:";

  private final TrialTable table;
  private final Map<Integer, Map<String, Double>> byTrial = new HashMap<>();
  private final Set<String> declared = new LinkedHashSet<>();
  private final Set<String> names = new LinkedHashSet<>();

  NamedConstraints(TrialTable table) {
    this.table = table;
  }

  /** Takes in an attribute of the study, should it declare constraints. */
  void takeOfStudy(String key, @Nullable Object value) {
    if (key.equals(AttributeKeys.CONSTRAINTS) && value instanceof List<?> list) {
      declared.clear();
      list.forEach(name -> declared.add(String.valueOf(name)));
      byTrial.keySet().forEach(this::apply);
    }
  }

  /** Takes in an attribute of a trial, should it be a constraint's value. */
  void takeOfTrial(int number, String key, Object value) {
    if (key.startsWith(PREFIX) && value instanceof Number told) {
      String name = key.substring(PREFIX.length());
      double violation =
          Double.isNaN(told.doubleValue()) ? Double.POSITIVE_INFINITY : told.doubleValue();
      byTrial.computeIfAbsent(number, unused -> new LinkedHashMap<>()).put(name, violation);
      names.add(name);
      apply(number);
    }
  }

  /** A trial will start anew. */
  void forget(int number) {
    byTrial.remove(number);
  }

  private void apply(int number) {
    Map<String, Double> told = byTrial.getOrDefault(number, Map.of());
    List<Double> values = new ArrayList<>();
    declared.forEach(name -> values.add(told.getOrDefault(name, Double.POSITIVE_INFINITY)));
    for (String name : names) {
      if (!declared.contains(name)) {
        values.add(told.getOrDefault(name, 0.0));
      }
    }
    table.setSystemAttribute(number, TrialTable.CONSTRAINTS, values);
  }
}

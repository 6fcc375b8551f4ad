package org.hpo4j.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;

/** A trial's fidelity as named numbers, alike in the summary and in exports. */
final class FidelityFields {

  private static final List<String> NAMES =
      List.of("resource", "initial", "bracket", "round", "parent");

  private FidelityFields() {}

  /** The names of the columns; none if no trial has a fidelity. */
  static List<String> columns(List<FrozenTrial> trials) {
    return trials.stream().anyMatch(trial -> trial.fidelity().isPresent()) ? NAMES : List.of();
  }

  /** The fields that a trial has. */
  static Map<String, Integer> of(FrozenTrial trial) {
    Map<String, Integer> fields = new LinkedHashMap<>();
    trial.fidelity().ifPresent(fidelity -> put(fidelity, fields));
    return fields;
  }

  private static void put(Fidelity fidelity, Map<String, Integer> fields) {
    fields.put("resource", fidelity.resource());
    fields.put("initial", fidelity.initialResource());
    fields.put("bracket", fidelity.bracket());
    fields.put("round", fidelity.round());
    fidelity.parent().ifPresent(parent -> fields.put("parent", parent));
  }

  /** The cells of a row below some columns. */
  static List<String> cells(FrozenTrial trial, List<String> columns, String absent) {
    Map<String, Integer> fields = of(trial);
    return columns.stream()
        .map(name -> fields.containsKey(name) ? String.valueOf(fields.get(name)) : absent)
        .toList();
  }
}

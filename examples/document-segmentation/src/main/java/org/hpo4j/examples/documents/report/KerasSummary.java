package org.hpo4j.examples.documents.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hpo4j.space.CategoricalDomain;
import org.hpo4j.space.Domain;
import org.hpo4j.space.IntegerDomain;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;

/**
 * What Keras Tuner prints: {@code tuner.search_space_summary()} and {@code
 * tuner.results_summary()}.
 *
 * <p>Keras Tuner counts the brackets of an iteration down, hpo4j counts them up; here they are
 * numbered as in Keras Tuner.
 */
public final class KerasSummary {
  private static final int SHOWN = 10;

  private KerasSummary() {}

  /** Returns the ranges of a space whose domains are integers, booleans and choices. */
  public static String searchSpace(SearchSpace space) {
    List<String> lines = new ArrayList<>();
    lines.add("Search space summary");
    lines.add("Default search space size: " + space.parameters().size());
    for (Parameter<?> parameter : space.parameters()) {
      Domain<?> domain = parameter.domain();
      String value =
          parameter.defaultValue() instanceof Boolean flag
              ? python(flag)
              : domain.label(parameter.defaultCode());
      if (domain instanceof IntegerDomain range) {
        lines.add(parameter.name() + " (Int)");
        lines.add(
            "{'default': %s, 'conditions': [], 'min_value': %d, 'max_value': %d, 'step': %d, 'sampling': 'linear'}"
                .formatted(value, range.low(), range.high(), range.step()));
      } else if (domain instanceof CategoricalDomain<?> choice
          && choice.options().get(0) instanceof Boolean) {
        lines.add(parameter.name() + " (Boolean)");
        lines.add("{'default': %s, 'conditions': []}".formatted(value));
      } else if (domain instanceof CategoricalDomain<?> choice) {
        lines.add(parameter.name() + " (Choice)");
        lines.add(
            "{'default': %s, 'conditions': [], 'values': [%s], 'ordered': False}"
                .formatted(
                    "'" + value + "'",
                    choice.labels().stream()
                        .map(label -> "'" + label + "'")
                        .collect(Collectors.joining(", "))));
      } else {
        throw new IllegalArgumentException("Keras Tuner has no word for " + parameter);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /**
   * Returns the best trials, best first.
   *
   * @param folder where the results are
   * @param bracketsPerIteration of Hyperband; not used by other tuners' trials
   */
  public static String results(Study study, Path folder, int bracketsPerIteration) {
    boolean max = study.direction() == Direction.MAXIMIZE;
    List<String> lines = new ArrayList<>();
    lines.add("Results summary");
    lines.add("Results in " + folder);
    lines.add("Showing " + SHOWN + " best trials");
    lines.add(
        "Objective(name=\"%s\", direction=\"%s\")".formatted(study.metric(), max ? "max" : "min"));
    Comparator<FrozenTrial> byValue = Comparator.comparingDouble(FrozenTrial::value);
    study.trials().stream()
        .filter(trial -> trial.state() == TrialState.COMPLETE)
        .sorted(max ? byValue.reversed() : byValue)
        .limit(SHOWN)
        .forEach(trial -> lines.addAll(trial(trial, bracketsPerIteration)));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> trial(FrozenTrial trial, int bracketsPerIteration) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Trial " + id(trial.number()) + " summary");
    lines.add("Hyperparameters:");
    Map<String, String> values = new LinkedHashMap<>();
    for (Parameter<?> parameter : trial.configuration().parameters()) {
      values.put(parameter.name(), label(trial, parameter));
    }
    trial.fidelity().ifPresent(fidelity -> add(values, fidelity, bracketsPerIteration));
    values.forEach((name, value) -> lines.add(name + ": " + value));
    lines.add("Score: " + trial.value());
    return lines;
  }

  private static void add(Map<String, String> values, Fidelity fidelity, int brackets) {
    values.put("tuner/epochs", "" + fidelity.resource());
    values.put("tuner/initial_epoch", "" + fidelity.initialResource());
    values.put("tuner/bracket", "" + (brackets - 1 - fidelity.bracket() % brackets));
    values.put("tuner/round", "" + fidelity.round());
    fidelity.parent().ifPresent(parent -> values.put("tuner/trial_id", id(parent)));
  }

  private static String id(int number) {
    return String.format(Locale.ROOT, "%04d", number);
  }

  private static <T> String label(FrozenTrial trial, Parameter<T> parameter) {
    Object value = trial.get(parameter);
    return value instanceof Boolean flag
        ? python(flag)
        : parameter.domain().label(parameter.encode(value));
  }

  private static String python(boolean value) {
    return value ? "True" : "False";
  }
}

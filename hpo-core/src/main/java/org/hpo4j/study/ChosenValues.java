package org.hpo4j.study;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.trial.ParameterConflicts;

/** The values of a running trial. What was chosen never changes. */
final class ChosenValues {

  private final TrialLifecycle lifecycle;
  private final TrialStart start;
  private final Map<String, Choice> chosen = new LinkedHashMap<>();

  private record Choice(Parameter<?> parameter, double code) {}

  /** Those that a trial starts with. */
  ChosenValues(TrialLifecycle lifecycle, TrialStart start) {
    this.lifecycle = lifecycle;
    this.start = start;
    Configuration given = start.chosen();
    for (int i = 0; i < given.size(); i++) {
      Parameter<?> parameter = given.parameters().get(i);
      chosen.put(parameter.name(), new Choice(parameter, given.code(i)));
    }
  }

  /**
   * The code of the value that was chosen; NaN if none was.
   *
   * @throws IllegalArgumentException if it was chosen from another domain
   */
  double code(Parameter<?> parameter) {
    Choice choice = chosen.get(parameter.name());
    if (choice == null) {
      return Double.NaN;
    }
    ParameterConflicts.requireSameDomain(choice.parameter(), parameter);
    return choice.code();
  }

  /** Chooses a value: enqueued? Drawn jointly? Else one independent draw. */
  StudyChange.SetParameter choose(Parameter<?> parameter) {
    Optional<SearchSpace> space = start.context().space();
    if (space.isPresent()) {
      throw refusal(parameter, space.get());
    }
    Object enqueued = start.fixed().get(parameter.name());
    int index = start.joint().indexOf(parameter.name());
    double code;
    if (enqueued != null) {
      lifecycle.define(parameter, start);
      code = parameter.encode(enqueued);
    } else if (index >= 0) {
      lifecycle.define(parameter, start);
      ParameterConflicts.requireSameDomain(start.joint().parameters().get(index), parameter);
      code = start.joint().code(index);
    } else {
      code = lifecycle.sampleIndependent(parameter, start);
    }
    chosen.put(parameter.name(), new Choice(parameter, code));
    return new StudyChange.SetParameter(start.number(), parameter, code);
  }

  private IllegalArgumentException refusal(Parameter<?> parameter, SearchSpace space) {
    return new IllegalArgumentException(
        "parameter '"
            + parameter.name()
            + "' is not active in trial "
            + start.number()
            + ", whose values are "
            + configuration()
            + "; the declared space is\n"
            + space);
  }

  Configuration configuration() {
    Configuration.Builder values = Configuration.builder();
    chosen.values().forEach(choice -> values.put(choice.parameter(), choice.code()));
    return values.build();
  }

  /** The names of the enqueued values that the objective did not ask for. */
  Set<String> unusedOfEnqueued() {
    if (start.fixed().isEmpty()) {
      return Set.of();
    }
    Set<String> unused = new TreeSet<>(start.fixed().keySet());
    unused.removeAll(chosen.keySet());
    return unused;
  }
}

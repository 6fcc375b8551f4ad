package org.hpo4j.study;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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

  /** What was asked for, also where its value was refused. */
  private final Set<String> asked = new HashSet<>();

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
    asked.add(parameter.name());
    OptionalDouble enqueued = enqueued(parameter);
    int index = start.joint().indexOf(parameter.name());
    double code;
    if (enqueued.isPresent()) {
      code = enqueued.getAsDouble();
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

  /**
   * The code of the enqueued value; empty if there is none, or another program has enqueued one
   * that is not in the domain.
   *
   * @throws IllegalArgumentException if a user of this library has enqueued such a value
   */
  private OptionalDouble enqueued(Parameter<?> parameter) {
    Object value = start.fixed().get(parameter.name());
    if (value == null) {
      return OptionalDouble.empty();
    }
    lifecycle.define(parameter, start);
    if (lifecycle.wasEnqueuedHere(start.number())) {
      return OptionalDouble.of(parameter.encode(value));
    }
    OptionalDouble code = EnqueuedValues.code(parameter, value);
    if (code.isEmpty()) {
      EnqueuedValues.tellLeftOut(System.Logger.Level.WARNING, start.number(), parameter, value);
    }
    return code;
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
    unused.removeAll(asked);
    return unused;
  }
}

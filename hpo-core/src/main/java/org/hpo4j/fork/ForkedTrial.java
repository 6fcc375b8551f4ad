package org.hpo4j.fork;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.hpo4j.json.Json;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.optuna.DomainJson;
import org.hpo4j.trial.Device;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.ParameterConflicts;
import org.hpo4j.trial.Trial;

/** The trial as its own process sees it: what can change is asked of the study's process. */
final class ForkedTrial implements Trial {

  private final ParentLink link;
  private final TrialFacts facts;
  private final Deadline deadline;
  private final Map<String, Choice> chosen = new LinkedHashMap<>();
  private int streams;

  ForkedTrial(ParentLink link, TrialFacts facts) {
    this.link = link;
    this.facts = facts;
    this.deadline = new Deadline(facts.timeLeft());
    Configuration given = facts.configuration();
    for (int i = 0; i < given.size(); i++) {
      Parameter<?> parameter = given.parameters().get(i);
      chosen.put(parameter.name(), new Choice(parameter, given.code(i)));
    }
  }

  private record Choice(Parameter<?> parameter, double code) {}

  @Override
  public int number() {
    return facts.number();
  }

  @Override
  public Configuration configuration() {
    Configuration.Builder values = Configuration.builder();
    chosen.values().forEach(choice -> values.put(choice.parameter(), choice.code()));
    return values.build();
  }

  /** The study decides by the domain; which object an option is, only this process knows. */
  @Override
  public <T> T suggest(Parameter<T> parameter) {
    Choice choice = chosen.get(parameter.name());
    double code;
    if (choice == null) {
      Map<String, Object> call =
          Map.of(
              "call", "suggest",
              "name", parameter.name(),
              "domain", DomainJson.write(parameter));
      code = ((Number) link.call(call)).doubleValue();
    } else {
      ParameterConflicts.requireSameDomain(choice.parameter(), parameter);
      code = choice.code();
    }
    // Also in place of what came with the start, whose options are labels.
    chosen.put(parameter.name(), new Choice(parameter, code));
    return parameter.domain().decode(code);
  }

  @Override
  public List<Direction> directions() {
    return facts.directions();
  }

  @Override
  public Explanation why() {
    return facts.why();
  }

  @Override
  public Optional<Fidelity> fidelity() {
    return facts.fidelity();
  }

  @Override
  public Optional<Device> device() {
    return facts.device();
  }

  @Override
  public void report(int step, double value) {
    link.call(Map.of("call", "report", "step", step, "value", value));
  }

  @Override
  public void report(String metric, int step, double value) {
    link.call(Map.of("call", "report", "metric", metric, "step", step, "value", value));
  }

  @Override
  public boolean shouldPrune() {
    return (Boolean) link.call(Map.of("call", "shouldPrune"));
  }

  @Override
  public Optional<Duration> timeLeft() {
    return deadline.timeLeft();
  }

  @Override
  public RandomGenerator random(String purpose) {
    return new PipedRandom(link, purpose, streams++);
  }

  @Override
  public void constrain(String name, double value) {
    link.call(Map.of("call", "constrain", "name", name, "value", value));
  }

  @Override
  public void setAttribute(String key, Object value) {
    try {
      Json.write(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("attribute '" + key + "': " + e.getMessage(), e);
    }
    link.call(Map.of("call", "setAttribute", "key", key, "value", value));
  }

  @Override
  public void attach(String name, Path file) {
    link.call(Map.of("call", "attach", "name", name, "file", file.toAbsolutePath().toString()));
  }

  @Override
  public Optional<Path> parentArtifact(String name) {
    String file = (String) link.call(Map.of("call", "parentArtifact", "name", name));
    return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
  }

  @Override
  public String toString() {
    return "trial " + number() + " " + configuration();
  }
}

package org.hpo4j.study;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Trial;

/** A trial run again with the values and random numbers of the first time; records nothing. */
final class ReplayTrial implements Trial {

  private final SamplerContext context;
  private final List<Direction> directions;
  private final Configuration configuration;
  private final HyperParameters values;
  private final Optional<Fidelity> fidelity;
  private final BiFunction<Integer, String, Optional<Path>> artifact;

  /**
   * @param artifact finds a file of a trial
   */
  ReplayTrial(
      SamplerContext context,
      List<Direction> directions,
      FrozenTrial trial,
      BiFunction<Integer, String, Optional<Path>> artifact) {
    this.artifact = artifact;
    this.context = context;
    this.directions = directions;
    this.configuration = trial.configuration();
    this.values = HyperParameters.of(configuration);
    this.fidelity = trial.fidelity();
  }

  @Override
  public int number() {
    return context.trialNumber();
  }

  @Override
  public Configuration configuration() {
    return configuration;
  }

  @Override
  public <T> T suggest(Parameter<T> parameter) {
    return values.suggest(parameter);
  }

  @Override
  public List<Direction> directions() {
    return directions;
  }

  @Override
  public Explanation why() {
    return Explanation.of("rerun", "the values of trial " + number());
  }

  @Override
  public Optional<Fidelity> fidelity() {
    return fidelity;
  }

  @Override
  public void constrain(String name, double value) {
    // Recorded the first time.
  }

  @Override
  public void report(int step, double value) {
    // Recorded the first time.
  }

  @Override
  public void report(String metric, int step, double value) {
    // Recorded the first time.
  }

  @Override
  public boolean shouldPrune() {
    return false;
  }

  @Override
  public Optional<Duration> timeLeft() {
    return Optional.empty();
  }

  @Override
  public RandomGenerator random(String purpose) {
    return context.userRandom(purpose);
  }

  @Override
  public void setAttribute(String key, Object value) {
    // Recorded the first time.
  }

  @Override
  public void attach(String name, Path file) {
    // Kept the first time.
  }

  @Override
  public Optional<Path> parentArtifact(String name) {
    OptionalInt parent = fidelity.map(Fidelity::parent).orElse(OptionalInt.empty());
    return parent.isEmpty() ? Optional.empty() : artifact.apply(parent.getAsInt(), name);
  }
}

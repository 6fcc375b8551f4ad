package org.hpo4j.benchmarks.problems;

import java.util.function.ToDoubleFunction;
import org.hpo4j.math.KeyedRandom;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;

/**
 * A function to minimize over a search space.
 *
 * @param name a short name, unique among the problems
 * @param set the set that it belongs to
 * @param space where it is defined
 * @param minimum its lowest value over the space, without noise
 * @param noise the standard deviation of the normal noise on an observed value; 0 for none
 * @param function the value without noise
 */
public record Problem(
    String name,
    ProblemSet set,
    SearchSpace space,
    double minimum,
    double noise,
    ToDoubleFunction<Configuration> function) {

  private static final int FINGERPRINT_POINTS = 5;

  /** Checks the numbers. */
  public Problem {
    if (!Double.isFinite(minimum)) {
      throw new IllegalArgumentException(name + ": the minimum must be finite, got " + minimum);
    }
    if (!(noise >= 0) || Double.isInfinite(noise)) {
      throw new IllegalArgumentException(
          name + ": the noise must be finite and at least 0, got " + noise);
    }
  }

  /** The same function and space under another noise. */
  Problem withNoise(String newName, ProblemSet newSet, double newNoise) {
    return new Problem(newName, newSet, space, minimum, newNoise, function);
  }

  /** The value without noise. */
  public double value(Configuration configuration) {
    return function.applyAsDouble(configuration);
  }

  /** How far the value without noise lies above the minimum. */
  public double regret(Configuration configuration) {
    return value(configuration) - minimum;
  }

  /**
   * The value that a sampler is told. The noise depends on run and trial but not on the point, so
   * that all samplers meet the same.
   *
   * @param seed the number of the run
   * @param trial the number of the trial in the run, from 0
   */
  public double observed(Configuration configuration, long seed, int trial) {
    double value = value(configuration);
    return noise == 0 ? value : value + noise * KeyedNoise.gaussian(seed, trial);
  }

  /**
   * Regrets below it count as equal where ratios are taken: a hundredth of the noise; 1e-8 without
   * noise, the precision at which BBOB counts a function as solved.
   */
  public double resolution() {
    return noise == 0 ? 1e-8 : noise / 100;
  }

  /** A text that changes with the problem: its space, and its values at some points. */
  public String fingerprint() {
    StringBuilder text = new StringBuilder(space.describe()).append(minimum).append(' ');
    text.append(noise);
    for (int i = 0; i < FINGERPRINT_POINTS; i++) {
      var random = KeyedRandom.of(0, i, "fingerprint");
      text.append(' ').append(value(space.walk(p -> p.domain().fromUnit(random.nextDouble()))));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return name;
  }
}

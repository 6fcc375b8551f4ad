package org.hpo4j.benchmarks.problems;

import java.util.function.ToDoubleFunction;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;

/**
 * A function to minimize over a search space.
 *
 * @param name a short name, unique among the problems
 * @param space where it is defined
 * @param minimum its lowest value over the space, without noise
 * @param noise the standard deviation of the normal noise on an observed value; 0 for none
 * @param function the value without noise
 */
public record Problem(
    String name,
    SearchSpace space,
    double minimum,
    double noise,
    ToDoubleFunction<Configuration> function) {

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

  @Override
  public String toString() {
    return name;
  }
}

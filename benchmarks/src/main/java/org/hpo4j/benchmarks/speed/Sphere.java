package org.hpo4j.benchmarks.speed;

import java.util.List;
import java.util.stream.IntStream;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.gp.GpSampler;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.HyperParameters;

/**
 * The load of all speed measurements: ten uniform parameters in [-5, 5] and the sum of their
 * squares, which costs nothing. {@code speed.py} has the same for the peers.
 */
final class Sphere {

  static final int DIMENSIONS = 10;

  private static final List<String> NAMES =
      IntStream.range(0, DIMENSIONS).mapToObj(i -> "x" + i).toList();

  private Sphere() {}

  /** Asks for the parameters one by one, as a define-by-run objective does. */
  static double value(HyperParameters parameters) {
    double sum = 0;
    for (String name : NAMES) {
      double x = parameters.uniform(name, -5, 5);
      sum += x * x;
    }
    return sum;
  }

  /** A study in memory without trials; it learns its space, as the peers do. */
  static Study study(Sampler sampler) {
    return Study.named("sphere").minimize("value").sampler(sampler).seed(1).create();
  }

  /** Finished trials of a random search. */
  static List<FrozenTrial> randomTrials(int count) {
    Study study = study(RandomSampler.ofDefaults());
    study.optimize(Sphere::value, RunOptions.trials(count));
    return study.trials();
  }

  /** The sampler under the name that the tables give it. */
  static Sampler sampler(String name) {
    return switch (name) {
      case "random" -> RandomSampler.ofDefaults();
      case "tpe" -> TpeSampler.ofDefaults();
      case "gp" -> GpSampler.ofDefaults();
      default -> throw new IllegalArgumentException("no sampler '" + name + "'");
    };
  }
}

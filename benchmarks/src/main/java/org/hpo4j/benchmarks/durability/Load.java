package org.hpo4j.benchmarks.durability;

import static org.hpo4j.space.Parameters.uniform;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;

/**
 * The load of all measurements: random sampling of ten reals in [-5, 5], which the space declares,
 * and the sum of their squares, which costs nothing. {@code durability.py} has the same for Optuna.
 */
final class Load {

  static final String NAME = "sphere";
  static final int SEED = 1;

  private static final List<Parameter<Double>> PARAMETERS =
      IntStream.range(0, 10).mapToObj(i -> uniform("x" + i, -5, 5)).toList();

  /** So many trials are written at a time where only their number matters. */
  private static final int BATCH = 1_000;

  private Load() {}

  /** The study, which is made if the storage has none. */
  static Study study(Storage storage) {
    return Study.named(NAME)
        .minimize("value")
        .space(SearchSpace.of(PARAMETERS.toArray(Parameter[]::new)))
        .sampler(RandomSampler.ofDefaults())
        .seed(SEED)
        .storage(storage)
        .createOrResume();
  }

  static double value(Trial trial) {
    double sum = 0;
    for (Parameter<Double> parameter : PARAMETERS) {
      double x = trial.suggest(parameter);
      sum += x * x;
    }
    return sum;
  }

  /**
   * How long a trial takes whose time is not nothing: log-normal with a median of 20 ms, nine in
   * ten from 9 to 46 ms.
   */
  static long millis(Trial trial) {
    return Math.round(20 * Math.exp(0.5 * trial.random("time").nextGaussian()));
  }

  /** Gives the study of a new storage so many finished trials, faster than by running them. */
  static void fill(Storage storage, int count) {
    int first = study(storage).trialCount();
    StudyStorage study = storage.find(NAME).orElseThrow();
    SplittableRandom random = new SplittableRandom(SEED);
    List<StudyChange> changes = new ArrayList<>();
    for (int number = first; number < first + count; number++) {
      Configuration.Builder values = Configuration.builder();
      PARAMETERS.forEach(p -> values.put(p, random.nextDouble(-5, 5)));
      Configuration drawn = values.build();
      changes.add(
          new StudyChange.StartTrial(number, drawn, drawn, Optional.empty(), Instant.now()));
      changes.add(
          new StudyChange.FinishTrial(
              number, Outcome.completed(random.nextDouble()), Instant.now()));
      if (changes.size() >= 2 * BATCH || number == first + count - 1) {
        study.commit(changes, Durability.DURABLE);
        changes.clear();
      }
    }
  }
}

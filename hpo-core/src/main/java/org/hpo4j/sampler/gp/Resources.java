package org.hpo4j.sampler.gp;

import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.sampler.Training;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.TrialHistory;

/**
 * How far a scheduler had trials trained, as places on an axis of the kernel: log(r) / log({@value
 * #UNIT}) for a resource r, since a rung has some times the resource of the one before.
 *
 * <p>So one process describes the objective at all resources, and the length scale of this axis
 * says how much a short training tells of a long one, as in Klein, Tiao, Lienart, Archambeau and
 * Seeger, "Model-based asynchronous hyperparameter and neural architecture search", 2020.
 */
final class Resources {

  /** Three steps of a factor of three are as long as a parameter's axis. */
  private static final int UNIT = 27;

  private final TrialHistory history;
  private final Optional<Training> training;

  Resources(TrialHistory history, Optional<Training> training) {
    this.history = history;
    this.training = training;
  }

  /** Whether a scheduler trains trials to different extents. */
  boolean arePresent() {
    return training.isPresent();
  }

  /** The place of full training; without a scheduler that of all trials. */
  double full() {
    return training.map(t -> place(t.full())).orElse(0.0);
  }

  /** The place of a trial; that of full training if no scheduler limited it. */
  double of(int trial) {
    return arePresent()
        ? history.fidelity(trial).map(f -> place(f.resource())).orElseGet(this::full)
        : full();
  }

  /** The number in the study of the trial that another one goes on from. */
  OptionalInt parent(int trial) {
    return arePresent()
        ? history.fidelity(trial).map(Fidelity::parent).orElse(OptionalInt.empty())
        : OptionalInt.empty();
  }

  /**
   * Whether a trial was trained in part, and at least as far as a new one will be at first: to
   * start its configuration again would tell nothing new.
   */
  boolean coversNewStart(int trial) {
    Optional<Fidelity> fidelity = history.fidelity(trial);
    if (fidelity.isEmpty() || training.isEmpty()) {
      return false;
    }
    int resource = fidelity.get().resource();
    return training.get().first() <= resource && resource < training.get().full();
  }

  private static double place(int resource) {
    return Math.log(resource) / Math.log(UNIT);
  }
}

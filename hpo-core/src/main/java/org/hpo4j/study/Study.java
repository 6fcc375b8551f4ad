package org.hpo4j.study;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;

/**
 * A search for the best value of one objective. Safe for use by several threads.
 *
 * <pre>{@code
 * Study study = Study.named("demo").minimize("loss").seed(42).create();
 * study.optimize(trial -> Math.pow(trial.uniform("x", -10, 10) - 2, 2), RunOptions.trials(100));
 * System.out.println(study.best().configuration());
 * }</pre>
 *
 * @see MultiObjectiveStudy
 */
public final class Study extends BaseStudy {

  Study(StudyStorage storage, StudyBuilder settings, long seed) {
    super(storage, settings, seed);
  }

  /** The settings of a study of this name, 1 to 512 characters. */
  public static StudyBuilder named(String name) {
    return new StudyBuilder(name);
  }

  /** The objective's name. */
  public String metric() {
    return metrics().get(0);
  }

  /** Whether low or high values are better. */
  public Direction direction() {
    return directions().get(0);
  }

  /**
   * Runs trials until the options end it. If the thread is interrupted, trials whose objectives
   * notice are given back to the queue, the others are finished, and the method returns with the
   * interrupt flag set.
   *
   * @throws X if the objective throws one that is not tolerated; its trial is recorded as failed,
   *     and trials that were running in other threads are finished first
   * @throws IllegalStateException if the constraints cannot be satisfied, or if an objective of the
   *     same study calls it
   * @throws RepeatedFailureException if trial after trial fails in the same way
   * @throws org.hpo4j.storage.StorageException if the storage fails; what was recorded stays
   */
  public <X extends Exception> void optimize(Objective<X> objective, RunOptions options) throws X {
    new StudyRunner<X>(this, trial -> outcomeOf(objective.evaluate(trial)), options).run();
  }

  /**
   * Ends a trial with a value; NaN makes it fail.
   *
   * @throws IllegalStateException if it has already ended
   */
  public void tell(Trial trial, double value) {
    tell(trial, outcomeOf(value));
  }

  static Outcome outcomeOf(double value) {
    return Double.isNaN(value)
        ? Outcome.failed(FailureReason.NOT_A_NUMBER, "the objective returned NaN")
        : Outcome.completed(value);
  }

  /**
   * Adds a configuration whose value is known from elsewhere.
   *
   * @return the number
   * @throws IllegalArgumentException if a parameter has another domain here
   */
  public int importTrial(Configuration configuration, double value) {
    Outcome outcome = outcomeOf(value);
    return importTrial(
        new FrozenTrial(
            0,
            outcome.state(),
            configuration,
            Optional.of(outcome),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty()));
  }

  /**
   * The complete trial with the best value, the first of equals; where the study has constraints,
   * among those that violate none.
   *
   * <p>Under a scheduler trials of all resources compete: the value of one that trained for 3
   * epochs is as much what was measured as that of one that trained for 20, and its files may be
   * kept as well. Where little training makes values noisy (few folds, few rows of data), look at
   * those of the largest resource; the summary names the best of them if it is another one.
   */
  public Optional<FrozenTrial> findBest() {
    return locked(
        () -> {
          int number = lifecycle().bestNumber();
          return number < 0 ? Optional.empty() : Optional.of(storage().table().freeze(number));
        });
  }

  /**
   * The same, where there must be one.
   *
   * @throws NoSuchElementException if no trial is complete, or all violate a constraint
   */
  public FrozenTrial best() {
    return findBest()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "study '"
                        + name()
                        + "' has no complete trial that violates no constraint yet"));
  }

  @Override
  public List<FrozenTrial> bestTrials() {
    return findBest().stream().toList();
  }
}

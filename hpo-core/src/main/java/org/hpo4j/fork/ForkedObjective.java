package org.hpo4j.fork;

import org.hpo4j.study.Objective;
import org.hpo4j.trial.Trial;

/**
 * An objective that runs each trial in a Java process of its own: one that can be killed, has a
 * heap and an environment of its own, and takes nothing with it when native code crashes. All of
 * {@link Trial} works there; the study decides here. Use it for trainings of seconds and more,
 * since each trial starts a process.
 *
 * <ul>
 *   <li>A trial that exhausts its heap fails as {@code OUT_OF_MEMORY}, one past its wall time as
 *       {@code TIMEOUT}, one whose process ends without a result as {@code EXCEPTION}; the study
 *       goes on.
 *   <li>What the objective throws is thrown here as {@link ForkedTrialException}, except for {@code
 *       TrialPrunedException}, {@code TrialFailedException}, and what the study itself threw, which
 *       pass as they are.
 *   <li>An interrupt of the calling thread kills the process. So does the death of this process. On
 *       Linux, what a trial's process has started ends with it in every case, elsewhere if it still
 *       descends from it when that ends or is killed.
 * </ul>
 *
 * <p>Safe for use by several threads.
 */
public final class ForkedObjective implements Objective<InterruptedException> {

  private final Fork fork;

  private ForkedObjective(Fork fork) {
    this.fork = fork;
  }

  /** Runs the class with {@link ForkOptions#ofDefaults}. */
  public static ForkedObjective of(Class<? extends Objective<?>> objective) {
    return of(objective, ForkOptions.ofDefaults());
  }

  /**
   * Runs an objective of a class, made anew for each trial.
   *
   * @param objective a named class, not an inner one, with a public constructor without parameters
   * @throws IllegalArgumentException if the class is another: a lambda expression, for instance,
   *     cannot be made anew in another process
   */
  public static ForkedObjective of(Class<? extends Objective<?>> objective, ForkOptions options) {
    return new ForkedObjective(new Fork(ObjectiveClass.of(objective), options));
  }

  @Override
  public double evaluate(Trial trial) throws InterruptedException {
    return fork.evaluate(trial)[0];
  }
}

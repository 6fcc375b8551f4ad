package org.hpo4j.fork;

import org.hpo4j.study.MultiObjective;
import org.hpo4j.trial.Trial;

/** A {@link ForkedObjective} for a study with several objectives. */
public final class ForkedMultiObjective implements MultiObjective<InterruptedException> {

  private final Fork fork;

  private ForkedMultiObjective(Fork fork) {
    this.fork = fork;
  }

  /**
   * Runs objectives of a class, made anew for each trial.
   *
   * @param objective a named class, not an inner one, with a public constructor without parameters
   * @throws IllegalArgumentException if the class is another
   */
  public static ForkedMultiObjective of(
      Class<? extends MultiObjective<?>> objective, ForkOptions options) {
    return new ForkedMultiObjective(new Fork(ObjectiveClass.of(objective), options));
  }

  @Override
  public double[] evaluate(Trial trial) throws InterruptedException {
    return fork.evaluate(trial);
  }
}

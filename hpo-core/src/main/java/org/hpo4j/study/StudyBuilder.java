package org.hpo4j.study;

import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;

/** The settings of a study; {@link Study#named} makes one. */
public final class StudyBuilder extends StudySettings<StudyBuilder, Study> {

  StudyBuilder(String name) {
    super(name);
  }

  /** Low values of the objective are better; its name {@code metric} has 1 to 512 characters. */
  public StudyBuilder minimize(String metric) {
    return objective(Direction.MINIMIZE, metric);
  }

  /** High values of the objective are better; its name {@code metric} has 1 to 512 characters. */
  public StudyBuilder maximize(String metric) {
    return objective(Direction.MAXIMIZE, metric);
  }

  private StudyBuilder objective(Direction direction, String metric) {
    if (!goals().isEmpty()) {
      Goal earlier = goals().get(0);
      throw new IllegalStateException(
          "the objective was already given: "
              + earlier.direction()
              + " "
              + earlier.metric()
              + "; several need MultiObjectiveStudy.named(name)");
    }
    addGoal(direction, metric);
    return this;
  }

  @Override
  StudyBuilder self() {
    return this;
  }

  @Override
  void requireGoals() {
    super.requireGoals();
    String metric = goals().get(0).metric();
    if (pruner().metric().equals(metric)) {
      throw new IllegalArgumentException(
          "the pruner "
              + pruner().describe()
              + " reads the objective of study '"
              + name()
              + "', '"
              + metric
              + "', anyway; leave out onMetric");
    }
  }

  @Override
  Study open(StudyStorage kept, long key) {
    return new Study(kept, this, key);
  }
}

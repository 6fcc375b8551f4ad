package org.hpo4j.study;

import org.hpo4j.pruner.Pruner;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialTable;

/** The settings of a study with several objectives; {@link MultiObjectiveStudy#named} makes one. */
public final class MultiObjectiveStudyBuilder
    extends StudySettings<MultiObjectiveStudyBuilder, MultiObjectiveStudy> {

  MultiObjectiveStudyBuilder(String name) {
    super(name);
  }

  /** Adds an objective of which low values are better; {@code metric} has 1 to 512 characters. */
  public MultiObjectiveStudyBuilder minimize(String metric) {
    return objective(Direction.MINIMIZE, metric);
  }

  /** Adds an objective of which high values are better; {@code metric} has 1 to 512 characters. */
  public MultiObjectiveStudyBuilder maximize(String metric) {
    return objective(Direction.MAXIMIZE, metric);
  }

  private MultiObjectiveStudyBuilder objective(Direction direction, String metric) {
    if (goals().stream().anyMatch(earlier -> earlier.metric().equals(metric))) {
      throw new IllegalArgumentException("there is an objective '" + metric + "' already");
    }
    addGoal(direction, metric);
    return this;
  }

  @Override
  void requireGoals() {
    if (goals().size() < 2) {
      throw new IllegalStateException(
          "study '"
              + name()
              + "' needs two objectives or more, by minimize(metric) and maximize(metric); it has "
              + goals()
              + "; with one it is a Study");
    }
    if (pruner().metric().equals(TrialTable.OBJECTIVE)
        && !pruner().describe().equals(Pruner.none().describe())) {
      throw new IllegalArgumentException(
          "study '"
              + name()
              + "' has several objectives, so its pruner "
              + pruner().describe()
              + " must say which metric it reads");
    }
    if (!retention().keepsAll()) {
      throw new IllegalArgumentException(
          "study '"
              + name()
              + "' has several objectives, which do not say whose files are the best: its retention"
              + " must be all(), got "
              + retention());
    }
  }

  @Override
  MultiObjectiveStudyBuilder self() {
    return this;
  }

  @Override
  MultiObjectiveStudy open(StudyStorage kept, long key) {
    return new MultiObjectiveStudy(kept, this, key);
  }
}

package org.hpo4j.storage.optuna;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hpo4j.trial.TrialState;

/**
 * Writes to a storage of Optuna's kind. Ids of studies and trials are the storage's own; a trial's
 * number within its study is not.
 */
public interface RecordWriter {

  /** Keeps an attribute of a study: the user's, or a library's. */
  void studyAttribute(boolean ofUser, int studyId, String key, Object value);

  /**
   * Keeps an attribute of a library that a study does not have; where another process may have
   * written it meanwhile, that must not be replaced. One that writes under a lock, knowing all that
   * there is, has nothing more to do for that.
   */
  default void firstStudyAttribute(int studyId, String key, Object value) {
    studyAttribute(false, studyId, key, value);
  }

  /**
   * Creates a trial.
   *
   * @param number its number in the study
   * @param objectives how many objectives the study has
   * @return its id
   */
  int createTrial(
      int studyId, int number, int objectives, Optional<Instant> started, TrialTemplate template);

  /** Gives a trial a value, as Optuna's internal number. */
  void parameter(int trialId, String name, Number internal, String distribution);

  /** Changes a trial's state, with the time of a start or an end. */
  void state(int trialId, TrialState state, Optional<List<Double>> values, Optional<Instant> time);

  /** Writes a report of the objective. */
  void intermediateValue(int trialId, int step, double value);

  /** Keeps an attribute of a trial: the user's, or a library's. */
  void trialAttribute(boolean ofUser, int trialId, String key, Object value);
}

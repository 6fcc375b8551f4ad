package org.hpo4j.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;

/** One thing that happens to a study. A storage writes a list of them in one go. */
public sealed interface StudyChange {

  /** A change of a running trial, which only the worker that runs it may make. */
  sealed interface OfRunningTrial extends StudyChange {

    /** The trial's number. */
    int number();
  }

  /**
   * A trial that begins to run, unless its number has been taken meanwhile.
   *
   * @param number the number that the trial was drawn for: the size of the table
   * @param values the values it has from the start: a whole configuration in a declared space
   * @param joint the values drawn jointly, which running trials show to samplers
   * @param fidelity how far it shall train
   * @param time when
   */
  record StartTrial(
      int number,
      Configuration values,
      Configuration joint,
      Optional<Fidelity> fidelity,
      Instant time)
      implements StudyChange {}

  /**
   * A trial that waits to be claimed.
   *
   * @param fixed numbers, booleans and labels by parameter name; the parameters may not be known
   *     yet
   * @param attributes attributes of the user
   */
  record EnqueueTrial(Map<String, Object> fixed, Map<String, Object> attributes)
      implements StudyChange {}

  /** A trial that has ended elsewhere; its number is not used. */
  record ImportTrial(FrozenTrial trial) implements StudyChange {}

  /**
   * A waiting trial begins to run, unless it no longer waits.
   *
   * @param joint the values drawn jointly for what was not fixed
   */
  record ClaimTrial(int number, Configuration joint, Instant time) implements StudyChange {}

  /** A running trial of this worker waits again, because it was interrupted or is to be retried. */
  record RequeueTrial(int number) implements OfRunningTrial {}

  /**
   * A lost trial waits again or ends, unless another worker was faster: has recovered it, or its
   * own has ended it after all.
   *
   * @param owner who ran it, see {@link LostTrial}
   * @param attributes the library's, kept with it
   * @param end how it ends; empty if it waits again
   * @param time when
   */
  record RecoverTrial(
      int number,
      String owner,
      Map<String, Object> attributes,
      Optional<Outcome.Failed> end,
      Instant time)
      implements StudyChange {}

  /** A value was chosen. */
  record SetParameter(int number, Parameter<?> parameter, double code) implements OfRunningTrial {}

  /**
   * An intermediate value was reported.
   *
   * @param metric {@link org.hpo4j.trial.TrialTable#OBJECTIVE} or another metric's name
   */
  record Report(int number, String metric, int step, double value) implements OfRunningTrial {}

  /** The user kept an attribute with a trial. */
  record SetTrialAttribute(int number, String key, Object value) implements OfRunningTrial {}

  /** The library kept an attribute with a trial. */
  record SetTrialSystemAttribute(int number, String key, Object value) implements OfRunningTrial {}

  /** A trial ended. */
  record FinishTrial(int number, Outcome outcome, Instant time) implements OfRunningTrial {}

  /** The user kept an attribute with the study. */
  record SetStudyAttribute(String key, Object value) implements StudyChange {}

  /** The library kept an attribute with the study. */
  record SetStudySystemAttribute(String key, Object value) implements StudyChange {}

  /**
   * The library keeps an attribute with the study, unless it has one of this key: that of another
   * process stays, and {@link StudyStorage#systemAttributes} tells afterwards which one there is.
   */
  record KeepStudySystemAttribute(String key, Object value) implements StudyChange {}
}

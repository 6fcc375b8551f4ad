package org.hpo4j.study;

import java.util.HashMap;
import java.util.Map;

/**
 * The attempts at trials that run in this process. To a storage all of it is one worker: of a trial
 * that was taken for lost and has begun here again, it could not tell what the first attempt writes
 * from what the second one does. Called under the study's lock.
 */
final class Attempts {

  private final Map<Integer, TrialStart> running = new HashMap<>();

  /** An attempt begins, and takes the place of an earlier one at the same trial. */
  void begin(TrialStart attempt) {
    running.put(attempt.number(), attempt);
  }

  /** Whether the trial of an attempt has not ended here, nor begun again. */
  @SuppressWarnings("ReferenceEquality") // attempts may have begun alike
  boolean isRunning(TrialStart attempt) {
    return running.get(attempt.number()) == attempt;
  }

  /** Whether there is an attempt at a trial. */
  boolean isRunning(int number) {
    return running.containsKey(number);
  }

  /** Nothing more is to be written of an attempt. */
  void end(TrialStart attempt) {
    if (isRunning(attempt)) {
      end(attempt.number());
    }
  }

  /** Nothing more is to be written of any attempt at a trial that has begun so far. */
  void end(int number) {
    running.remove(number);
  }
}

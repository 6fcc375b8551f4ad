package org.hpo4j.study;

import java.time.Duration;
import java.util.Optional;
import org.hpo4j.trial.Outcome;

/**
 * A trial that a run has evaluated and recorded.
 *
 * @param number its number
 * @param outcome how it ended
 * @param duration how long it took
 * @param thrown what its objective threw
 * @param tolerated whether the run's options tolerate that
 */
record EndedTrial(
    int number,
    Outcome outcome,
    Duration duration,
    Optional<Throwable> thrown,
    boolean tolerated) {}

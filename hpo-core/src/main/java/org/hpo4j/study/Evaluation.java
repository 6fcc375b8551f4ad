package org.hpo4j.study;

import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;

/** An objective of either kind of study, as its runner sees it. */
@FunctionalInterface
interface Evaluation<X extends Exception> {

  /** Evaluates a trial that is not pruned. */
  Outcome evaluate(Trial trial) throws X;
}

package org.hpo4j.study;

/** Is told of a trial's reports once they are recorded, outside the study's lock. */
@FunctionalInterface
interface ReportObserver {

  /** Observes nothing. */
  ReportObserver NONE = (trial, metric, step, value) -> {};

  /**
   * A report is recorded.
   *
   * @param metric the objective's name or that of another metric
   */
  void reported(LiveTrial trial, String metric, int step, double value);
}

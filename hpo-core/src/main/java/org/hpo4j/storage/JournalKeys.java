package org.hpo4j.storage;

/** The attributes in which a journal keeps what Optuna has no field for. */
final class JournalKeys {

  /** Study: the exact domain of the parameter whose name follows. */
  static final String DOMAIN = "hpo4j:domain:";

  /** Trial: the values drawn jointly by name, where they are not just the values. */
  static final String JOINT = "hpo4j:joint";

  /** Trial: why it failed. */
  static final String FAILURE = "hpo4j:failure";

  /** Trial: an intermediate value of another metric than the objective; step and metric follow. */
  static final String REPORT = "hpo4j:report:";

  private JournalKeys() {}

  static String report(int step, String metric) {
    return REPORT + step + ":" + metric;
  }
}

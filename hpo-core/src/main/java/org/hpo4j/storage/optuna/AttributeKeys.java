package org.hpo4j.storage.optuna;

/** The attributes in which Optuna's formats keep what Optuna has no field for. */
public final class AttributeKeys {

  /** Study: the exact domain of the parameter whose name follows. */
  public static final String DOMAIN = "hpo4j:domain:";

  /** Trial: the values drawn jointly by name, where they are not just the values. */
  public static final String JOINT = "hpo4j:joint";

  /** Trial: why it failed. */
  public static final String FAILURE = "hpo4j:failure";

  /** Trial: an intermediate value of another metric than the objective; step and metric follow. */
  public static final String REPORT = "hpo4j:report:";

  /** Study: the declared space, in words. */
  static final String SPACE = "hpo4j:space";

  /** Study: the names of its declared outcome constraints. */
  static final String CONSTRAINTS = "hpo4j:constraints";

  /** Study: a worker's changes of the trial whose number follows came too late. */
  public static final String REFUSED = "hpo4j:refused:";

  private AttributeKeys() {}

  /** The key of a report of another metric. */
  public static String report(int step, String metric) {
    return REPORT + step + ":" + metric;
  }
}

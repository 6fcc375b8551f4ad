package org.hpo4j.benchmarks.problems;

/** The sets that problems belong to. All but the last may be looked at while samplers are built. */
public enum ProblemSet {
  /** The eight problems with published check values. */
  CLASSIC("classic"),
  /** Shifted and rotated functions of 2 to 20 dimensions. */
  BBOB("bbob"),
  /** Mixed, conditional and noisy spaces. */
  SPACES("spaces"),
  /** Trainings of networks, by a surrogate. */
  LCBENCH("lcbench"),
  /** Run by the samplers of this library in the final comparison only. */
  HELD_OUT("held-out");

  private final String label;

  ProblemSet(String label) {
    this.label = label;
  }

  /** The name on the command line. */
  public String label() {
    return label;
  }
}

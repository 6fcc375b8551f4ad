package org.hpo4j.sampler.cmaes;

/** A point of the search. */
final class Candidate {

  private final double[] step;
  private final double[] codes;

  Candidate(double[] step, double[] codes) {
    this.step = step;
    this.codes = codes;
  }

  /** Its place relative to the mean in units of sigma, by ordered dimension; a new array. */
  double[] step() {
    return step.clone();
  }

  double step(int j) {
    return step[j];
  }

  /** The code of a parameter's value; NaN if it has none. */
  double code(int parameter) {
    return codes[parameter];
  }

  /** Whether these values are among those of the candidate; NaN stands for any. */
  boolean agreesWith(double[] recorded) {
    for (int p = 0; p < codes.length; p++) {
      if (!Double.isNaN(recorded[p]) && recorded[p] != codes[p]) {
        return false;
      }
    }
    return true;
  }

  /** The same step with the values that a trial has kept of it. */
  Candidate recordedAs(double[] recorded) {
    return new Candidate(step, recorded);
  }
}

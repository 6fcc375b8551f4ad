package org.hpo4j.sampler.gp;

/** A configuration that may be suggested. */
final class Candidate {

  /** By axis, NaN where the parameter is inactive; not to be changed. */
  final double[] codes;

  /** The places of the codes; not to be changed. */
  final double[] point;

  /** The acquisition there. */
  final double score;

  Candidate(double[] codes, double[] point, double score) {
    this.codes = codes;
    this.point = point;
    this.score = score;
  }

  double score() {
    return score;
  }
}

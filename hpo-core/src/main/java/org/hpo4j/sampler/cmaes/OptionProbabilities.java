package org.hpo4j.sampler.cmaes;

/**
 * The adaptation of a choice's probabilities: a step along the natural gradient, which moves q
 * towards the options of the better candidates, and a margin that keeps each option possible. The
 * model of choices in CatCMA (Hamano, Saito, Nomura, Uchida and Shirakawa, GECCO 2024), with a
 * constant rate in place of an adapted one, since a study of some dozens of generations is too
 * short to adapt it.
 */
final class OptionProbabilities {

  /** How far q moves to the weighted shares of the options among the better candidates. */
  static final double RATE = 0.5;

  /** The probability that all choices together keep for the options that look best. */
  private static final double KEPT = 0.73;

  private OptionProbabilities() {}

  /**
   * One step.
   *
   * @param old the probabilities so far
   * @param gains by option the sum of the positive weights of the candidates that have it; the sum
   *     of all is at most 1, and less if the choice is inactive in some of them
   */
  static double[] step(double[] old, double[] gains) {
    double[] q = old.clone();
    double total = 0;
    for (double gain : gains) {
      total += gain;
    }
    for (int option = 0; option < q.length; option++) {
      q[option] += RATE * (gains[option] - total * old[option]);
    }
    return q;
  }

  /**
   * Lifts the small probabilities to a margin, at the expense of the others in proportion to what
   * they have above theirs.
   *
   * @param q changed in place
   * @param prior the probabilities before anything is known; no margin is above an option's own
   * @param choices how many choices the space has
   */
  static void liftToMargin(double[] q, double[] prior, int choices) {
    double margin = (1 - Math.pow(KEPT, 1.0 / choices)) / (q.length - 1);
    double lifted = 0;
    double excess = 0;
    for (int option = 0; option < q.length; option++) {
      double over = q[option] - Math.min(margin, prior[option]);
      lifted += Math.max(0, -over);
      excess += Math.max(0, over);
    }
    for (int option = 0; option < q.length; option++) {
      double least = Math.min(margin, prior[option]);
      double over = Math.max(0, q[option] - least);
      q[option] = least + (excess > 0 ? over * (1 - lifted / excess) : 0);
    }
  }
}

package org.hpo4j.examples.vessels.report;

/**
 * Pixels by what they are and what they are called.
 *
 * @param tp vessels that were found
 * @param fp what was called a vessel and is none
 * @param fn vessels that were missed
 * @param tn all others
 */
public record Confusion(long tp, long fp, long fn, long tn) {

  /** Returns the share of pixels that are called what they are. */
  public double accuracy() {
    return share(tp + tn, tp + fp + fn + tn);
  }

  /** Returns the share of vessels that were found; 1 if there are none. */
  public double sensitivity() {
    return share(tp, tp + fn);
  }

  /** Returns the share of all else that was left alone; 1 if there is none. */
  public double specificity() {
    return share(tn, tn + fp);
  }

  /** Returns the share of vessels in what was called one; 0 if nothing was. */
  public double precision() {
    return tp == 0 ? 0 : share(tp, tp + fp);
  }

  /** Returns {@code 2 TP / (2 TP + FP + FN)}. */
  public double f1() {
    return share(2 * tp, 2 * tp + fp + fn);
  }

  /** Returns {@code TP / (TP + FP + FN)}, the Jaccard index of found and true vessels. */
  public double jaccard() {
    return share(tp, tp + fp + fn);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 1 : (double) part / whole;
  }
}

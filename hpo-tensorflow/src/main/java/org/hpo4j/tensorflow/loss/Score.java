package org.hpo4j.tensorflow.loss;

/**
 * What the counts of a confusion matrix come to, from 0 to 1.
 *
 * <p>One class against the rest: a true positive is a pixel or example of the class that was found,
 * a false positive one that was not of it, a false negative one that was missed.
 */
public enum Score {
  /** {@code TP / (TP + FP)}. */
  PRECISION {
    @Override
    public double of(double tp, double fp, double fn, double tn) {
      return tp / (tp + fp);
    }
  },
  /** {@code TP / (TP + FN)}, also called sensitivity. */
  RECALL {
    @Override
    public double of(double tp, double fp, double fn, double tn) {
      return tp / (tp + fn);
    }
  },
  /** {@code TN / (TN + FP)}. */
  SPECIFICITY {
    @Override
    public double of(double tp, double fp, double fn, double tn) {
      return tn / (tn + fp);
    }
  },
  /** {@code 2 TP / (2 TP + FP + FN)}: the harmonic mean of precision and recall, also Dice's. */
  F1 {
    @Override
    public double of(double tp, double fp, double fn, double tn) {
      return 2 * tp / (2 * tp + fp + fn);
    }
  },
  /** {@code TP / (TP + FP + FN)}: intersection over union, also Jaccard's index. */
  IOU {
    @Override
    public double of(double tp, double fp, double fn, double tn) {
      return tp / (tp + fp + fn);
    }
  },
  /** {@code (TP + TN) / all}: the share of right decisions for or against a class. */
  ACCURACY {
    @Override
    public double of(double tp, double fp, double fn, double tn) {
      return (tp + tn) / (tp + fp + fn + tn);
    }
  };

  /**
   * Returns the score of some counts, not a number where it is 0/0.
   *
   * @param tp true positives
   * @param fp false positives
   * @param fn false negatives
   * @param tn true negatives
   */
  public abstract double of(double tp, double fp, double fn, double tn);
}

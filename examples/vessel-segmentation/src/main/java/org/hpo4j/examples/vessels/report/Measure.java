package org.hpo4j.examples.vessels.report;

/**
 * What is compared, each with what the article reports of its best network on its own photographs.
 */
public enum Measure {
  ROC_AREA("area under ROC", 0.978),
  AVERAGE_PRECISION("average precision", 0.908),
  /** The article's confusion matrix gives this; what it calls Jaccard, 0.956, is its accuracy. */
  JACCARD("Jaccard", 0.693),
  F1("F1", 0.819),
  ACCURACY("accuracy", 0.956),
  SENSITIVITY("sensitivity", 0.787),
  SPECIFICITY("specificity", 0.980),
  PRECISION("precision", 0.853);

  private final String title;
  private final double article;

  Measure(String title, double article) {
    this.title = title;
    this.article = article;
  }

  /** Returns the measure of a network, in [0, 1]. */
  public double of(Score score) {
    return switch (this) {
      case ROC_AREA -> score.curves().rocArea();
      case AVERAGE_PRECISION -> score.curves().averagePrecision();
      case JACCARD -> score.confusion().jaccard();
      case F1 -> score.confusion().f1();
      case ACCURACY -> score.confusion().accuracy();
      case SENSITIVITY -> score.confusion().sensitivity();
      case SPECIFICITY -> score.confusion().specificity();
      case PRECISION -> score.confusion().precision();
    };
  }

  /** Returns what the article reports. */
  public double article() {
    return article;
  }

  @Override
  public String toString() {
    return title;
  }
}

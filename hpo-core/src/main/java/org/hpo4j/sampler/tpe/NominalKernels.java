package org.hpo4j.sampler.tpe;

/**
 * Kernels of options without an order: with probability r the prior, otherwise the observed option
 * itself. With n observations r = min(1, c / (n + 1)); the more was seen, the less is assumed.
 */
final class NominalKernels extends DiscreteKernels {

  private final double spread;
  private double share;

  /**
   * Nominal kernels.
   *
   * @param spread c, positive
   */
  NominalKernels(Column column, double spread) {
    super(column);
    this.spread = spread;
  }

  @Override
  void fitValues() {
    share = Math.min(1, spread / (present + 1));
  }

  @Override
  double sampleValue(int value, double p) {
    return p < share ? domain.fromUnit(p / share) : codes[value];
  }

  @Override
  double logDensity(int value, double code) {
    if (code != codes[value]) {
      return Math.log(share);
    }
    double prior = domain.cellHigh(code) - domain.cellLow(code);
    return Math.log(share + (1 - share) / prior);
  }
}

package org.hpo4j.sampler.tpe;

import org.hpo4j.space.Domain;

/** A dimension with a single value, which tells nothing. */
final class ConstantKernels implements Kernels {

  private final double code;

  ConstantKernels(Domain<?> domain) {
    this.code = domain.codeAt(0);
  }

  @Override
  public void fit(Column column, int[] trials, int size) {}

  @Override
  public double sample(int kernel, double p) {
    return code;
  }

  @Override
  public void addLogDensity(double at, int from, int to, double[] sums) {}
}

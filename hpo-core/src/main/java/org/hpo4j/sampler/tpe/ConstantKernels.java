package org.hpo4j.sampler.tpe;

import org.hpo4j.space.Domain;

/** A dimension with a single value, which tells nothing. */
final class ConstantKernels implements Kernels {

  private final double code;

  ConstantKernels(Domain<?> domain) {
    this.code = domain.codeAt(0);
  }

  @Override
  public void fit(int[] trials, int size, int same, int sameAtEnd) {}

  @Override
  public double sample(int kernel, double p) {
    return code;
  }

  @Override
  public double place(double at) {
    return at;
  }

  @Override
  public void addLogDensity(double place, int from, int to, double[] sums, int origin) {}
}

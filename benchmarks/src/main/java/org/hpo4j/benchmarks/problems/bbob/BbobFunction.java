package org.hpo4j.benchmarks.problems.bbob;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Functions of the BBOB suite over [-5, 5]^D, each 0 at its optimum.
 *
 * <p>Source: Finck, Hansen, Ros and Auger, "Real-parameter black-box optimization benchmarking
 * 2009: noiseless functions definitions", INRIA report RR-6829. Two things differ: f_opt is 0, and
 * shifts and rotations come from this library's keyed random numbers, so an instance here is none
 * of that suite's.
 */
public enum BbobFunction {
  /** f1. */
  SPHERE(1, Unimodal::sphere),
  /** f10, ill-conditioned. */
  ELLIPSOID(10, Unimodal::ellipsoid),
  /** f6, asymmetric. */
  ATTRACTIVE_SECTOR(6, Unimodal::attractiveSector),
  /** f7, made of plateaus. */
  STEP_ELLIPSOID(7, Unimodal::stepEllipsoid),
  /** f9, a bent valley. */
  ROSENBROCK(9, Multimodal::rosenbrock),
  /** f15, many regular valleys. */
  RASTRIGIN(15, Multimodal::rastrigin),
  /** f17, rugged at all scales. */
  SCHAFFERS(17, Multimodal::schaffers),
  /** f21, 101 peaks without structure. */
  GALLAGHER(21, Gallagher::new),
  /** f3, separable. */
  SEPARABLE_RASTRIGIN(3, Multimodal::separableRastrigin),
  /** f11, one steep direction. */
  DISCUS(11, Unimodal::discus),
  /** f12, one flat direction. */
  BENT_CIGAR(12, Unimodal::bentCigar),
  /** f13, not differentiable. */
  SHARP_RIDGE(13, Unimodal::sharpRidge),
  /** f14, flat at the optimum. */
  DIFFERENT_POWERS(14, Unimodal::differentPowers),
  /** f16, rugged and repetitive. */
  WEIERSTRASS(16, Multimodal::weierstrass),
  /** f19, Rosenbrock's valley with waves. */
  GRIEWANK_ROSENBROCK(19, Multimodal::griewankRosenbrock),
  /** f20, deceptive: the best valleys lie far apart. */
  SCHWEFEL(20, Multimodal::schwefel);

  private final int number;

  @SuppressWarnings("ImmutableEnumChecker") // a reference to a method
  private final Function<Instance, ToDoubleFunction<double[]>> factory;

  BbobFunction(int number, Function<Instance, ToDoubleFunction<double[]>> factory) {
    this.number = number;
    this.factory = factory;
  }

  /** A name such as {@code sharp-ridge}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The function in so many dimensions.
   *
   * @param dimensions at least 2
   */
  public ToDoubleFunction<double[]> in(int dimensions) {
    if (dimensions < 2) {
      throw new IllegalArgumentException("dimensions must be at least 2, got " + dimensions);
    }
    return factory.apply(new Instance(number, dimensions));
  }
}

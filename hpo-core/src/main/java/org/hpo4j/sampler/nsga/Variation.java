package org.hpo4j.sampler.nsga;

import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.space.Domain;

/**
 * Crossover and mutation of one value.
 *
 * <p>In unit space, [0, 1] for every ordered domain, by Deb's operators with bounds:
 *
 * <ul>
 *   <li>simulated binary crossover, Deb and Agrawal, "Simulated binary crossover for continuous
 *       search space", Complex Systems 9 (1995): children spread about their parents as much as the
 *       parents lie apart, the less so the larger the index;
 *   <li>polynomial mutation, Deb and Goyal, "A combined genetic adaptive search (GeneAS) for
 *       engineering design", Computer Science and Informatics 26 (1996): a step of about 1/index of
 *       the range.
 * </ul>
 *
 * <p>A discrete value stands anywhere in its cell, so that crossover and mutation can leave it; a
 * mutation that does not leave it goes on to the neighbour.
 */
final class Variation {

  private final NsgaSettings settings;
  private final UniformRandomProvider random;

  Variation(NsgaSettings settings, UniformRandomProvider random) {
    this.settings = settings;
    this.random = random;
  }

  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  /** A value as drawn before anything is known. */
  double fresh(Domain<?> domain) {
    return domain.fromUnit(random.nextDouble());
  }

  /** A value between or about those of two parents; of a choice that of either. */
  double cross(Domain<?> domain, double a, double b) {
    // Deb's crossover passes every second value on as it is.
    if (domain.isNominal() || a == b || random.nextBoolean()) {
      return random.nextBoolean() ? a : b;
    }
    double x = place(domain, a);
    double y = place(domain, b);
    return domain.fromUnit(spread(x, y, random.nextDouble(), random.nextBoolean()));
  }

  /** Where a value stands in unit space. */
  private double place(Domain<?> domain, double code) {
    double low = domain.cellLow(code);
    return low + random.nextDouble() * (domain.cellHigh(code) - low);
  }

  /**
   * One of the two children of places x and y.
   *
   * @param u in [0, 1), how far they spread
   * @param lower whether it is the child on the side of the lower parent
   */
  private double spread(double x, double y, double u, boolean lower) {
    double low = Math.min(x, y);
    double high = Math.max(x, y);
    if (!(high > low)) {
      return low;
    }
    double room = lower ? low : 1 - high;
    double power = settings.crossoverIndex() + 1;
    double alpha = 2 - Math.pow(1 + 2 * room / (high - low), -power);
    double beta =
        u * alpha <= 1 ? Math.pow(u * alpha, 1 / power) : Math.pow(1 / (2 - u * alpha), 1 / power);
    double half = 0.5 * beta * (high - low);
    return 0.5 * (low + high) + (lower ? -half : half);
  }

  /** Another value; of a choice any option. */
  double mutate(Domain<?> domain, double code) {
    if (domain.isNominal()) {
      return fresh(domain);
    }
    double place = place(domain, code);
    double moved = place + step(place, random.nextDouble());
    double mutated = domain.fromUnit(moved);
    if (mutated != code || domain.isContinuous()) {
      return mutated;
    }
    return neighbour(domain, code, moved > place);
  }

  /** The polynomial step from a place, which stays inside [0, 1]. */
  private double step(double place, double u) {
    double power = settings.mutationIndex() + 1;
    if (u < 0.5) {
      return Math.pow(2 * u + (1 - 2 * u) * Math.pow(1 - place, power), 1 / power) - 1;
    }
    return 1 - Math.pow(2 * (1 - u) + (2 * u - 1) * Math.pow(place, power), 1 / power);
  }

  /** The next value up or down, or on the other side where there is none. */
  private static double neighbour(Domain<?> domain, double code, boolean up) {
    double lowest = domain.fromUnit(0);
    double highest = domain.fromUnit(1);
    boolean upwards = up ? code < highest : code <= lowest;
    // Just beyond the edge of the cell: the width of the cell is far above rounding.
    double width = domain.cellHigh(code) - domain.cellLow(code);
    return upwards
        ? domain.fromUnit(domain.cellHigh(code) + 1e-6 * width)
        : domain.fromUnit(domain.cellLow(code) - 1e-6 * width);
  }
}

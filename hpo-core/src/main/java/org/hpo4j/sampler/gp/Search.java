package org.hpo4j.sampler.gp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.BoxLbfgs;
import org.hpo4j.math.DifferentiableFunction;
import org.hpo4j.sampler.structure.Structure;
import org.hpo4j.space.Domain;

/**
 * Searches the maximum of the acquisition.
 *
 * <p>From random configurations and from mutations of the best trials those of the highest score
 * are taken as starts. From each, gradient ascent in the axes that are continuous or have many
 * values takes turns with a search value by value in the others. Whatever is compared at the end is
 * a configuration of the space: rounded to values, with the constraints satisfied.
 */
final class Search {

  private static final int STARTS_FROM_DRAWS = 2;
  private static final int STARTS_FROM_MUTATIONS = 3;
  private static final int MOST_ROUNDS = 3;
  private static final int MOST_EVALUATIONS = 30;
  private static final double FIRST_STEP = 0.05;
  private static final double TOLERANCE = 1e-4;
  private static final int DRAWS_PER_CANDIDATE = 50;

  /** How often a mutation of a choice draws a new option. */
  private static final double OTHER_OPTION = 0.3;

  /** How many halvings find the border of what the constraints allow. */
  private static final int BISECTIONS = 10;

  private final Structure structure;
  private final Axes axes;
  private final Acquisition acquisition;
  private final BiPredicate<double[], double[]> allowed;

  /** The places on the axes that are not searched; the others are overwritten. */
  private final double[] origin;

  private final UniformRandomProvider random;
  private final BoxLbfgs lbfgs;

  /**
   * @param allowed whether a configuration may be the answer, by its codes and its point
   * @param origin the places on the axes that are not searched
   */
  Search(
      Structure structure,
      Axes axes,
      Acquisition acquisition,
      BiPredicate<double[], double[]> allowed,
      double[] origin,
      UniformRandomProvider random) {
    this.structure = structure;
    this.axes = axes;
    this.acquisition = acquisition;
    this.allowed = allowed;
    this.origin = origin;
    this.random = random;
    this.lbfgs = new BoxLbfgs(axes.count());
  }

  /**
   * The best configuration found.
   *
   * @param best the codes of the trials to mutate, the best first
   * @param count how many random configurations, and how many mutations, are compared at first
   * @return empty if the constraints refused everything
   */
  Optional<Candidate> run(List<double[]> best, int count) {
    List<Candidate> starts = new ArrayList<>();
    addBest(draws(count), STARTS_FROM_DRAWS, starts);
    addBest(mutations(best, count), STARTS_FROM_MUTATIONS, starts);
    return starts.stream().map(this::climbed).max(Comparator.comparingDouble(Candidate::score));
  }

  private static void addBest(List<Candidate> candidates, int count, List<Candidate> out) {
    candidates.stream()
        .sorted(Comparator.comparingDouble(Candidate::score).reversed())
        .limit(count)
        .forEach(out::add);
  }

  private List<Candidate> draws(int count) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; candidates.size() < count && i < count * DRAWS_PER_CANDIDATE; i++) {
      candidate(j -> anyCode(j)).ifPresent(candidates::add);
    }
    return candidates;
  }

  private double anyCode(int axis) {
    return structure.parameters().get(axis).domain().fromUnit(random.nextDouble());
  }

  private List<Candidate> mutations(List<double[]> best, int count) {
    List<Candidate> candidates = new ArrayList<>();
    int parents = best.size();
    for (int i = 0; candidates.size() < count && i < count * DRAWS_PER_CANDIDATE; i++) {
      double[] parent = best.get(Math.min(random.nextInt(parents), random.nextInt(parents)));
      // From a third of the axis to a thousandth, and from one axis to all.
      double scale = Math.pow(10, -0.5 - 2.5 * random.nextDouble());
      double share = Math.max(1.0 / axes.parameterCount(), random.nextDouble());
      candidate(j -> mutated(j, parent[j], scale, share)).ifPresent(candidates::add);
    }
    return candidates;
  }

  private double mutated(int axis, double code, double scale, double share) {
    if (Double.isNaN(code)) {
      return anyCode(axis);
    }
    if (random.nextDouble() >= share) {
      return code;
    }
    Domain<?> domain = structure.parameters().get(axis).domain();
    if (axes.isNominal(axis)) {
      return random.nextDouble() < OTHER_OPTION ? anyCode(axis) : code;
    }
    double unit = domain.toUnit(code) + scale * Normals.draw(random);
    return domain.fromUnit(Math.max(0, Math.min(1, unit)));
  }

  /** A configuration with its score, or empty if the constraints refuse it. */
  private Optional<Candidate> candidate(Structure.Chooser chooser) {
    double[] codes = new double[axes.parameterCount()];
    structure.walk(chooser, codes);
    if (!structure.allows(codes)) {
      return Optional.empty();
    }
    double[] point = origin.clone();
    for (int d = 0; d < codes.length; d++) {
      point[d] = axes.place(d, codes[d]);
    }
    if (!allowed.test(codes, point)) {
      return Optional.empty();
    }
    return Optional.of(new Candidate(codes, point, acquisition.value(point)));
  }

  private Candidate climbed(Candidate start) {
    Candidate here = start;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Candidate ascended = ascended(here);
      Candidate next = exchanged(ascended);
      boolean done = !(next.score() > ascended.score());
      here = next;
      if (done) {
        break;
      }
    }
    return here;
  }

  /** Gradient ascent in the graded axes. */
  private Candidate ascended(Candidate start) {
    int count = axes.parameterCount();
    double[] low = start.point.clone();
    double[] high = start.point.clone();
    boolean any = false;
    for (int d = 0; d < count; d++) {
      if (!Double.isNaN(start.codes[d]) && axes.isGraded(d)) {
        low[d] = 0;
        high[d] = 1;
        any = true;
      }
    }
    if (!any) {
      return start;
    }
    double[] x = start.point.clone();
    DifferentiableFunction function = acquisition.negated();
    lbfgs.minimize(function, x, low, high, FIRST_STEP, TOLERANCE, MOST_EVALUATIONS);
    double share = 1;
    for (int i = 0; i < BISECTIONS; i++) {
      double part = share;
      Optional<Candidate> reached =
          candidate(j -> between(j, start.codes[j], start.point[j], x[j], part));
      if (reached.isPresent()) {
        return reached.get().score() > start.score() ? reached.get() : start;
      }
      share *= 0.5;
    }
    return start;
  }

  private double between(int axis, double code, double from, double to, double share) {
    return axes.isGraded(axis) ? axes.code(axis, from + share * (to - from)) : code;
  }

  /** Tries other values of one axis after the other that isn't continuous. */
  private Candidate exchanged(Candidate start) {
    Candidate here = start;
    for (int d = 0; d < axes.parameterCount(); d++) {
      int axis = d;
      double[] codes = here.codes;
      if (axes.isContinuous(d) || Double.isNaN(codes[d])) {
        continue;
      }
      for (double code : axes.alternatives(d, codes[d], random)) {
        double[] present = here.codes;
        Optional<Candidate> other =
            code == present[d]
                ? Optional.empty()
                : candidate(
                    j -> j == axis ? code : Double.isNaN(present[j]) ? anyCode(j) : present[j]);
        if (other.isPresent() && other.get().score > here.score) {
          here = other.get();
        }
      }
    }
    return here;
  }
}

package org.hpo4j.sampler.gp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.structure.Structure;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;

/**
 * The processes of some parameters: two for the objective, one for each outcome constraint. What it
 * keeps between asks is either overwritten or checked against the history.
 *
 * <p>The two of the objective, one with a rough part of the kernel and one without, take turns from
 * trial to trial. Where there are ripples, each of them alone goes wrong somewhere: the first knows
 * the ripple that it is in so well that it polishes its bottom for many trials, the second takes
 * all of them for noise. Where there are none, they agree.
 */
final class GpModel {

  /** How many outcomes are imagined for the running trials. */
  private static final int FANTASIES = 8;

  /** How many of the best trials are mutated. */
  private static final int PARENTS = 10;

  /**
   * How many of the failed and of the running trials are taken into account, the newest: each is a
   * row of the matrix like an observation, and is appended anew in every ask.
   */
  static final int MOST_FAILED = 500;

  static final int MOST_RUNNING = 500;

  /** Of how many waiting configurations the result is assumed to be known. */
  private static final int MOST_WAITING = 30;

  private final long seed;
  private final Axes axes;
  private final Surrogate smooth;
  private final Surrogate rough;
  private final List<Surrogate> constraints = new ArrayList<>();
  private final SuccessModel success;

  GpModel(long seed, List<Parameter<?>> parameters, boolean withResource) {
    this.seed = seed;
    this.axes = new Axes(parameters, withResource);
    Theta prior = new Theta(axes.count());
    this.smooth = new Surrogate(axes, prior.withoutRough());
    this.rough = new Surrogate(axes, prior);
    this.success = new SuccessModel(axes);
  }

  boolean isOf(long otherSeed, List<Parameter<?>> others, boolean withResource) {
    return seed == otherSeed
        && axes.hasResource() == withResource
        && axes.parameters().equals(others);
  }

  /** Whether a trial is suggested by the process without a rough part. */
  static boolean isSmooth(int trialNumber) {
    return trialNumber % 2 == 1;
  }

  /** The trials as this model sees them. */
  Observations read(TrialHistory history, Resources resources) {
    return new Observations(axes, history, resources);
  }

  /** The configuration to try next; empty if the constraints between parameters refuse all. */
  Optional<Candidate> suggest(
      Structure structure,
      Observations observations,
      int constraintCount,
      GpSettings settings,
      SamplerContext context) {
    Surrogate objective = isSmooth(context.trialNumber()) ? smooth : rough;
    objective.learn(observations.objective(), settings.mostObservations());
    double[] expected = expected(objective, observations);
    int[] order = order(objective, observations, expected);
    double best =
        observations.isFeasible(objective.index(order[0]))
            ? expected[order[0]]
            : Double.POSITIVE_INFINITY;
    Points assumed = assumed(objective, observations, order);
    if (assumed.size() > 0) {
      objective.posterior().assume(assumed);
    }
    Points running = observations.running().last(MOST_RUNNING);
    if (running.size() > 0) {
      double[][] normals = normals(running.size(), context.random("gp fantasies"));
      objective.posterior().imagine(running, normals);
    }
    List<Acquisition.Limited> limits = new ArrayList<>();
    for (int c = 0; c < constraintCount; c++) {
      if (c == constraints.size()) {
        constraints.add(new Surrogate(axes, new Theta(axes.count()).withoutWarp()));
      }
      limit(constraints.get(c), observations.constraint(c), settings, limits);
    }
    Acquisition acquisition =
        new Acquisition(objective.posterior(), best, limits, success(observations));
    // After an answer that repeats a trial only others will do.
    boolean again = context.attempt() > 0;
    BiPredicate<double[], double[]> allowed =
        (codes, point) -> !(again || isInContinuum(codes)) || !observations.contains(point);
    List<double[]> parents =
        IntStream.of(order)
            .limit(PARENTS)
            .mapToObj(used -> observations.codes(objective.index(used)))
            .toList();
    return new Search(
            structure, axes, acquisition, allowed, observations.origin(), context.random("gp"))
        .run(parents, settings.candidates());
  }

  /**
   * Whether a configuration has neighbours at any distance. Then no trial is worth repeating: where
   * there is noise, a neighbour tells as much, and where there is none, the same point in a corner
   * would win again and again.
   */
  private boolean isInContinuum(double[] codes) {
    for (int d = 0; d < codes.length; d++) {
      if (axes.isContinuous(d) && !Double.isNaN(codes[d])) {
        return true;
      }
    }
    return false;
  }

  /** log P(success) of a configuration that is trained in full. */
  double logSuccess(SuccessModel known, Configuration configuration, Observations observations) {
    double[] point = observations.origin();
    List<Parameter<?>> parameters = axes.parameters();
    for (int d = 0; d < parameters.size(); d++) {
      int index = configuration.indexOf(parameters.get(d).name());
      point[d] = axes.place(d, index < 0 ? Double.NaN : configuration.code(index));
    }
    return known.logSuccess(point, new double[0]);
  }

  /** Where trials succeed, if any has failed. */
  Optional<SuccessModel> success(Observations observations) {
    if (observations.failed().size() == 0) {
      return Optional.empty();
    }
    success.learn(observations.outcomes());
    return Optional.of(success);
  }

  private static void limit(
      Surrogate surrogate, Sample sample, GpSettings settings, List<Acquisition.Limited> limits) {
    if (sample.size() > 0) {
      double limit = surrogate.learn(sample, settings.mostObservations(), 0);
      limits.add(new Acquisition.Limited(surrogate.posterior(), limit));
    }
  }

  /**
   * The points of failed trials, and those of the most promising waiting configurations, trained in
   * full: all are assumed to come to what is expected of them, so that the search turns to others,
   * in the case of those that wait until they have been promoted, or not.
   */
  private Points assumed(Surrogate objective, Observations observations, int[] order) {
    Points assumed = new Points(axes.count());
    double[] point = new double[axes.count()];
    Points failed = observations.failed().last(MOST_FAILED);
    for (int i = 0; i < failed.size(); i++) {
      failed.get(i, point);
      assumed.add(point);
    }
    IntStream.of(order)
        .map(objective::index)
        .filter(observations::isWaiting)
        .limit(MOST_WAITING)
        .forEach(
            observation -> {
              observations.pointInFull(observation, point);
              assumed.add(point);
            });
    return assumed;
  }

  private static double[][] normals(int trials, UniformRandomProvider random) {
    double[][] normals = new double[FANTASIES][trials];
    for (double[] row : normals) {
      for (int i = 0; i < trials; i++) {
        row[i] = Normals.draw(random);
      }
    }
    return normals;
  }

  /** By observation in use: the value expected of its configuration after full training. */
  private double[] expected(Surrogate objective, Observations observations) {
    double[] expected = new double[objective.size()];
    double[] point = new double[axes.count()];
    for (int used = 0; used < expected.length; used++) {
      if (axes.hasResource()) {
        observations.pointInFull(objective.index(used), point);
        expected[used] = objective.posterior().expected(point);
      } else {
        expected[used] = objective.smoothed(used);
      }
    }
    return expected;
  }

  /**
   * The observations in use: the last one of each configuration first, then the feasible ones, then
   * by what is expected.
   */
  private static int[] order(Surrogate objective, Observations observations, double[] expected) {
    Comparator<Integer> byRank =
        Comparator.<Integer, Boolean>comparing(
                used -> observations.isContinued(objective.index(used)))
            .thenComparing(used -> !observations.isFeasible(objective.index(used)))
            .thenComparingDouble(used -> expected[used]);
    return IntStream.range(0, objective.size()).boxed().sorted(byRank).mapToInt(i -> i).toArray();
  }
}

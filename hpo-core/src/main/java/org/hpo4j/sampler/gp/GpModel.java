package org.hpo4j.sampler.gp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.SuccessRates;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.structure.Structure;
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

  private final long seed;
  private final Axes axes;
  private final Surrogate smooth;
  private final Surrogate rough;
  private final List<Surrogate> constraints = new ArrayList<>();

  GpModel(long seed, List<Parameter<?>> parameters) {
    this.seed = seed;
    this.axes = new Axes(parameters);
    Theta prior = new Theta(axes.count());
    this.smooth = new Surrogate(axes, prior.withoutRough());
    this.rough = new Surrogate(axes, prior);
  }

  boolean isOf(long otherSeed, List<Parameter<?>> others) {
    return seed == otherSeed && axes.parameters().equals(others);
  }

  /** Whether a trial is suggested by the process without a rough part. */
  static boolean isSmooth(int trialNumber) {
    return trialNumber % 2 == 1;
  }

  /** The trials as this model sees them. */
  Observations read(TrialHistory history) {
    return new Observations(axes, history);
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
    int[] order = order(objective, observations);
    double best =
        observations.isFeasible(objective.index(order[0]))
            ? objective.smoothed(order[0])
            : Double.POSITIVE_INFINITY;
    SuccessRates successRates = observations.successRates();
    if (observations.failed().size() > 0) {
      objective.posterior().assume(observations.failed(), failureShares(observations));
    }
    if (observations.running().size() > 0) {
      double[][] normals = normals(observations.running().size(), context.random("gp fantasies"));
      objective.posterior().imagine(observations.running(), normals);
    }
    List<Acquisition.Limited> limits = new ArrayList<>();
    for (int c = 0; c < constraintCount; c++) {
      if (c == constraints.size()) {
        constraints.add(new Surrogate(axes, new Theta(axes.count()).withoutWarp()));
      }
      limit(constraints.get(c), observations.constraint(c), settings, limits);
    }
    Acquisition acquisition = new Acquisition(objective.posterior(), best, limits);
    // After an answer that repeats a trial only others will do.
    Predicate<double[]> allowed =
        context.attempt() == 0 ? point -> true : point -> !observations.contains(point);
    List<double[]> parents =
        IntStream.of(order)
            .limit(PARENTS)
            .mapToObj(used -> observations.codes(objective.index(used)))
            .toList();
    return new Search(structure, axes, acquisition, successRates, allowed, context.random("gp"))
        .run(parents, settings.candidates());
  }

  private static void limit(
      Surrogate surrogate, Sample sample, GpSettings settings, List<Acquisition.Limited> limits) {
    if (sample.size() > 0) {
      double limit = surrogate.learn(sample, settings.mostObservations(), 0);
      limits.add(new Acquisition.Limited(surrogate.posterior(), limit));
    }
  }

  /** By failed trial: by how much its like fail more often than they succeed. */
  private double[] failureShares(Observations observations) {
    double[] shares = new double[observations.failed().size()];
    double[] point = new double[axes.count()];
    for (int i = 0; i < shares.length; i++) {
      observations.failed().get(i, point);
      double success = Math.exp(observations.successRates().logProbability(point));
      shares[i] = Math.max(0, 1 - 2 * success);
    }
    return shares;
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

  /** The observations in use: the feasible ones first, then by their expected values. */
  private static int[] order(Surrogate objective, Observations observations) {
    Comparator<Integer> byFeasibility =
        Comparator.comparing(used -> !observations.isFeasible(objective.index(used)));
    return IntStream.range(0, objective.size())
        .boxed()
        .sorted(byFeasibility.thenComparingDouble(objective::smoothed))
        .mapToInt(i -> i)
        .toArray();
  }
}

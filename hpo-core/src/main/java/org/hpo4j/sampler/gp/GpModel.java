package org.hpo4j.sampler.gp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.structure.Structure;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;

/**
 * The processes of some parameters: one for the objective, one for each outcome constraint. What it
 * keeps between asks is either overwritten or checked against the history.
 */
final class GpModel {

  /** How many outcomes are imagined for the running trials. */
  private static final int FANTASIES = 8;

  /** How many of the best trials are mutated. */
  private static final int PARENTS = 10;

  private final long seed;
  private final Axes axes;
  private final Surrogate objective;
  private final List<Surrogate> constraints = new ArrayList<>();

  GpModel(long seed, List<Parameter<?>> parameters) {
    this.seed = seed;
    this.axes = new Axes(parameters);
    this.objective = new Surrogate(axes, true);
  }

  boolean isOf(long otherSeed, List<Parameter<?>> others) {
    return seed == otherSeed && axes.parameters().equals(others);
  }

  /** The trials as this model sees them. */
  Observations read(TrialHistory history) {
    return new Observations(axes, history);
  }

  /** The configuration to try next; empty if the constraints between parameters refuse all. */
  Optional<Candidate> suggest(
      Structure structure,
      Observations all,
      int constraintCount,
      GpSettings settings,
      SamplerContext context) {
    int most = settings.mostObservations();
    int scheduled = Fitting.scheduled(all.size());
    int fitted = Math.min(scheduled, most);
    Observations observations =
        all.size() > most
            ? all.select(Subset.withRest(all.values, scheduled, all.size(), most))
            : all;
    objective.learn(observations.points, observations.values, observations.size(), fitted, 0);
    int[] order = order(observations);
    double best = Double.POSITIVE_INFINITY;
    if (observations.isFeasible(order[0])) {
      best = objective.smoothed(order[0]);
    }
    if (observations.running.size() > 0) {
      double[][] normals = normals(observations.running.size(), context.random("gp fantasies"));
      objective.posterior().imagine(observations.running, normals);
    }
    Acquisition acquisition =
        new Acquisition(objective.posterior(), best, limits(observations, constraintCount, fitted));
    // After an answer that repeats a trial only others will do.
    Predicate<double[]> allowed =
        context.attempt() == 0 ? point -> true : point -> !all.contains(point);
    List<double[]> parents =
        IntStream.of(order).limit(PARENTS).mapToObj(observations::codes).toList();
    return new Search(
            structure, axes, acquisition, all.successRates(), allowed, context.random("gp"))
        .run(parents, settings.candidates());
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

  /** The observations: the feasible ones first, then by their expected values. */
  private int[] order(Observations observations) {
    Comparator<Integer> byFeasibility = Comparator.comparing(i -> !observations.isFeasible(i));
    return IntStream.range(0, observations.size())
        .boxed()
        .sorted(byFeasibility.thenComparingDouble(objective::smoothed))
        .mapToInt(i -> i)
        .toArray();
  }

  private List<Acquisition.Limited> limits(Observations observations, int count, int fitted) {
    while (constraints.size() < count) {
      constraints.add(new Surrogate(axes, false));
    }
    List<Acquisition.Limited> limits = new ArrayList<>();
    double[] values = new double[observations.size()];
    double[] point = new double[axes.count()];
    for (int c = 0; c < count; c++) {
      Points known = new Points(axes.count());
      int first = 0;
      for (int i = 0; i < observations.size(); i++) {
        double value = observations.constraint(i, c);
        if (!Double.isNaN(value)) {
          values[known.size()] = value;
          observations.points.get(i, point);
          known.add(point);
          first += i < fitted ? 1 : 0;
        }
      }
      if (first > 0) {
        Surrogate surrogate = constraints.get(c);
        double limit = surrogate.learn(known, values, known.size(), first, 0);
        limits.add(new Acquisition.Limited(surrogate.posterior(), limit));
      }
    }
    return limits;
  }
}

package org.hpo4j.sampler.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
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
      boolean repeats,
      UniformRandomProvider random) {
    int scheduled = Fitting.scheduled(all.size());
    int fitted = Math.min(scheduled, settings.mostObservations());
    Observations observations =
        all.size() <= settings.mostObservations()
            ? all
            : all.select(
                Subset.withRest(all.values, scheduled, all.size(), settings.mostObservations()));
    int n = observations.size();
    objective.learn(observations.points, observations.values, n, fitted, 0);
    Integer[] order = order(observations, constraintCount);
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      if (constraintCount == 0 || observations.isFeasible(i)) {
        best = Math.min(best, objective.smoothed(i));
      }
    }
    if (observations.running.size() > 0) {
      objective.posterior().imagine(observations.running, normals(observations, random));
    }
    Acquisition acquisition =
        new Acquisition(
            objective.posterior(), best, limited(observations, constraintCount, fitted));
    List<double[]> parents = Arrays.stream(order).limit(10).map(observations::codes).toList();
    Predicate<double[]> allowed = repeats ? point -> true : point -> !all.contains(point);
    return new Search(structure, axes, acquisition, all.successRates(), allowed, random)
        .run(parents, settings.candidates());
  }

  private static double[][] normals(Observations observations, UniformRandomProvider random) {
    double[][] normals = new double[FANTASIES][observations.running.size()];
    for (double[] row : normals) {
      for (int i = 0; i < row.length; i++) {
        row[i] = Normals.draw(random);
      }
    }
    return normals;
  }

  /** The observations, the feasible ones first, by their expected values. */
  private Integer[] order(Observations observations, int constraintCount) {
    Comparator<Integer> byValue = Comparator.comparingDouble(objective::smoothed);
    Comparator<Integer> byFeasibility =
        Comparator.comparing(i -> constraintCount > 0 && !observations.isFeasible(i));
    return IntStream.range(0, observations.size())
        .boxed()
        .sorted(byFeasibility.thenComparing(byValue))
        .toArray(Integer[]::new);
  }

  private List<Acquisition.Limited> limited(Observations observations, int count, int fitted) {
    while (constraints.size() < count) {
      constraints.add(new Surrogate(axes, false));
    }
    List<Acquisition.Limited> limited = new ArrayList<>();
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
        double limit = constraints.get(c).learn(known, values, known.size(), first, 0);
        limited.add(new Acquisition.Limited(constraints.get(c).posterior(), limit));
      }
    }
    return limited;
  }
}

package org.hpo4j.sampler.nsga;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.NonDominated;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/**
 * The parents of a generation: the best of all trials that had ended before it, by the order of Deb
 * et al. 2002. Of two trials the better one
 *
 * <ol>
 *   <li>violates the constraints less (constrained domination, section VI);
 *   <li>is complete, or else came further before it was pruned;
 *   <li>is of a lower rank by domination (section III.A);
 *   <li>stands in a less crowded place of its front (section III.B).
 * </ol>
 *
 * <p>Failed trials are no parents. The original keeps the survivors of each generation and never
 * looks back; taking the best of all trials is the same but for ties in crowding, and makes the
 * parents a function of the trials alone.
 */
final class Population {

  private final int[] trials;
  private final int[] ranks;
  private final double[] distances;

  private Population(int[] trials, int[] ranks, double[] distances) {
    this.trials = trials;
    this.ranks = ranks;
    this.distances = distances;
  }

  /** A trial that may become a parent. */
  private static final class Individual {

    final int trial;
    final double violation;
    final double progress;
    final double[] values;

    Individual(int trial, double violation, double progress, double[] values) {
      this.trial = trial;
      this.violation = violation;
      this.progress = progress;
      this.values = values;
    }

    boolean isOfTier(Individual other) {
      return violation == other.violation && progress == other.progress;
    }
  }

  private static final Comparator<Individual> BY_TIER =
      Comparator.comparingDouble((Individual individual) -> individual.violation)
          .thenComparing(
              Comparator.comparingDouble((Individual individual) -> -individual.progress));

  /**
   * Chooses among the first ended trials of a history.
   *
   * @param ended how many of these count
   * @param size how many parents to choose at most
   */
  static Population of(TrialHistory history, int ended, int size) {
    List<Individual> individuals = new ArrayList<>();
    int seen = 0;
    for (int trial = 0; seen < ended && trial < history.size(); trial++) {
      if (history.state(trial).isFinished()) {
        seen++;
        if (history.state(trial) != TrialState.FAILED) {
          individuals.add(individual(history, trial));
        }
      }
    }
    individuals.sort(BY_TIER);
    Builder chosen = new Builder(Math.min(size, individuals.size()));
    int from = 0;
    while (!chosen.isFull()) {
      int to = from + 1;
      while (to < individuals.size() && individuals.get(from).isOfTier(individuals.get(to))) {
        to++;
      }
      chosen.addTier(individuals.subList(from, to));
      from = to;
    }
    return new Population(chosen.trials, chosen.ranks, chosen.distances);
  }

  private static Individual individual(TrialHistory history, int trial) {
    boolean complete = history.state(trial) == TrialState.COMPLETE;
    double[] values = new double[history.objectiveCount()];
    for (int m = 0; m < values.length; m++) {
      double value = history.value(trial, m);
      // A pruned trial may lack some.
      values[m] = Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }
    double progress = complete ? Double.POSITIVE_INFINITY : Math.max(-1, history.lastStep(trial));
    return new Individual(trial, history.violation(trial), progress, values);
  }

  /** Fills a population, best trials first. */
  private static final class Builder {

    final int[] trials;
    final int[] ranks;
    final double[] distances;
    private int count;
    private int fronts;

    Builder(int size) {
      this.trials = new int[size];
      this.ranks = new int[size];
      this.distances = new double[size];
    }

    boolean isFull() {
      return count == trials.length;
    }

    void addTier(List<Individual> tier) {
      double[][] points = tier.stream().map(member -> member.values).toArray(double[][]::new);
      int[] rankOf = NonDominated.ranks(points, trials.length - count);
      for (int rank = 0; !isFull(); rank++) {
        int[] front = membersOf(rankOf, rank);
        if (front.length == 0) {
          break;
        }
        addFront(tier, front, NonDominated.crowding(points, front));
      }
    }

    private static int[] membersOf(int[] rankOf, int rank) {
      int[] members = new int[rankOf.length];
      int n = 0;
      for (int i = 0; i < rankOf.length; i++) {
        if (rankOf[i] == rank) {
          members[n++] = i;
        }
      }
      return Arrays.copyOf(members, n);
    }

    private void addFront(List<Individual> tier, int[] front, double[] crowding) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < front.length; i++) {
        order.add(i);
      }
      order.sort(Comparator.comparingDouble((Integer i) -> crowding[i]).reversed());
      for (int i : order) {
        if (isFull()) {
          return;
        }
        trials[count] = tier.get(front[i]).trial;
        ranks[count] = fronts;
        distances[count++] = crowding[i];
      }
      fronts++;
    }
  }

  int size() {
    return trials.length;
  }

  /** The trials, best first. */
  int trial(int place) {
    return trials[place];
  }

  /** The trial that wins a tournament of two drawn at random. */
  int tournament(UniformRandomProvider random) {
    int a = random.nextInt(trials.length);
    int b = random.nextInt(trials.length);
    boolean first = ranks[a] != ranks[b] ? ranks[a] < ranks[b] : distances[a] >= distances[b];
    return trials[first ? a : b];
  }
}

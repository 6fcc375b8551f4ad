package org.hpo4j.sampler.nsga;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.NonDominated;

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

  /**
   * Chooses the best.
   *
   * @param candidates by number
   * @param size how many parents to choose at most
   */
  static Population of(List<Individual> candidates, int size) {
    List<Individual> individuals = new ArrayList<>(candidates);
    individuals.sort(Individual.BY_TIER);
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
      double[][] points = tier.stream().map(Individual::values).toArray(double[][]::new);
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
        trials[count] = tier.get(front[i]).trial();
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

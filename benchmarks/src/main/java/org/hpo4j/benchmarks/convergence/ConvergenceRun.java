package org.hpo4j.benchmarks.convergence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.math.KeyedRandom;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Trial;

/** Runs of a sampler on a problem. */
final class ConvergenceRun {

  private ConvergenceRun() {}

  /**
   * Runs every contender on every problem once for each seed, on all processors: a run depends on
   * its names and seed only.
   *
   * @param seeds how many seeds
   * @param firstSeed the first of them
   * @param checkpoints after how many trials to note the regret; the largest ends a run
   * @return by problem, contender, seed, trials
   */
  static List<Regret> all(
      List<Problem> problems,
      List<Contender> contenders,
      int seeds,
      long firstSeed,
      Collection<Integer> checkpoints) {
    SortedSet<Integer> counts = new TreeSet<>(checkpoints);
    List<Regret> regrets = new ArrayList<>();
    for (Problem problem : problems) {
      for (Contender contender : contenders) {
        regrets.addAll(
            LongStream.range(firstSeed, firstSeed + seeds)
                .parallel()
                .boxed()
                .flatMap(seed -> one(problem, contender, seed, counts).stream())
                .toList());
      }
    }
    return regrets;
  }

  private static List<Regret> one(
      Problem problem, Contender contender, long seed, SortedSet<Integer> checkpoints) {
    double[] curve = curve(problem, contender, seed, checkpoints.last());
    return checkpoints.stream()
        .map(t -> new Regret(problem.name(), contender.name(), seed, t, curve[t - 1]))
        .toList();
  }

  /** The regret after 1, 2, ... trials. */
  static double[] curve(Problem problem, Contender contender, long seed, int trials) {
    Study study = study(problem, contender, seed);
    double[] regrets = new double[trials];
    double lowest = Double.POSITIVE_INFINITY;
    double regret = Double.NaN;
    for (int t = 0; t < trials; t++) {
      Trial trial = study.ask();
      double observed = problem.observed(trial.configuration(), seed, t);
      if (observed < lowest) {
        lowest = observed;
        regret = problem.regret(trial.configuration());
      }
      regrets[t] = regret;
      study.tell(trial, observed);
    }
    return regrets;
  }

  /**
   * A study whose seed depends on all three, so that runs are independent: with one seed for all,
   * two problems would get the same draws of "x0", and two samplers the same startup trials. It
   * does not try the defaults, which lie near the minimum of some problems.
   */
  private static Study study(Problem problem, Contender contender, long seed) {
    String purpose = problem.name() + "/" + contender.name();
    return Study.named(purpose)
        .minimize("value")
        .space(problem.space())
        .sampler(contender.sampler())
        .defaultsFirst(false)
        .seed(KeyedRandom.of(seed, 0, purpose).nextLong())
        .create();
  }
}

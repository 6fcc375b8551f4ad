package org.hpo4j.sampler.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.logInteger;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.tpe.Histories;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

/**
 * Failed trials of 50 where the best values lie at the edge of a failing region, against those of
 * random search: Mann-Whitney over 12 seeds each, one-sided at 1e-3, which is also the rate at
 * which a sampler that fails as often as random search would pass.
 */
class GpFailuresTest {

  private static final int SEEDS = 12;
  private static final int TRIALS = 50;
  private static final Parameter<Double> X = uniform("x", 0, 1);
  private static final Parameter<Double> Y = uniform("y", 0, 1);

  private static double failures(
      Sampler sampler,
      SearchSpace space,
      ToDoubleFunction<Configuration> objective,
      Predicate<Configuration> fails,
      long seed) {
    TrialTable table = Histories.table();
    int failures = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      SamplerContext context = new SamplerContext(seed, trial, Optional.of(space));
      Suggestion suggestion = sampler.suggest(TrialHistory.of(table), context);
      Configuration configuration = ((Suggestion.Values) suggestion).configuration();
      if (fails.test(configuration)) {
        Histories.fail(table, configuration);
        failures++;
      } else {
        Histories.complete(table, configuration, objective.applyAsDouble(configuration));
      }
    }
    return failures;
  }

  private static void assertFailsLessThanRandom(
      SearchSpace space,
      ToDoubleFunction<Configuration> objective,
      Predicate<Configuration> fails) {
    double[] gp =
        IntStream.range(0, SEEDS)
            .mapToDouble(s -> failures(GpSampler.ofDefaults(), space, objective, fails, s))
            .toArray();
    double[] random =
        IntStream.range(0, SEEDS)
            .mapToDouble(s -> failures(RandomSampler.ofDefaults(), space, objective, fails, s))
            .toArray();
    double p =
        MannWhitneyUTest.withDefaults()
            .with(AlternativeHypothesis.LESS_THAN)
            .test(gp, random)
            .getPValue();
    assertThat(p).isLessThan(1e-3);
  }

  @Test
  void atTheEndOfOneParameter() {
    assertFailsLessThanRandom(
        SearchSpace.of(X, Y), c -> -c.get(X) + Math.pow(c.get(Y) - 0.3, 2), c -> c.get(X) > 0.53);
  }

  /** A memory limit: batch size times width; both are the better the larger. */
  @Test
  void atALimitOfSeveralParametersTogether() {
    Parameter<Integer> batch = logInteger("batch", 8, 1024);
    Parameter<Integer> width = logInteger("width", 8, 1024);
    Parameter<Double> rate = logUniform("rate", 1e-5, 1e-1);
    assertFailsLessThanRandom(
        SearchSpace.of(batch, width, rate),
        c ->
            1 / Math.sqrt(c.get(width))
                + 0.2 / Math.sqrt(c.get(batch))
                + 0.02 * Math.pow(Math.log10(c.get(rate)) + 3, 2),
        c -> (double) c.get(batch) * c.get(width) > 8000);
  }

  @Test
  void inTheBetterBranchOfAConditionalSpace() {
    Parameter<Double> size = uniform("large.size", 0, 1);
    Parameter<Double> other = uniform("small.size", 0, 1);
    Parameter<String> act = choice("act", "relu", "tanh", "elu");
    assertFailsLessThanRandom(
        SearchSpace.of(oneOf("model", when("large", size), when("small", other)), act, Y),
        c ->
            (c.contains(size) ? -2 * c.get(size) : -0.3 * c.get(other))
                + Math.pow(c.get(Y) - 0.6, 2)
                + (c.get(act).equals("tanh") ? 0 : 0.2),
        c -> (c.contains(size) && c.get(size) > 0.4) || c.get(act).equals("elu"));
  }

  /**
   * With a third of the trials failing anywhere, the search still converges: of 12 seeds the 4th
   * worst is compared, so that a single unlucky study decides nothing.
   */
  @Test
  void failuresThatStrikeAnywhereDoNotKeepItFromTheOptimum() {
    double[] bests =
        IntStream.range(0, SEEDS).mapToDouble(GpFailuresTest::bestAmongRandomFailures).toArray();
    Arrays.sort(bests);
    assertThat(bests[SEEDS - 4]).isLessThan(1e-6);
  }

  private static double bestAmongRandomFailures(long seed) {
    SearchSpace space = SearchSpace.of(X, Y);
    SplittableRandom random = new SplittableRandom(seed);
    TrialTable table = Histories.table();
    double best = Double.POSITIVE_INFINITY;
    for (int trial = 0; trial < TRIALS; trial++) {
      SamplerContext context = new SamplerContext(seed, trial, Optional.of(space));
      Suggestion suggestion = GpSampler.ofDefaults().suggest(TrialHistory.of(table), context);
      Configuration c = ((Suggestion.Values) suggestion).configuration();
      if (random.nextDouble() < 0.33) {
        Histories.fail(table, c);
      } else {
        double value = Math.pow(c.get(X) - 0.3, 2) + Math.pow(c.get(Y) - 0.8, 2);
        Histories.complete(table, c, value);
        best = Math.min(best, value);
      }
    }
    return best;
  }
}

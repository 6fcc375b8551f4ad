package org.hpo4j.sampler.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.tpe.Histories;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.space.SpaceNode;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

/**
 * The best of 40 trials against that of another sampler: Mann-Whitney over 12 seeds each, one-sided
 * at 1e-3. That is also the rate at which an equally good sampler would pass.
 */
class GpBeatsRandomTest {

  private static final int SEEDS = 12;
  private static final int TRIALS = 40;

  private static double best(
      Sampler sampler, SearchSpace space, ToDoubleFunction<Configuration> objective, long seed) {
    TrialTable table = Histories.table();
    double best = Double.POSITIVE_INFINITY;
    for (int trial = 0; trial < TRIALS; trial++) {
      SamplerContext context = new SamplerContext(seed, trial, Optional.of(space));
      Suggestion suggestion = sampler.suggest(TrialHistory.of(table), context);
      Configuration configuration = ((Suggestion.Values) suggestion).configuration();
      double value = objective.applyAsDouble(configuration);
      Histories.complete(table, configuration, value);
      best = Math.min(best, value);
    }
    return best;
  }

  private static double[] bests(
      Sampler sampler, SearchSpace space, ToDoubleFunction<Configuration> objective) {
    return IntStream.range(0, SEEDS)
        .mapToDouble(seed -> best(sampler, space, objective, seed))
        .toArray();
  }

  private static void assertGpBeats(
      Sampler other, SearchSpace space, ToDoubleFunction<Configuration> objective) {
    double p =
        MannWhitneyUTest.withDefaults()
            .with(AlternativeHypothesis.LESS_THAN)
            .test(bests(GpSampler.ofDefaults(), space, objective), bests(other, space, objective))
            .getPValue();
    assertThat(p).isLessThan(1e-3);
  }

  private static double sphere(Configuration configuration) {
    double sum = 0;
    for (int i = 0; i < configuration.size(); i++) {
      double offset = configuration.code(i) - 0.2 * i;
      sum += offset * offset;
    }
    return sum;
  }

  /** On a smooth function of few parameters the process is far ahead of TPE too. */
  @Test
  void onRealParameters() {
    SearchSpace cube =
        SearchSpace.of(
            IntStream.range(0, 5).mapToObj(i -> uniform("x" + i, -2, 2)).toArray(SpaceNode[]::new));
    assertGpBeats(TpeSampler.ofDefaults(), cube, GpBeatsRandomTest::sphere);
  }

  @Test
  void onBranchesOptionsAndIntegers() {
    Parameter<Double> rate = logUniform("a.rate", 1e-5, 1);
    Parameter<Integer> units = integer("a.units", 1, 100);
    Parameter<Double> other = uniform("b.x", 0, 1);
    Parameter<String> act = choice("act", "relu", "tanh", "elu", "gelu");
    SearchSpace space =
        SearchSpace.of(oneOf("kind", when("a", rate, units), when("b", other)), act);
    assertGpBeats(
        RandomSampler.ofDefaults(),
        space,
        c -> {
          double penalty = c.get(act).equals("elu") ? 0 : 0.5;
          if (!c.contains(rate)) {
            return penalty + 1 + c.get(other);
          }
          double rateError = Math.log10(c.get(rate)) + 2;
          double unitsError = (c.get(units) - 40) / 30.0;
          return penalty + rateError * rateError + unitsError * unitsError;
        });
  }
}

package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.hyperband.AshaSampler;
import org.hpo4j.sampler.hyperband.HyperbandSampler;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.Trial;
import org.junit.jupiter.api.Test;

/**
 * Epochs until a fully trained model is good enough, with real promotions against random search
 * that trains every trial to the end: Mann-Whitney over 40 seeds each, one-sided at 1e-4. That is
 * also the rate at which a scheduler no better than random search would pass.
 */
class HyperbandBeatsRandomTest {

  private static final int SEEDS = 40;
  private static final int EPOCHS = 81;
  private static final double TARGET = 0.01;

  /** A learning curve: quality at the end decided by two parameters, and reached at a rate. */
  private static double loss(double x, double y, double rate, int epoch) {
    double end = (x - 0.3) * (x - 0.3) + (y - 0.6) * (y - 0.6);
    return end + Math.exp(-(0.1 + 0.3 * rate) * epoch);
  }

  /** How many epochs all trials together took until one with all its epochs met the target. */
  private static double epochsToTarget(Sampler sampler, long seed) {
    Study study =
        Study.named("curves")
            .minimize("loss")
            .sampler(sampler)
            .defaultsFirst(false)
            .seed(seed)
            .create();
    int[] spent = {0};
    study.optimize(
        trial -> train(trial, spent),
        RunOptions.unlimited()
            .stopWhen(
                (unused, last) ->
                    last.value() <= TARGET
                        && last.fidelity().map(Fidelity::resource).orElse(EPOCHS) == EPOCHS));
    return spent[0];
  }

  private static double train(Trial trial, int[] spent) {
    double x = trial.uniform("x", 0, 1);
    double y = trial.uniform("y", 0, 1);
    double rate = trial.uniform("rate", 0, 1);
    int from = trial.fidelity().map(Fidelity::initialResource).orElse(0);
    int to = trial.fidelity().map(Fidelity::resource).orElse(EPOCHS);
    spent[0] += to - from;
    return loss(x, y, rate, to);
  }

  private static double[] epochs(Sampler sampler) {
    return LongStream.range(0, SEEDS).mapToDouble(seed -> epochsToTarget(sampler, seed)).toArray();
  }

  private static void assertBeatsRandom(Sampler sampler) {
    double p =
        MannWhitneyUTest.withDefaults()
            .with(AlternativeHypothesis.LESS_THAN)
            .test(epochs(sampler), epochs(RandomSampler.ofDefaults()))
            .getPValue();
    assertThat(p).isLessThan(1e-4);
  }

  @Test
  void hyperband() {
    assertBeatsRandom(HyperbandSampler.of(EPOCHS));
  }

  @Test
  void hyperbandAroundTpe() {
    assertBeatsRandom(HyperbandSampler.builder(EPOCHS).around(TpeSampler.ofDefaults()).build());
  }

  @Test
  void asha() {
    assertBeatsRandom(AshaSampler.builder(EPOCHS).reductionFactor(3).build());
  }
}

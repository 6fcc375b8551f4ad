package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.hpo4j.pruner.MedianPruner;
import org.hpo4j.sampler.QuasiRandomSampler;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.auto.AutoSampler;
import org.hpo4j.sampler.cmaes.CmaEsSampler;
import org.hpo4j.sampler.gp.GpSampler;
import org.hpo4j.sampler.hyperband.HyperbandSampler;
import org.hpo4j.sampler.nsga.NsgaSampler;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equal seed and lag give equal studies, however many threads run them. */
class OrderedRunTest {

  static Stream<Sampler> samplers() {
    return Stream.of(
        RandomSampler.ofDefaults(),
        QuasiRandomSampler.ofDefaults(),
        GpSampler.ofDefaults(),
        CmaEsSampler.ofDefaults(),
        NsgaSampler.ofDefaults(),
        AutoSampler.ofDefaults(),
        TpeSampler.ofDefaults(),
        TpeSampler.builder().multivariate(false).build());
  }

  /** Conditional, with late draws, reports, pruning, failures, and a time that varies. */
  private static double objective(Trial trial) {
    double x = trial.uniform("x", -5, 5);
    boolean deep = trial.bool("deep");
    double y = deep ? trial.logUniform("deep.rate", 1e-4, 1) : trial.integer("wide.units", 1, 64);
    // Lets trials overtake one another, so that the order of arrival differs between runs.
    spin((trial.number() * 7919) % 400);
    double value = x * x + Math.abs(Math.log(y)) + trial.random("noise").nextDouble();
    for (int epoch = 0; epoch < 3; epoch++) {
      trial.reportOrPrune(epoch, value + 3 - epoch);
    }
    return trial.number() % 11 == 5 ? Double.NaN : value;
  }

  private static void spin(int micros) {
    long end = System.nanoTime() + micros * 1_000L;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static Study run(Sampler sampler, int threads) {
    Study study =
        Study.named("ordered")
            .minimize("loss")
            .sampler(sampler)
            .pruner(MedianPruner.ofDefaults())
            .seed(7)
            .create();
    study.optimize(
        OrderedRunTest::objective, RunOptions.trials(80).ordered(8).withParallelism(threads));
    return study;
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void isTheSameAtOneTwoAndEightThreads(Sampler sampler) {
    String one = run(sampler, 1).export().canonicalJson();
    assertThat(run(sampler, 2).export().canonicalJson()).isEqualTo(one);
    assertThat(run(sampler, 8).export().canonicalJson()).isEqualTo(one);
  }

  @Test
  void theObjectiveOfThisTestPrunesAndFails() {
    List<FrozenTrial> trials = run(TpeSampler.ofDefaults(), 2).trials();
    assertThat(trials).extracting(t -> t.state().name()).contains("PRUNED", "FAILED", "COMPLETE");
  }

  private static Study synchronous() {
    return Study.named("synchronous")
        .minimize("loss")
        .sampler(
            HyperbandSampler.builder(9)
                .around(TpeSampler.builder().startupTrials(3).build())
                .synchronous(true)
                .build())
        .pruner(new MedianPruner(2, 0))
        .seed(6)
        .create();
  }

  /** Interrupts the run in one trial, the first time. */
  private static Objective<InterruptedException> interrupted(int number, AtomicBoolean done) {
    return trial -> {
      if (trial.number() == number && !done.getAndSet(true)) {
        throw new InterruptedException();
      }
      double x = trial.uniform("x", -5, 5);
      double y = trial.bool("deep") ? trial.logUniform("rate", 1e-4, 1) : trial.integer("n", 1, 9);
      for (int step = 0; step < 4; step++) {
        trial.reportOrPrune(step, x * x + y + 5 * trial.random("noise" + step).nextDouble());
      }
      return x * x + y;
    };
  }

  @Test
  void aTrialThatBeginsAgainKnowsWhatItKnewWhereTheSamplerHadWaited() throws Exception {
    RunOptions options = RunOptions.trials(40).ordered(4);
    Study undisturbed = synchronous();
    undisturbed.optimize(interrupted(-1, new AtomicBoolean()), options);
    String expected = undisturbed.export().canonicalJson();
    for (int number = 0; number < 40; number++) {
      Study study = synchronous();
      AtomicBoolean done = new AtomicBoolean();
      study.optimize(interrupted(number, done), options);
      assertThat(Thread.interrupted()).isTrue();
      study.optimize(interrupted(number, done), options);
      assertThat(study.export().canonicalJson()).as("trial %d", number).isEqualTo(expected);
    }
  }
}

package org.hpo4j.benchmarks.convergence;

import java.util.List;
import java.util.Optional;
import org.hpo4j.benchmarks.Environment;
import org.hpo4j.benchmarks.lcbench.LcBench;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.pruner.HyperbandPruner;
import org.hpo4j.pruner.MedianPruner;
import org.hpo4j.pruner.Pruner;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.gp.GpSampler;
import org.hpo4j.sampler.hyperband.AshaSampler;
import org.hpo4j.sampler.hyperband.HyperbandSampler;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyBuilder;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.Trial;

/**
 * A sampler of this library that pays by the epoch: a scheduler says how far a trial trains, or a
 * pruner stops it, or neither.
 *
 * @param name unique
 * @param sampler the sampler, perhaps within a scheduler
 * @param pruner stops trainings
 * @param tasks the trainings
 */
record EpochContender(String name, Sampler sampler, Optional<Pruner> pruner, EpochTasks tasks)
    implements Contender {

  /** All contenders on these trainings. */
  static List<EpochContender> all(EpochTasks tasks) {
    Sampler random = RandomSampler.ofDefaults();
    Sampler tpe = TpeSampler.ofDefaults();
    Sampler gp = GpSampler.ofDefaults();
    return List.of(
        of("hpo4j-random", random, tasks),
        of("hpo4j-tpe", tpe, tasks),
        of("hpo4j-gp", gp, tasks),
        new EpochContender("hpo4j-tpe-median", tpe, Optional.of(MedianPruner.ofDefaults()), tasks),
        new EpochContender(
            "hpo4j-tpe-hyperband-pruner",
            tpe,
            Optional.of(HyperbandPruner.of(LcBench.EPOCHS)),
            tasks),
        of("hpo4j-hyperband", HyperbandSampler.of(LcBench.EPOCHS), tasks),
        of("hpo4j-bohb", HyperbandSampler.builder(LcBench.EPOCHS).around(tpe).build(), tasks),
        of("hpo4j-bohb-gp", HyperbandSampler.builder(LcBench.EPOCHS).around(gp).build(), tasks),
        of("hpo4j-asha", AshaSampler.of(LcBench.EPOCHS), tasks),
        of("hpo4j-asha-tpe", AshaSampler.builder(LcBench.EPOCHS).around(tpe).build(), tasks),
        of("hpo4j-asha-gp", AshaSampler.builder(LcBench.EPOCHS).around(gp).build(), tasks));
  }

  private static EpochContender of(String name, Sampler sampler, EpochTasks tasks) {
    return new EpochContender(name, sampler, Optional.empty(), tasks);
  }

  @Override
  public String version() {
    return Environment.codeVersion();
  }

  @Override
  public boolean isPeer() {
    return false;
  }

  @Override
  public double[] run(Problem problem, long seed, int epochs) {
    EpochLedger ledger = EpochLedger.of(tasks.of(problem), epochs);
    StudyBuilder builder =
        Study.named(problem.name() + "/" + name)
            .minimize("error")
            .space(problem.space())
            .sampler(sampler)
            .defaultsFirst(false)
            .seed(StudySeed.of(problem, name, seed));
    Study study = pruner.map(builder::pruner).orElse(builder).create();
    study.optimize(
        trial -> train(trial, ledger),
        RunOptions.unlimited().stopWhen((unused, trial) -> ledger.isUsedUp()));
    return ledger.regrets();
  }

  private static double train(Trial trial, EpochLedger ledger) {
    int from = trial.fidelity().map(Fidelity::initialResource).orElse(0);
    int to = trial.fidelity().map(Fidelity::resource).orElse(LcBench.EPOCHS);
    double error = Double.NaN;
    for (int epoch = from + 1; epoch <= to; epoch++) {
      error = ledger.pay(trial.number(), trial.configuration(), epoch);
      trial.reportOrPrune(epoch, error);
    }
    return error;
  }
}

package org.hpo4j.study;

import java.nio.file.Path;
import org.hpo4j.pruner.MedianPruner;
import org.hpo4j.pruner.Pruner;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.hyperband.HyperbandSampler;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.storage.JournalStorage;
import org.hpo4j.storage.Storage;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;

/** A process that runs a study and prints the number of each trial once it is recorded. */
final class StudyWorker {

  static final int TRIALS = 300;

  private StudyWorker() {}

  /** Starts or resumes the study of a journal: the path, then the mode. */
  @SuppressWarnings("SystemOut") // the way to the parent
  public static void main(String[] arguments) {
    StudyListener printer =
        new StudyListener() {
          @Override
          public void trialFinished(BaseStudy study, FrozenTrial trial) {
            System.out.println(trial.number());
          }
        };
    try (Storage storage = JournalStorage.open(Path.of(arguments[0]))) {
      run(storage, arguments[1], printer);
    }
  }

  static Study run(Storage storage, String mode, StudyListener listener) {
    boolean ordered = !mode.equals("asap");
    Sampler sampler =
        switch (mode) {
          case "asap" -> RandomSampler.ofDefaults();
          case "ordered" -> TpeSampler.ofDefaults();
          case "hyperband" -> HyperbandSampler.builder(9).around(TpeSampler.ofDefaults()).build();
          default -> throw new IllegalArgumentException("unknown mode " + mode);
        };
    Study study =
        Study.named("killed")
            .minimize("loss")
            .sampler(sampler)
            .pruner(ordered ? MedianPruner.ofDefaults() : Pruner.none())
            .seed(11)
            .storage(storage)
            .createOrResume();
    RunOptions options = RunOptions.trials(TRIALS).withParallelism(2).withListener(listener);
    study.optimize(StudyWorker::objective, ordered ? options.ordered(4) : options.asap());
    return study;
  }

  /** Conditional, with draws and reports at several times, pruning and failures. */
  private static double objective(Trial trial) {
    double x = trial.uniform("x", -5, 5);
    trial.report(0, x * x + 1);
    double y =
        trial.bool("deep") ? trial.logUniform("rate", 1e-4, 1) : trial.integer("units", 1, 9);
    trial.setAttribute("y", y);
    double value = x * x + Math.log(y) + trial.random("noise").nextDouble();
    trial.reportOrPrune(1, value);
    return trial.number() % 11 == 5 ? Double.NaN : value;
  }
}

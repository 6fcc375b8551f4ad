package org.hpo4j.study;

import java.nio.file.Path;
import java.util.Optional;
import org.hpo4j.pruner.MedianPruner;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.auto.AutoSampler;
import org.hpo4j.sampler.hyperband.HyperbandSampler;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;

/** A process that runs a study and prints the number of each trial once it is recorded. */
final class StudyWorker {

  /** How often a study is killed that is; {@code -Dhpo4j.kills=200} for a longer test. */
  static final int KILLS = Integer.getInteger("hpo4j.kills", 10);

  /** So many that all kills come before the end. */
  static final int TRIALS = Math.max(300, 20 * KILLS);

  /** So large that {@link #FINITE} is not used up before the last kill. */
  private static final int LARGEST = Math.max(10, 4 * (KILLS - 10));

  private static final Parameter<Integer> X = Parameters.integer("x", -LARGEST, LARGEST);
  private static final Parameter<String> DEEP = Parameters.choice("deep", "no", "yes", "very");

  /** 63 configurations, more for more kills. */
  static final SearchSpace FINITE = SearchSpace.of(X, DEEP);

  /** The automatic sampler changes to another one at trial 500, with trials running. */
  private static final int IMPORTED = 490;

  private StudyWorker() {}

  /**
   * Starts or resumes the study of a journal: the path, the mode, and {@code silent} if nobody is
   * told of the ends of trials, which then share a commit with the next start.
   */
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
      Optional<StudyListener> listener =
          arguments.length > 2 ? Optional.empty() : Optional.of(printer);
      run(storage, arguments[1], listener);
    }
  }

  static Study run(Storage storage, String mode, Optional<StudyListener> listener) {
    Sampler sampler =
        switch (mode) {
          case "asap" -> RandomSampler.ofDefaults();
          case "ordered", "reuse", "reuse asap" -> TpeSampler.ofDefaults();
          case "hyperband" -> HyperbandSampler.builder(9).around(TpeSampler.ofDefaults()).build();
          case "synchronous" ->
              HyperbandSampler.builder(9)
                  .around(TpeSampler.builder().startupTrials(3).build())
                  .synchronous(true)
                  .build();
          case "auto" -> AutoSampler.ofDefaults();
          default -> throw new IllegalArgumentException("unknown mode " + mode);
        };
    boolean ordered = !mode.endsWith("asap");
    // One trial may be under way at each of the kills.
    int kills = 2 * KILLS;
    StudyBuilder settings =
        Study.named("killed")
            .minimize("loss")
            .sampler(sampler)
            .seed(11)
            .storage(storage)
            .retrying(FailureReason.LOST, kills);
    if (mode.startsWith("reuse")) {
      settings.space(FINITE).duplicates(Duplicates.REUSE).constraints("size");
    } else if (ordered) {
      settings.pruner(
          mode.equals("synchronous") ? new MedianPruner(2, 0) : MedianPruner.ofDefaults());
    }
    Study study = settings.createOrResume();
    if (mode.equals("auto")) {
      importUpTo(study, IMPORTED);
    }
    RunOptions options =
        RunOptions.trials(mode.equals("auto") ? IMPORTED + 20 : TRIALS).withParallelism(2);
    if (listener.isPresent()) {
      options = options.withListener(listener.get());
    }
    study.optimize(
        mode.startsWith("reuse") ? StudyWorker::finite : StudyWorker::objective,
        ordered ? options.ordered(4) : options.asap());
    return study;
  }

  /** Trials from elsewhere, each a function of its number. */
  private static void importUpTo(Study study, int count) {
    Parameter<Double> x = Parameters.uniform("x", -5, 5);
    Parameter<Boolean> deep = Parameters.bool("deep");
    Parameter<Integer> units = Parameters.integer("units", 1, 9);
    for (int i = study.trialCount(); i < count; i++) {
      Configuration values =
          Configuration.builder()
              .set(x, i % 97 / 97.0 * 10 - 5)
              .set(deep, false)
              .set(units, 1 + i % 9)
              .build();
      study.importTrial(values, i % 89);
    }
  }

  /** What runs once may be told from what is reused by its attribute. */
  private static double finite(Trial trial) {
    double x = trial.suggest(X);
    trial.setAttribute("noise", trial.random("noise").nextDouble());
    trial.constrain("size", x - 8);
    return x * x + trial.suggest(DEEP).length();
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

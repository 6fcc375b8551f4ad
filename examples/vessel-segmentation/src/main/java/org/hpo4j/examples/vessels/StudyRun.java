package org.hpo4j.examples.vessels;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hpo4j.examples.vessels.data.RetinaSplit;
import org.hpo4j.examples.vessels.engine.NetworkPlan;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.ProgressLine;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.tensorboard.TensorBoardListener;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;

/**
 * The whole study in one folder: search, retraining of baseline and best, and what is written about
 * them. Everything that took time is kept in the folder's journal, so that a second start does only
 * what is left.
 */
final class StudyRun {
  /** Name of the search; retrainings have studies of their own. */
  static final String STUDY = "retinal-vessels";

  private final Profile profile;
  private final RetinaSplit retinas;
  private final Training training;
  private final Storage journal;
  private final Path folder;
  private final boolean tensorBoard;
  private final PrintWriter out;
  private final Study study;

  StudyRun(
      Profile profile,
      RetinaSplit retinas,
      Training training,
      Storage journal,
      Path folder,
      boolean tensorBoard,
      PrintWriter out,
      Study study) {
    this.profile = profile;
    this.retinas = retinas;
    this.training = training;
    this.journal = journal;
    this.folder = folder;
    this.tensorBoard = tensorBoard;
    this.out = out;
    this.study = study;
  }

  /**
   * Opens the study of the search.
   *
   * @throws IllegalArgumentException if the storage's study has another space or seed
   */
  static Study study(Storage journal, VesselSpace space, long seed) {
    return Study.named(STUDY)
        .minimize("validation_loss")
        .space(space.space())
        .sampler(TpeSampler.ofDefaults())
        .seed(seed)
        .storage(journal)
        .createOrResume();
  }

  /**
   * Does what is left of the study, the baseline first, and writes its results.
   *
   * @throws StudyFailedException if no trial was completed, or a retraining came to no loss
   */
  void run() throws IOException, StudyFailedException {
    if (study.trialCount() == 0) {
      study.enqueue(training.space().space().defaults().toMap());
    }
    search();
    String summary = study.summary().toTable();
    out.printf("%n%s%n", summary);
    Files.writeString(folder.resolve("summary.txt"), summary + "\n");
    study.export().csv(folder.resolve("trials.csv"));
    requireBest();
    FrozenTrial best = study.best();

    NetworkPlan baselinePlan = NetworkPlan.baseline(profile.levels());
    NetworkPlan bestPlan = training.space().plan(best.hyperParameters());
    out.printf(
        "%nRetraining from fresh seeds%n  baseline: %s%n  best:     %s%n",
        baselinePlan.describe(), bestPlan.describe());
    Retraining retraining =
        new Retraining(training, retinas.test(), profile, journal, study.seed(), out);
    List<Retrained> baseline = retraining.run(baselinePlan, profile.repetitions());
    List<Retrained> improved = retraining.run(bestPlan, profile.repetitions());
    // How slopes settle is shown even where the search preferred fixed ones.
    NetworkPlan learning = bestPlan.learningSlopes();
    Retrained learned =
        learning.equals(bestPlan) ? improved.get(0) : retraining.run(learning, 1).get(0);
    new Results(study, profile, training.space(), retinas.test(), folder, out)
        .write(best, new Comparison(baselinePlan, baseline, bestPlan, improved), learning, learned);
  }

  private void search() throws IOException {
    RunOptions options = RunOptions.trials(profile.trials()).ordered(1);
    try (ProgressLine progress = ProgressLine.of(profile.trials())) {
      options = options.withListener(progress);
      if (!tensorBoard) {
        study.optimize(training.search(), options);
        return;
      }
      try (TensorBoardListener events = TensorBoardListener.of(folder.resolve("tensorboard"))) {
        study.optimize(training.search(), options.withListener(events));
      }
    }
  }

  private void requireBest() throws StudyFailedException {
    List<FrozenTrial> trials = study.trials();
    if (trials.stream().noneMatch(trial -> trial.state() == TrialState.COMPLETE)) {
      throw new StudyFailedException(
          "none of %d trials was completed, so there is no best one; '%s' says how each ended"
              .formatted(trials.size(), folder.resolve("trials.csv")));
    }
  }
}

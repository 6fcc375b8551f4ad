package org.hpo4j.examples.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hpo4j.examples.documents.report.KerasSummary;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.ProgressLine;
import org.hpo4j.study.Retention;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Report;

/**
 * One run of one tuner: a study of its own in a folder of its own, with journal, checkpoints,
 * summary and trials.
 *
 * @param repetition number of the repetition, from 0
 * @param folder of this run
 * @param parallelism trials at a time
 */
record TunerRun(
    Tuner tuner, int repetition, Engine engine, Task task, Path folder, int parallelism) {

  /**
   * What came of it.
   *
   * @param seconds that its trials took, all together
   * @param test scores of the best trial's network on the test scans, by name
   * @param weights folder of the best trial's files
   * @param summary as Keras Tuner prints it
   */
  record Result(
      Tuner tuner,
      int repetition,
      List<FrozenTrial> trials,
      FrozenTrial best,
      UNetDesign design,
      double seconds,
      Map<?, ?> test,
      Path weights,
      String summary) {

    double testF1() {
      return test.get("f1") instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Returns the largest value after each epoch that was trained, in the order of trials. */
    List<Double> bestByEpoch() {
      List<Double> bests = new ArrayList<>();
      double best = 0;
      for (FrozenTrial trial : trials) {
        for (Report report : trial.reports("")) {
          best = Math.max(best, report.value());
          bests.add(best);
        }
      }
      return bests;
    }
  }

  /**
   * Does what is left of the run.
   *
   * @param journals keeps the run's journal open for trackers that have not sent everything yet
   * @param data fingerprint of the scans
   * @throws ForeignStudyException if the folder has a study of other sizes, data or seed
   * @throws StudyFailedException if no trial was completed
   */
  Result run(
      Trackers.Started trackers, Journals journals, Map<String, Object> identity, String data)
      throws IOException, StudyFailedException {
    Files.createDirectories(folder);
    int trials = tuner.trials(task.profile());
    Study study = open(journals.open(folder.resolve("journal.log")), identity, data);
    try (ProgressLine progress = ProgressLine.of(trials)) {
      RunOptions options =
          RunOptions.trials(trials)
              .withParallelism(parallelism)
              // What a tuner sees of earlier trials must not depend on which of them ends first.
              .ordered(parallelism)
              .withListener(progress);
      trackers.optimize(study, engine.objective(task), options, tuner, folder);
    }
    study.export().csv(folder.resolve("trials.csv"));
    return result(study);
  }

  private Study open(Storage journal, Map<String, Object> identity, String data) {
    try {
      Study study = study(journal);
      RunFolder.requireSame(study, new TreeMap<>(identity).toString(), data);
      return study;
    } catch (IllegalArgumentException e) {
      throw new ForeignStudyException(String.valueOf(e.getMessage()), e);
    }
  }

  private Study study(Storage journal) {
    return Study.named("documents-" + tuner.key() + "-" + repetition)
        .maximize(Task.OBJECTIVE)
        .space(task.profile().space().searchSpace())
        .sampler(tuner.sampler(task.profile()))
        // The defaults are this study's, and no tuner shall profit by them.
        .defaultsFirst(false)
        .seed(task.seed() + repetition)
        .storage(journal)
        .artifacts(folder.resolve("files"))
        .retention(Retention.bestTrials(1))
        .createOrResume();
  }

  private Result result(Study study) throws IOException, StudyFailedException {
    List<FrozenTrial> trials = study.trials();
    FrozenTrial best =
        study
            .findBest()
            .orElseThrow(
                () ->
                    new StudyFailedException(
                        "none of %d trials was completed, so there is no best one; '%s' says how each ended"
                            .formatted(trials.size(), folder.resolve("trials.csv"))));
    UNetDesign design = task.profile().space().design(best.hyperParameters());
    Path weights = weightsOf(study, best.number());
    String key = "test:" + best.number();
    Object known = study.attributes().get(key);
    if (known == null) {
      known = Segmentations.score(engine, task, design, weights).toAttribute();
      study.setAttribute(key, known);
    }
    String summary =
        KerasSummary.results(study, folder, Tuner.schedule(task.profile()).bracketsPerIteration());
    Files.writeString(folder.resolve("summary.txt"), summary);
    double seconds =
        trials.stream().mapToDouble(t -> t.duration().map(d -> d.toMillis()).orElse(0L)).sum()
            / 1000;
    Map<?, ?> test = known instanceof Map<?, ?> map ? map : Map.of();
    return new Result(tuner, repetition, trials, best, design, seconds, test, weights, summary);
  }

  private Path weightsOf(Study study, int trial) throws StudyFailedException {
    Optional<Path> file = study.artifact(trial, engine.weightFiles().get(0));
    return file.map(Path::getParent)
        .orElseThrow(
            () ->
                new StudyFailedException(
                    "the weights of trial %d are missing in '%s'; delete '%s' to begin this tuner anew"
                        .formatted(trial, folder.resolve("files"), folder)));
  }
}

package org.hpo4j.examples.vessels;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.examples.vessels.data.PatchGrid;
import org.hpo4j.examples.vessels.data.Retina;
import org.hpo4j.examples.vessels.data.Seeds;
import org.hpo4j.examples.vessels.engine.NetworkPlan;
import org.hpo4j.examples.vessels.engine.TrainedNetwork;
import org.hpo4j.examples.vessels.report.MapPicture;
import org.hpo4j.examples.vessels.report.Score;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;

/**
 * Trains one network several times more and scores it on the test photographs.
 *
 * <p>Each network has a study of its own beside the search, whose trials are the repetitions: so
 * they are resumed like any trial. These studies share a seed that the search has not, so that the
 * same repetition of two networks has the same patches, and the same first weights where layers
 * have the same name and shape.
 */
record Retraining(
    Training training,
    List<Retina> test,
    Profile profile,
    Storage journal,
    long searchSeed,
    PrintWriter out) {
  private static final int PREDICTION_BATCH = 32;

  /**
   * Does what is left and returns one result a repetition.
   *
   * @param repetitions how many, at least 1
   */
  List<Retrained> run(NetworkPlan plan, int repetitions) throws IOException, StudyFailedException {
    Study study =
        Study.named("retrained: " + plan.describe())
            .minimize("validation_loss")
            .sampler(RandomSampler.ofDefaults())
            .seed(Seeds.generator(searchSeed, 0, "retraining").nextLong())
            .storage(journal)
            .createOrResume();
    study.optimize(
        training.of(plan, (trial, network) -> score(plan, trial, network)),
        RunOptions.trials(repetitions).ordered(1));
    List<String> names = test.stream().map(Retina::name).toList();
    List<Retrained> results = new ArrayList<>();
    // An earlier start may have been asked for more.
    for (FrozenTrial trial : study.trials().subList(0, repetitions)) {
      if (trial.state() != TrialState.COMPLETE) {
        throw new StudyFailedException(
            "retraining %d of '%s' ended without a loss: %s"
                .formatted(trial.number(), plan.describe(), trial.outcome()));
      }
      results.add(Retrained.of(study, trial, names));
    }
    return results;
  }

  private void score(NetworkPlan plan, Trial trial, TrainedNetwork network) throws IOException {
    PatchGrid grid = new PatchGrid(plan.encoder().patch(), profile.stride(), PREDICTION_BATCH);
    List<float[]> maps = new ArrayList<>();
    Path picture = Files.createTempFile("map", ".png");
    try {
      for (Retina retina : test) {
        float[] map = grid.probabilities(retina, network);
        maps.add(map);
        MapPicture.write(map, retina.width(), picture);
        trial.attach(retina.name() + ".png", picture);
      }
    } finally {
      Files.delete(picture);
    }
    Score score = Score.of(test, maps);
    trial.setAttribute(Retrained.SCORE, score.toAttribute());
    trial.setAttribute(Retrained.SLOPES, Retrained.attribute(network.slopes()));
    trial.setAttribute(Retrained.PARAMETERS, network.parameterCount());
    out.printf(
        "  repetition %d: area under ROC %.4f, average precision %.4f, F1 %.4f%n",
        trial.number(),
        score.curves().rocArea(),
        score.curves().averagePrecision(),
        score.confusion().f1());
    out.flush();
  }
}

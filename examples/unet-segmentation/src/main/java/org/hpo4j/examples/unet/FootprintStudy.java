package org.hpo4j.examples.unet;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.examples.unet.data.Tile;
import org.hpo4j.examples.unet.data.TileBatches;
import org.hpo4j.examples.unet.data.TileSplit;
import org.hpo4j.examples.unet.engine.Engine;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.examples.unet.report.ChannelPlot;
import org.hpo4j.examples.unet.report.Score;
import org.hpo4j.examples.unet.report.Segmentation;
import org.hpo4j.examples.unet.report.TilePicture;
import org.hpo4j.study.Objective;
import org.hpo4j.study.ProgressLine;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.tensorboard.TensorBoardListener;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialState;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole study in one folder: search, retraining of baseline and best, and what is written about
 * them.
 *
 * <p>Everything that took time is kept in the study itself, trials as trials and retrainings as
 * attributes, so that a second start does only what is left.
 */
final class FootprintStudy {
  private static final int SHOWN_TILES = 4;

  private final Profile profile;
  private final TileSplit tiles;
  private final Engine engine;
  private final Path folder;
  private final PrintWriter out;
  private final Study study;
  private final Retraining retraining;
  private final TrialModels models;

  FootprintStudy(
      Profile profile, TileSplit tiles, Engine engine, Path folder, PrintWriter out, Study study) {
    this.profile = profile;
    this.tiles = tiles;
    this.engine = engine;
    this.folder = folder;
    this.out = out;
    this.study = study;
    this.retraining = new Retraining(profile, tiles, engine, study.seed());
    this.models = new TrialModels(profile, engine, study);
  }

  /**
   * Runs the trials that are left.
   *
   * @param parallelism trials at a time in this process
   * @param lag trials at a time in all processes that share the folder
   */
  void search(int parallelism, int lag) throws IOException {
    TrainingHistories histories = new TrainingHistories();
    try (ProgressLine progress = ProgressLine.of(profile.trials());
        TensorBoardListener board =
            TensorBoardListener.of(folder.resolve("tensorboard").resolve("trials"))) {
      study.optimize(
          histories.around(objective()),
          RunOptions.trials(profile.trials())
              .withParallelism(parallelism)
              // What the sampler sees of earlier trials must not depend on which of them ends
              // first.
              .ordered(lag)
              .withListener(progress)
              .withListener(histories)
              .withListener(board));
    }
  }

  /**
   * Retrains baseline and best, as far as that is left, and writes the results.
   *
   * @throws StudyFailedException if no trial was completed, or a retraining came to no loss
   */
  void compare() throws IOException, StudyFailedException {
    String summary = study.summary().toTable();
    out.printf("%n%s%n", summary);
    Files.writeString(folder.resolve("summary.txt"), summary + "\n");
    study.export().csv(folder.resolve("trials.csv"));
    requireBest();
    FrozenTrial best = study.best();
    int channels = channels(best);

    out.printf("%nRetraining baseline and best (%d channels) from fresh seeds%n", channels);
    List<Score> baselineScores = new ArrayList<>();
    List<Score> bestScores = new ArrayList<>();
    for (int i = 0; i < Profile.REPETITIONS; i++) {
      baselineScores.add(score(Label.COUNT, i));
      bestScores.add(score(channels, i));
    }
    Comparison comparison =
        new Comparison(
            Networks.unet(profile, Label.COUNT),
            baselineScores,
            Networks.unet(profile, channels),
            bestScores,
            retraining.everywhereIou());
    models.export(best, folder.resolve("model"));
    write(best, comparison);
  }

  private void requireBest() throws StudyFailedException {
    List<FrozenTrial> trials = study.trials();
    if (trials.stream().noneMatch(trial -> trial.state() == TrialState.COMPLETE)) {
      throw new StudyFailedException(
          "none of %d trials was completed, so there is no best one; '%s' says how each ended"
              .formatted(trials.size(), folder.resolve("trials.csv")));
    }
  }

  private Objective<IOException> objective() {
    Objective<IOException> training =
        engine.objective(
            hp -> Networks.unet(profile, Networks.channels(hp)),
            trial ->
                TileBatches.training(
                    tiles.train(),
                    profile.tile(),
                    profile.batch(),
                    profile.steps(),
                    trial.random("batches").nextLong()),
            TileBatches.evaluation(tiles.validation(), UNet.SIZE_MULTIPLE),
            profile.schedule());
    return models.around(training);
  }

  private Score score(int channels, int repetition) throws IOException, StudyFailedException {
    String key = "retrained:" + channels + ":" + repetition;
    Optional<Score> known =
        Optional.ofNullable(study.attributes().get(key)).flatMap(Score::ofAttribute);
    if (known.isPresent() && engine.hasWeights(weights(channels, repetition))) {
      return known.get();
    }
    Score score = retrain(channels, repetition);
    study.setAttribute(key, score.toAttribute());
    out.printf(
        "  %3d channels, seed %d: test loss %.4f, building IoU %.3f%n",
        channels, repetition, score.loss(), score.buildingIou());
    out.flush();
    return score;
  }

  /** The first repetition of each network also shows how its weights spread. */
  private Score retrain(int channels, int repetition) throws IOException, StudyFailedException {
    Path weights = weights(channels, repetition);
    try {
      if (repetition > 0) {
        return retraining.run(channels, repetition, weights, Retraining.Observer.NONE);
      }
      String name = channels + "-channels";
      try (WeightHistory history =
          new WeightHistory(channels + " channels", folder.resolve("tensorboard").resolve(name))) {
        Score score = retraining.run(channels, repetition, weights, history);
        history.write(folder.resolve("weights-" + name + ".png"));
        return score;
      }
    } catch (TrialFailedException e) {
      throw new StudyFailedException(
          "retraining with %d channels, seed %d, failed: %s; a lower --learning-rate may help"
              .formatted(channels, repetition, e.getMessage()),
          e);
    }
  }

  private Path weights(int channels, int repetition) {
    return folder.resolve("weights").resolve(channels + "-channels-" + repetition);
  }

  private void write(FrozenTrial best, Comparison comparison) throws IOException {
    List<ChannelPlot.Point> points =
        study.trials().stream()
            .filter(trial -> trial.state() == TrialState.COMPLETE)
            .map(FootprintStudy::point)
            .toList();
    ChannelPlot.write(points, point(best), folder.resolve("channels.png"));

    List<Tile> shown = tiles.test().subList(0, Math.min(SHOWN_TILES, tiles.test().size()));
    List<Segmentation> baseline = retraining.segment(Label.COUNT, weights(Label.COUNT, 0), shown);
    List<Segmentation> improved =
        retraining.segment(channels(best), weights(channels(best), 0), shown);
    List<TilePicture.Row> rows = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      rows.add(new TilePicture.Row(shown.get(i), baseline.get(i), improved.get(i)));
    }
    TilePicture.write(
        rows, "best: %d channels".formatted(channels(best)), folder.resolve("tiles.png"));

    Map<String, Object> results = new LinkedHashMap<>();
    results.put("seed", study.seed());
    results.put("trials", study.trialCount());
    results.put("profile", profile.identity());
    results.put("best_trial", best.number());
    results.put("best_validation_loss", best.value());
    results.putAll(comparison.toMap());
    Files.writeString(
        folder.resolve("results.json"), JsonMapper.shared().writeValueAsString(results) + "\n");
    Files.writeString(folder.resolve("results.md"), comparison.toText());
    out.printf("%n%s%n", comparison.toText());
    out.printf("Everything is in %s%n", folder.toAbsolutePath().normalize());
    out.flush();
  }

  private static ChannelPlot.Point point(FrozenTrial trial) {
    return new ChannelPlot.Point(channels(trial), trial.value());
  }

  private static int channels(FrozenTrial trial) {
    return Networks.channels(trial.hyperParameters());
  }
}

package org.hpo4j.examples.flowers;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.hpo4j.examples.flowers.data.Picture;
import org.hpo4j.examples.flowers.data.PictureSet;
import org.hpo4j.examples.flowers.data.PictureSplit;
import org.hpo4j.examples.flowers.data.Views;
import org.hpo4j.examples.flowers.head.DjlHead;
import org.hpo4j.examples.flowers.head.Head;
import org.hpo4j.examples.flowers.head.HeadData;
import org.hpo4j.examples.flowers.head.HeadEngine;
import org.hpo4j.examples.flowers.head.WeightWatcher;
import org.hpo4j.examples.flowers.report.Confusion;
import org.hpo4j.examples.flowers.report.CurvePlot;
import org.hpo4j.examples.flowers.report.ImageGrid;
import org.hpo4j.examples.flowers.report.RunManager;
import org.hpo4j.examples.flowers.report.RunTable;
import org.hpo4j.examples.flowers.report.TensorBoard;
import org.hpo4j.sampler.GridSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyListener;
import org.hpo4j.tensorboard.SummaryWriter;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.TrialState;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole study in one folder: features, the grid of runs, the best head on the test part, and
 * the same head on a backbone of random weights.
 *
 * <p>Everything that took time is kept, features in the cache and runs as trials, so that a second
 * start does only what is left.
 */
final class FlowerRun {
  static final String STUDY = "flowers";
  private static final String CONTROL = "flowers-random-backbone";

  /**
   * What a study works with.
   *
   * @param weights of the backbone; without a file they are random
   */
  record Setting(
      Profile profile,
      PictureSet pictures,
      Optional<Path> weights,
      Device device,
      HeadEngine heads,
      long seed,
      Path folder,
      Path cache) {}

  /** Thrown if the folder has a study of other sizes, pictures or seed. */
  static final class OtherStudyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OtherStudyException(Path folder, String reason) {
      super("the study in '%s' can't be resumed: %s; give another --out".formatted(folder, reason));
    }
  }

  private final Setting setting;
  private final String identity;
  private final Storage storage;
  private final PrintWriter out;
  private final PictureSplit split;
  private final FrozenFeatures features;

  FlowerRun(Setting setting, Map<String, Object> identity, Storage storage, PrintWriter out) {
    this.setting = setting;
    this.identity = identity.toString();
    this.storage = storage;
    this.out = out;
    split = PictureSplit.of(setting.pictures(), setting.seed());
    features = new FrozenFeatures(setting, split, out);
  }

  /**
   * Does what is left of the study and writes its results.
   *
   * @throws StudyFailedException if no run was completed
   */
  void run() throws IOException, StudyFailedException {
    List<Configuration> runs = Head.runs();
    Study study = open(STUDY, runs);
    announce(runs.size());
    HeadData data = features.data(setting.weights());
    RunManager manager = new RunManager(setting.folder(), study);
    try (TensorBoard board = new TensorBoard(setting.folder().resolve("tensorboard"))) {
      showModel(board, runs.get(0));
      optimize(study, data, runs.size(), board, List.of(board.listener(), manager));
    }
    requireCompleted(study);
    FrozenTrial best = study.trial(RunTable.best(manager.rows()).get(0).run());
    Map<String, Object> results = new LinkedHashMap<>();
    String table = RunTable.toText(manager.rows());
    out.printf("%n%s%n", table);
    CurvePlot.write(manager.rows(), setting.folder().resolve("accuracy.png"));
    Files.writeString(setting.folder().resolve("runs.md"), table);
    study.export().csv(setting.folder().resolve("trials.csv"));

    Head head = Head.of(best.hyperParameters());
    Confusion tested = test(study, best, data, split.test());
    Confusion trained = test(study, best, data, split.train());
    results.put("seed", setting.seed());
    results.put("setting", identity);
    results.put("units", head.units());
    results.put("dropout", head.dropout());
    results.put("training_accuracy", trained.accuracy());
    results.put("validation_accuracy", best.value());
    results.put("test_accuracy", tested.accuracy());
    StringBuilder text = new StringBuilder();
    text.append(
        "Best: %d units, dropout %s. Training %s, validation %s, test %s.%n%n%s"
            .formatted(
                head.units(),
                head.dropout(),
                RunTable.percent(trained.accuracy()),
                RunTable.percent(best.value()),
                tested.summary(),
                tested.toText()));
    if (setting.weights().isPresent()) {
      Confusion random = control(best.configuration());
      results.put("random_backbone_test_accuracy", random.accuracy());
      text.append(
          "%nThe same head on a backbone of random weights: test %s.%n"
              .formatted(random.summary()));
    }
    out.println(text);
    Files.writeString(setting.folder().resolve("results.md"), table + "\n" + text);
    Files.writeString(
        setting.folder().resolve("results.json"),
        JsonMapper.shared().writeValueAsString(results) + "\n");
    out.printf("Everything is in %s%n", setting.folder().toAbsolutePath().normalize());
    out.flush();
  }

  private void announce(int runs) {
    PictureSet pictures = setting.pictures();
    out.printf(
        "%d pictures of %d classes: %d to train on, %d to validate, %d to test; %d runs of %d"
            + " epochs; folder %s%n",
        pictures.pictures().size(),
        pictures.classes().size(),
        split.train().size(),
        split.validation().size(),
        split.test().size(),
        runs,
        setting.profile().epochs(),
        setting.folder());
    if (pictures.grey() > 0) {
      out.printf("%d pictures are grey: their one channel stands for all three%n", pictures.grey());
    }
    out.flush();
  }

  /** Opens one of the folder's studies; one of another setting is left alone. */
  private Study open(String name, List<Configuration> runs) {
    try {
      Study study =
          Study.named(name)
              .maximize(HeadEngine.ACCURACY)
              .space(Head.SPACE)
              .sampler(GridSampler.of(runs))
              .seed(setting.seed())
              .storage(storage)
              .artifacts(setting.folder().resolve("artifacts"))
              .createOrResume();
      RunFolder.requireSame(study, identity, setting.pictures().digest());
      return study;
    } catch (IllegalArgumentException e) {
      throw new OtherStudyException(setting.folder(), String.valueOf(e.getMessage()));
    }
  }

  private void optimize(
      Study study, HeadData data, int runs, WeightWatcher watcher, List<StudyListener> listeners)
      throws IOException {
    RunOptions options = RunOptions.trials(runs);
    for (StudyListener listener : listeners) {
      options = options.withListener(listener);
    }
    study.optimize(setting.heads().objective(data, setting.profile().epochs(), watcher), options);
  }

  private static void requireCompleted(Study study) throws StudyFailedException {
    if (study.trials().stream().noneMatch(trial -> trial.state() == TrialState.COMPLETE)) {
      throw new StudyFailedException(
          "none of %d runs of study '%s' was completed, so there is no best one"
              .formatted(study.trialCount(), study.name()));
    }
  }

  private Confusion test(Study study, FrozenTrial trial, HeadData data, List<Picture> part)
      throws IOException, StudyFailedException {
    String file = setting.heads().weightsFile();
    Optional<Path> weights = study.artifact(trial.number(), file);
    if (weights.isEmpty()) {
      throw new StudyFailedException(
          "'%s' of run %d is gone from '%s'"
              .formatted(file, trial.number(), setting.folder().resolve("artifacts")));
    }
    Head head = Head.of(trial.hyperParameters());
    return new Confusion(
        setting.pictures().classes(),
        part.stream().map(Picture::label).toList(),
        setting.heads().predict(data, head, weights.get(), part));
  }

  /** Trains a head on features that nobody has learned. */
  private Confusion control(Configuration configuration) throws IOException, StudyFailedException {
    out.println("The same head on a backbone of random weights");
    Study study = open(CONTROL, List.of(configuration));
    HeadData data = features.data(Optional.empty());
    optimize(study, data, 1, (trial, epoch, weights, gradients) -> {}, List.of());
    requireCompleted(study);
    return test(study, study.best(), data, split.test());
  }

  private void showModel(TensorBoard board, Configuration run) throws IOException {
    Profile profile = setting.profile();
    Views views = new Views(setting.seed(), profile.crop());
    BufferedImage grid = ImageGrid.draw(setting.pictures().classes(), split, views);
    ImageIO.write(grid, "png", setting.folder().resolve("pictures.png").toFile());
    Optional<Block> network = profile.backbone().averaged();
    Shape input =
        network.isPresent()
            ? new Shape(1, 3, profile.crop(), profile.crop())
            : new Shape(1, profile.backbone().features());
    Head head = Head.of(HyperParameters.of(run));
    try (SummaryWriter model =
        board.model(network, DjlHead.block(head, setting.pictures().classes().size()), input)) {
      model.image("pictures", 0, grid);
      // Frozen: the same in every epoch of every run, and without gradients.
      features.weights(
          setting.weights(), (name, values) -> model.histogram("backbone/" + name, 0, values));
    }
  }
}

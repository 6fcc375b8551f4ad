package org.hpo4j.examples.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hpo4j.mlflow.MlflowOptions;
import org.hpo4j.mlflow.MlflowTracker;
import org.hpo4j.study.Objective;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.tensorboard.TensorBoardListener;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of the trials besides the run folder.
 *
 * @param mlflow the server and the experiment, which the article calls the project
 * @param tensorBoard whether event files are written into each run's folder
 */
record Trackers(Optional<MlflowOptions> mlflow, boolean tensorBoard) {

  /**
   * Runs a study while trackers listen; they have been told everything when this returns.
   *
   * @param folder of the tuner's run
   */
  void optimize(
      Study study, Objective<IOException> objective, RunOptions options, Tuner tuner, Path folder)
      throws IOException {
    try (MlflowTracker server = server(tuner);
        TensorBoardListener files =
            tensorBoard ? TensorBoardListener.of(folder.resolve("tensorboard")) : null) {
      RunOptions tracked = server == null ? options : options.withListener(server);
      study.optimize(objective, files == null ? tracked : tracked.withListener(files));
    }
  }

  private @Nullable MlflowTracker server(Tuner tuner) {
    return mlflow
        .map(options -> MlflowTracker.start(options.withTag("tuner", tuner.key())))
        .orElse(null);
  }
}

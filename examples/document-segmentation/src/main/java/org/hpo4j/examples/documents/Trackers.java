package org.hpo4j.examples.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.mlflow.MlflowOptions;
import org.hpo4j.mlflow.MlflowTracker;
import org.hpo4j.study.Objective;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.tensorboard.TensorBoardListener;

/**
 * Who is told of the trials besides the run folder.
 *
 * @param mlflow the server and the experiment, which the article calls the project
 * @param tensorBoard whether event files are written into each run's folder
 */
record Trackers(Optional<MlflowOptions> mlflow, boolean tensorBoard) {

  /**
   * Starts what listens to all runs of all tuners, so that a server that is away is told of once.
   */
  Started start() {
    return new Started(mlflow.map(MlflowTracker::start), tensorBoard);
  }

  /** Trackers that listen. Closed before the storages of the studies that they were told of. */
  record Started(Optional<MlflowTracker> server, boolean tensorBoard) implements AutoCloseable {

    /**
     * Runs a study while trackers listen.
     *
     * @param folder of the tuner's run
     */
    void optimize(
        Study study, Objective<IOException> objective, RunOptions options, Tuner tuner, Path folder)
        throws IOException {
      // Told even where no trial is left to run: the server may have missed some.
      server.ifPresent(tracker -> tracker.track(study, Map.of("tuner", tuner.key())));
      RunOptions tracked = server.map(options::withListener).orElse(options);
      try (TensorBoardListener files =
          tensorBoard ? TensorBoardListener.of(folder.resolve("tensorboard")) : null) {
        study.optimize(objective, files == null ? tracked : tracked.withListener(files));
      }
    }

    @Override
    public void close() {
      server.ifPresent(MlflowTracker::close);
    }
  }
}

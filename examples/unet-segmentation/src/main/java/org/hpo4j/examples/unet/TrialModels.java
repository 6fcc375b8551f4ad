package org.hpo4j.examples.unet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hpo4j.examples.unet.engine.Engine;
import org.hpo4j.examples.unet.engine.TrainedUNet;
import org.hpo4j.examples.unet.model.NetworkFile;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.study.Objective;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Trial;

/** The networks that trials have trained, to be used again. */
record TrialModels(Profile profile, Engine engine, Study study) {

  /**
   * Returns an objective that attaches to each trial what its network is built from: with the
   * weights, which the engine attaches, a whole model.
   */
  Objective<IOException> around(Objective<IOException> objective) {
    return trial -> {
      double value = objective.evaluate(trial);
      attach(trial);
      return value;
    };
  }

  private void attach(Trial trial) throws IOException {
    Path file = Files.createTempFile("network", ".json");
    try {
      NetworkFile.write(network(trial), file);
      trial.attach(NetworkFile.NAME, file);
    } finally {
      Files.delete(file);
    }
  }

  private UNet network(HyperParameters hp) {
    return Networks.unet(profile, Networks.channels(hp));
  }

  /**
   * Writes a trial's network with its weights in the engine's own format.
   *
   * @throws StudyFailedException if the trial has no weights
   */
  void export(FrozenTrial trial, Path folder) throws IOException, StudyFailedException {
    Path weights =
        engine
            .keptWeights(study, trial.number())
            .orElseThrow(
                () ->
                    new StudyFailedException(
                        "the weights of trial %d, which should be in the run's folder 'artifacts', are missing"
                            .formatted(trial.number())));
    try (TrainedUNet trained = engine.open(network(trial.hyperParameters()), 0)) {
      trained.restore(weights);
      trained.export(folder);
    }
  }
}

package org.hpo4j.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.Trial;

/**
 * Which epochs of the whole training a trial runs, and the state from which the next trial goes on:
 * the weights and the optimizer's own variables after the last epoch. All epochs, and no state,
 * where no scheduler decides.
 *
 * @param trial the trial
 * @param done how many epochs its parent has had; 0 without a parent
 * @param until how many it shall have had
 * @param epochs those of the whole training
 */
record TrainingPart(Trial trial, int done, int until, int epochs) {

  private static final String STATE = "training";

  static TrainingPart of(Trial trial, int epochs) {
    int done = trial.fidelity().map(Fidelity::initialResource).orElse(0);
    int until = trial.fidelity().map(Fidelity::resource).orElse(epochs);
    if (until > epochs) {
      throw new IllegalArgumentException(
          "the sampler lets trial %d train for %d epochs, the objective for %d: call epochs(%d)"
              .formatted(trial.number(), until, epochs, until));
    }
    return new TrainingPart(trial, done, until, epochs);
  }

  /** Reads the parent's state, if there is a parent. */
  void restore(NetworkSession<?> session) {
    if (done > 0) {
      Path index = trial.parentArtifact(STATE + ".index").orElseThrow(this::missing);
      session.restoreState(index.resolveSibling(STATE));
    }
  }

  private IllegalStateException missing() {
    return new IllegalStateException(
        "trial %d goes on after epoch %d, but its parent %s kept no file '%s.index'"
            .formatted(
                trial.number(),
                done,
                trial.fidelity().orElseThrow().parent().orElseThrow(),
                STATE));
  }

  /** Attaches the state unless the training is complete. */
  void keep(NetworkSession<?> session) throws IOException {
    if (until == epochs) {
      return;
    }
    Path folder = Files.createTempDirectory("hpo4j-training");
    try {
      for (Path file : session.saveState(folder.resolve(STATE))) {
        trial.attach(file.getFileName().toString(), file);
        Files.delete(file);
      }
    } finally {
      for (Path file : Checkpoint.files(folder.resolve(STATE))) {
        Files.deleteIfExists(file);
      }
      Files.delete(folder);
    }
  }
}

package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hpo4j.trial.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyArtifactsTest {

  private static StudyBuilder builder() {
    return Study.named("demo").minimize("loss").seed(1);
  }

  private static Objective<IOException> attaching(Path folder) {
    return trial -> {
      Path file = folder.resolve("source-" + trial.number());
      Files.writeString(file, "trial " + trial.number());
      trial.attach("weights", file);
      if (trial.number() == 2) {
        throw new IOException("lost");
      }
      return Math.abs(trial.number() - 5);
    };
  }

  @Test
  void attachedFilesAreFoundAfterTheTrial(@TempDir Path folder) throws IOException {
    Study study = builder().artifacts(folder.resolve("files")).create();
    study.optimize(attaching(folder), RunOptions.trials(3).tolerating(IOException.class));

    assertThat(study.artifacts(2)).containsExactly("weights");
    assertThat(study.artifact(1, "weights").orElseThrow()).hasContent("trial 1");
    assertThat(study.artifact(1, "model")).isEmpty();
  }

  @Test
  void onlyTheBestTrialsKeepTheirFiles(@TempDir Path folder) throws IOException {
    Study study =
        builder().artifacts(folder.resolve("files")).retention(Retention.bestTrials(2)).create();
    study.optimize(attaching(folder), RunOptions.trials(10).tolerating(IOException.class));

    assertThat(folder.resolve("files/demo").toFile().list())
        .containsExactlyInAnyOrder("trial-4", "trial-5");
  }

  @Test
  void aRunningTrialKeepsItsFilesWhileOthersEnd(@TempDir Path folder) throws IOException {
    Study study =
        builder().artifacts(folder.resolve("files")).retention(Retention.bestTrials(1)).create();
    Path file = Files.writeString(folder.resolve("source"), "w");
    Trial running = study.ask();
    running.attach("weights", file);
    Trial ended = study.ask();
    study.tell(ended, 1);

    assertThat(study.artifacts(running.number())).containsExactly("weights");
  }

  @Test
  void filesOfAnEarlierStudyOfTheNameAreNotFound(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("source"), "w");
    for (String name : new String[] {"old", "new"}) {
      Study study = builder().artifacts(folder.resolve("files")).create();
      Trial trial = study.ask();
      trial.attach(name, file);
      study.tell(trial, 1);

      assertThat(study.artifacts(0)).containsExactly(name);
      assertThat(study.artifact(0, name)).isPresent();
      assertThat(study.artifact(0, name.equals("old") ? "new" : "old")).isEmpty();
      assertThat(study.artifact(1, name)).isEmpty();
    }
  }

  @Test
  void withoutAFolderTheErrorSaysHowToNameOne(@TempDir Path folder) {
    Study study = builder().create();

    assertThatThrownBy(() -> study.ask().attach("weights", folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("study 'demo' has no artifact folder");
  }
}

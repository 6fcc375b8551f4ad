package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that ended with an error, since the journal could not be written. */
class UnwrittenEndTest {

  private final Path journal;
  private final Path elsewhere;

  UnwrittenEndTest(@TempDir Path folder) {
    journal = folder.resolve("journal.log");
    elsewhere = folder.resolve("elsewhere");
  }

  private static Study open(JournalStorage storage) {
    return Study.named("study")
        .minimize("loss")
        .sampler(RandomSampler.ofDefaults())
        .seed(1)
        .storage(storage)
        .createOrResume();
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Timeout(60)
  void isRecordedAlthoughThatFailedAgainWhenTheStudyWasOpened() {
    try (JournalStorage storage = JournalStorage.open(journal)) {
      assertThatThrownBy(
              () ->
                  open(storage)
                      .optimize(
                          trial -> {
                            if (trial.number() == 2) {
                              move(journal, elsewhere);
                            }
                            return 1;
                          },
                          RunOptions.trials(6).ordered(1)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("deleted or moved");
      Study again = open(storage);
      move(elsewhere, journal);
      again.optimize(trial -> 1, RunOptions.trials(6).ordered(1));

      assertThat(again.trials())
          .hasSize(6)
          .extracting(FrozenTrial::state)
          .containsOnly(TrialState.COMPLETE);
    }
  }
}

package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is longer than a line may be does not get into a journal. */
class LongLineTest {

  private static final int HALF = JournalWriter.LONGEST_LINE / 2;

  private final Path path;

  LongLineTest(@TempDir Path folder) {
    this.path = folder.resolve("journal.log");
  }

  private Study open(Storage storage) {
    return Study.named("long").minimize("loss").seed(1).storage(storage).createOrResume();
  }

  @Test
  void anAttributeThatIsTooLongIsRefusedWhereItIsSet() {
    try (Storage storage = JournalStorage.open(path)) {
      Study study = open(storage);
      Trial trial = study.ask();
      String letters = "e".repeat(HALF + 1);
      // Six bytes each, as JSON.
      String controls = "\u0001".repeat(HALF / 6 + 1);
      for (Object value : List.of(letters, controls, List.of(letters), Map.of("a", controls))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> trial.setAttribute("log", value))
            .withMessageContaining("attribute 'log' must have at most 33554432 bytes as JSON");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> study.setAttribute("log", value))
            .withMessageContaining("attribute 'log' must have at most 33554432 bytes as JSON");
      }
      trial.setAttribute("log", "e".repeat(HALF - 2));
      study.tell(trial, Outcome.completed(1));
    }
    try (Storage storage = JournalStorage.open(path)) {
      assertThat(open(storage).trial(0).value()).isEqualTo(1);
    }
  }

  @Test
  void aMessageThatIsTooLongIsShortened() throws IOException {
    try (Storage storage = JournalStorage.open(path)) {
      open(storage)
          .optimize(
              trial -> {
                throw new TrialFailedException(
                    FailureReason.TIMEOUT, "\u0001".repeat(JournalWriter.LONGEST_LINE / 6 + 1));
              },
              RunOptions.trials(1));
    }
    assertThat(Files.size(path)).isLessThan(JournalWriter.LONGEST_LINE);
    try (Storage storage = JournalStorage.open(path)) {
      assertThat(open(storage).trial(0).outcome().orElseThrow().toString())
          .contains("... (shortened from 11")
          .contains("TIMEOUT");
    }
  }

  @Test
  void aLineOfAnotherProgramThatIsTooLongIsNamed() throws IOException {
    try (Storage storage = JournalStorage.open(path)) {
      open(storage);
    }
    long lines = Files.readString(path).lines().count();
    Files.writeString(path, Files.readString(path) + "{\"op_code\": 2, \"" + "x".repeat(600_000));
    try (JournalFile file = JournalFile.open(path)) {
      JournalReader reader = new JournalReader(file, 500_000);
      assertThatThrownBy(() -> reader.readToEnd((buffer, offset, length) -> {}))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(path + ", line " + (lines + 1) + ": has more than 500000 bytes")
          .hasMessageContaining("the line is '{\"op_code\": 2, \"xxx");
    }
  }
}

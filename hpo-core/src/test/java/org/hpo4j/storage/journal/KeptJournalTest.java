package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TimeZone;
import org.hpo4j.contract.KeptStudies;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal with its snapshot, made by {@link MakeKeptJournal}, that must open for ever. */
class KeptJournalTest {

  private static final Path KEPT = Path.of("src/test/resources/journal/version-0.1-snapshot.log");

  private final TimeZone zone = TimeZone.getDefault();
  private final Path journal;

  KeptJournalTest(@TempDir Path folder) throws IOException {
    journal = Files.copy(KEPT, folder.resolve("journal.log"));
    Files.copy(JournalSnapshot.pathOf(KEPT), JournalSnapshot.pathOf(journal));
  }

  /** A snapshot is of a time zone. */
  @BeforeEach
  void setZone() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  @AfterEach
  void resetZone() {
    TimeZone.setDefault(zone);
  }

  private static String recorded() throws IOException {
    return Files.readString(KEPT.resolveSibling(KEPT.getFileName() + ".canonical"));
  }

  @Test
  void opensWithItsSnapshot() throws IOException {
    try (JournalStorage storage = JournalStorage.open(journal)) {
      assertThat(KeptStudies.canonical(storage)).isEqualTo(recorded());
      assertThat(KeptStudies.details(storage.find(KeptStudies.EVERYTHING).orElseThrow()))
          .isEqualTo(KeptStudies.everything());
    }
  }

  @Test
  void opensWithoutItsSnapshot() throws IOException {
    Files.delete(JournalSnapshot.pathOf(journal));
    try (JournalStorage storage = JournalStorage.open(journal)) {
      assertThat(KeptStudies.canonical(storage)).isEqualTo(recorded());
      assertThat(KeptStudies.details(storage.find(KeptStudies.EVERYTHING).orElseThrow()))
          .isEqualTo(KeptStudies.everything());
    }
  }

  /**
   * Who changes the form of snapshots has to raise its version, here as well: files of the old one
   * are then ignored, and one of the new version is to be kept beside this.
   */
  @Test
  void itsSnapshotIsOfTodaysVersionAndStandsForAllLines() throws IOException {
    try (JournalFile file = JournalFile.open(journal)) {
      assertThat(JournalSnapshot.load(journal))
          .hasValueSatisfying(
              snapshot -> {
                assertThat(snapshot.passOver(new JournalReader(file))).isTrue();
                assertThat(snapshot.length()).isEqualTo(file.length());
              });
    }
  }

  @Test
  void itsStudiesGoOn() {
    try (JournalStorage storage = JournalStorage.open(journal)) {
      Study study = KeptStudies.declared(storage);
      study.optimize(KeptStudies::train, RunOptions.trials(14));
      assertThat(study.trial(12).configuration().get(KeptStudies.RATE)).isEqualTo(0.25);
      assertThat(study.trials()).hasSize(14).allMatch(trial -> trial.state().isFinished());
    }
  }
}

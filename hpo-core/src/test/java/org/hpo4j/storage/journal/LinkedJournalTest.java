package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hpo4j.contract.LogWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A journal that has two names would have two locks. */
class LinkedJournalTest {

  @RegisterExtension final LogWatch log = LogWatch.on("org.hpo4j.storage.journal");
  private final Path journal;
  private final Path link;

  LinkedJournalTest(@TempDir Path folder) throws IOException {
    journal = folder.resolve("journal.log");
    link = folder.resolve("link.log");
    JournalStorage.open(journal).close();
  }

  @Test
  void isOpenedWithoutAWarningWhereThereIsNoLink() {
    JournalStorage.open(journal).close();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void isWarnedOfUnderASymbolicLink() throws IOException {
    Files.createSymbolicLink(link, journal);
    JournalStorage.open(link).close();
    assertThat(log.warnings()).singleElement().asString().contains("link.log is a link");
  }

  @Test
  void isWarnedOfUnderEitherOfTwoNames() throws IOException {
    Files.createLink(link, journal);
    JournalStorage.open(link).close();
    JournalStorage.open(journal).close();
    assertThat(log.warnings()).hasSize(2);
  }
}

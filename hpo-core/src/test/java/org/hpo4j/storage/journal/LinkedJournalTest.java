package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that has two names would have two locks. */
class LinkedJournalTest {

  private final Logger logger = Logger.getLogger("org.hpo4j.storage.journal");
  private final List<String> warnings = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          warnings.add(MessageFormat.format(entry.getMessage(), entry.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private final Path journal;
  private final Path link;

  LinkedJournalTest(@TempDir Path folder) throws IOException {
    journal = folder.resolve("journal.log");
    link = folder.resolve("link.log");
    JournalStorage.open(journal).close();
  }

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
  }

  @Test
  void isOpenedWithoutAWarningWhereThereIsNoLink() {
    JournalStorage.open(journal).close();
    assertThat(warnings).isEmpty();
  }

  @Test
  void isWarnedOfUnderASymbolicLink() throws IOException {
    Files.createSymbolicLink(link, journal);
    JournalStorage.open(link).close();
    assertThat(warnings).singleElement().asString().contains("link.log is a link");
  }

  @Test
  void isWarnedOfUnderEitherOfTwoNames() throws IOException {
    Files.createLink(link, journal);
    JournalStorage.open(link).close();
    JournalStorage.open(journal).close();
    assertThat(warnings).hasSize(2);
  }
}

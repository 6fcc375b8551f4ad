package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.trials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checksum at the end of each line. */
class JournalChecksumTest {

  private final Path journal;

  JournalChecksumTest(@TempDir Path folder) {
    journal = folder.resolve("journal.log");
  }

  private List<String> filled() throws IOException {
    try (Storage storage = JournalStorage.open(journal)) {
      TestStudies.fill(storage.create("study", List.of(Direction.MINIMIZE)));
    }
    return Files.readAllLines(journal);
  }

  private StudyStorage open() {
    return JournalStorage.open(journal).find("study").orElseThrow();
  }

  @Test
  void isThatOfTheBytesBeforeIt() throws IOException {
    assertThat(filled())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            line -> {
              int end = line.lastIndexOf(",\"crc\":\"");
              CRC32C crc = new CRC32C();
              crc.update(line.substring(0, end).getBytes(StandardCharsets.UTF_8));
              assertThat(line.substring(end))
                  .isEqualTo(",\"crc\":\"%08x\"}".formatted(crc.getValue()));
            });
  }

  @Test
  void aChangedDigitIsDamageThatNamesTheLine() throws IOException {
    List<String> lines = filled();
    int changed = 0;
    while (!lines.get(changed).contains("\"params\":{\"")) {
      changed++;
    }
    lines.set(changed, lines.get(changed).replaceFirst("T12:00:00", "T12:00:01"));
    Files.write(journal, lines);
    assertThatThrownBy(this::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(journal.toString())
        .hasMessageContaining("line " + (changed + 1) + ":")
        .hasMessageContaining("checksum");
  }

  @Test
  void linesWithoutOneAreTakenAsTheyAre() throws IOException {
    List<String> lines = filled();
    StudyStorage before = open();
    Files.write(journal, lines.stream().map(l -> l.replaceFirst(",\"crc\":.*", "}")).toList());
    assertThat(trials(open())).isEqualTo(trials(before));
  }

  /** The file is kept for ever: it was written by the first version that writes checksums. */
  @Test
  void opensAJournalOfTheFirstVersionWithChecksums() throws IOException {
    try (InputStream kept = getClass().getResourceAsStream("/journal/version-0.1-checksums.log")) {
      Files.copy(Objects.requireNonNull(kept), journal);
    }
    StudyStorage expected = Storage.inMemory().create("study", List.of(Direction.MINIMIZE));
    TestStudies.fill(expected);
    assertThat(trials(open())).isEqualTo(trials(expected));
    assertThat(open().systemAttributes()).isEqualTo(expected.systemAttributes());
  }
}

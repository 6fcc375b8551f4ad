package org.hpo4j.storage.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.contract.KeptStudies;
import org.junit.jupiter.api.Test;

/**
 * Makes the files that {@link KeptJournalTest} opens, of this version: {@code ./mvnw -pl hpo-core
 * test -Dtest=MakeKeptJournal -Dhpo4j.keep=version-0.2 -Duser.timezone=UTC}. No run of all tests
 * includes it.
 */
class MakeKeptJournal {

  @Test
  void makes() throws IOException {
    Path folder = Path.of("src/test/resources/journal");
    Path journal = folder.resolve(System.getProperty("hpo4j.keep") + "-snapshot.log");
    String worker;
    try (JournalStorage storage = JournalStorage.open(journal)) {
      worker = storage.workerId();
      KeptStudies.fill(storage);
      Files.writeString(
          journal.resolveSibling(journal.getFileName() + ".canonical"),
          KeptStudies.canonical(storage));
    }
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(journal)) {
      lines.add(withWorker(line, worker));
    }
    Files.writeString(journal, String.join("\n", lines) + "\n");
    makeSnapshot(journal);
  }

  /** The line as another worker would have written it. */
  private static String withWorker(String line, String worker) {
    String text = line.substring(0, line.lastIndexOf(",\"crc\":\""));
    byte[] bytes = text.replace(worker, KeptStudies.WORKER).getBytes(StandardCharsets.UTF_8);
    byte[] end = new LineChecksum().end(bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8) + new String(end, StandardCharsets.US_ASCII);
  }

  /** One of a journal that is too short to get one. */
  private static void makeSnapshot(Path journal) throws IOException {
    try (JournalFile file = JournalFile.open(journal);
        SnapshotWriter writer = new SnapshotWriter(journal, KeptStudies.WORKER)) {
      JournalReader reader = new JournalReader(file);
      JournalReplay replay = JournalReplay.ofNames();
      reader.readToEnd(
          (buffer, offset, length) -> {
            replay.line(buffer, offset, length);
            writer.add(replay.record());
          });
      writer.finish(reader);
    }
  }
}

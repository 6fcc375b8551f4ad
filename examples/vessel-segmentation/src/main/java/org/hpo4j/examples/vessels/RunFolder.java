package org.hpo4j.examples.vessels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.Study;

/** The folder that a run writes into. It belongs to one study: files of another would be lost. */
final class RunFolder {
  private static final String JOURNAL = "journal.log";

  private RunFolder() {}

  /** Returns the file that keeps the folder's studies. */
  static Path journal(Path folder) {
    return folder.resolve(JOURNAL);
  }

  /**
   * Requires that the folder is missing, holds nothing but hidden files, or has the study in its
   * journal. Nothing is written.
   *
   * @throws IllegalArgumentException if it is another's, naming it
   */
  static void requireFreeFor(String study, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    // Listed before the journal is read: another process that has just begun the same study enters
    // it in the journal before it writes other files.
    boolean used = hasFilesBesideJournal(folder);
    List<String> kept = studies(journal(folder));
    if (kept.contains(study) || (kept.isEmpty() && !used)) {
      return;
    }
    throw new IllegalArgumentException(
        "run folder '%s' has %s, not study '%s': a run would replace its files; give another --out"
            .formatted(folder, kept.isEmpty() ? "other files" : "studies " + kept, study));
  }

  /**
   * Requires that a study is new or was begun with the same, and keeps with it what that was.
   *
   * @param sizes what decides a trial's value, in words
   * @param data fingerprint of the data; a study that has none yet gets it
   * @throws IllegalArgumentException if it was begun with others; nothing is written then
   */
  static void requireSame(Study study, String sizes, String data) {
    Object before = study.attributes().getOrDefault("sizes", sizes);
    if (!before.equals(sizes)) {
      throw new IllegalArgumentException("it was begun with " + before + ", got " + sizes);
    }
    Object dataBefore = study.attributes().getOrDefault("data", data);
    if (!dataBefore.equals(data)) {
      throw new IllegalArgumentException(
          "it was begun on other data: SHA-256 of names, sizes and pixels was %s, is %s"
              .formatted(dataBefore, data));
    }
    study.setAttribute("sizes", sizes);
    study.setAttribute("data", data);
  }

  private static boolean hasFilesBesideJournal(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      // A process that holds the journal has its lock beside it.
      return files
          .map(file -> file.getFileName().toString())
          .anyMatch(name -> !name.startsWith(".") && !name.startsWith(JOURNAL));
    }
  }

  private static List<String> studies(Path journal) {
    if (!Files.exists(journal)) {
      return List.of();
    }
    try (Storage storage = JournalStorage.open(journal)) {
      return storage.studyNames();
    }
  }
}

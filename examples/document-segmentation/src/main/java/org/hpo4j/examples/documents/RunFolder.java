package org.hpo4j.examples.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hpo4j.study.Study;

/** Keeps the study out of folders that hold something else. */
final class RunFolder {
  private static final int NAMED = 3;

  private RunFolder() {}

  /**
   * Checks that a folder is new, empty, or one that this study has begun.
   *
   * @throws IllegalArgumentException if it is not; the message names what is in it
   */
  static void requireOwn(Path folder) throws IOException {
    if (Files.notExists(folder) || Files.isDirectory(folder.resolve(TunerComparison.TUNERS))) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "the run folder '%s' is no folder; give another --out".formatted(folder));
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> "'" + file.getFileName() + "'").sorted().toList();
      if (!names.isEmpty()) {
        throw new IllegalArgumentException(
            "the run folder '%s' is not of this study: it has no '%s', but %s%s; give another --out"
                .formatted(
                    folder,
                    TunerComparison.TUNERS,
                    String.join(", ", names.subList(0, Math.min(NAMED, names.size()))),
                    names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : ""));
      }
    }
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
}

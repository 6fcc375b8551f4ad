package org.hpo4j.examples.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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
}

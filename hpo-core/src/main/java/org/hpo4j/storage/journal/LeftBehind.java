package org.hpo4j.storage.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.hpo4j.storage.WorkerId;

/** Files that a worker makes beside another one and removes again, unless it is killed. */
final class LeftBehind {

  private static final String SUFFIX = ".token";

  private LeftBehind() {}

  /** The name of a worker's file beside another one. */
  static Path nameOf(Path other, String worker) {
    return other.resolveSibling(other.getFileName() + worker + SUFFIX);
  }

  /**
   * Removes those of processes that died here; a machine of the same name may still need its own.
   */
  static void remove(Path other) throws IOException {
    String prefix = String.valueOf(other.getFileName());
    Path folder = Objects.requireNonNullElse(other.toAbsolutePath().getParent(), other);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(prefix) && name.endsWith(SUFFIX)) {
          String worker = name.substring(prefix.length(), name.length() - SUFFIX.length());
          if (WorkerId.parse(worker).filter(WorkerId::hasDiedHere).isPresent()) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
  }
}

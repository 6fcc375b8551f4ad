package org.hpo4j.storage.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.hpo4j.storage.WorkerId;

/**
 * Files that a worker makes beside another one and removes again, unless it is killed. Their names
 * have the worker in them; where that makes them longer than file systems allow, its end, which is
 * the part that differs most.
 */
final class LeftBehind {

  /** The longest name of a file, in bytes, that all usual file systems take. */
  static final int LONGEST = 255;

  /** So many characters of a worker still hold all of its random part, and a counter after it. */
  static final int KEPT = 24;

  private static final System.Logger LOG = System.getLogger(LeftBehind.class.getName());

  private static final String SUFFIX = ".token";

  /** No worker's text is longer. */
  private static final int MOST_BYTES = 1_024;

  private LeftBehind() {}

  /** The name of a worker's file beside another one. */
  static Path nameOf(Path other, String worker) {
    return nameOf(other, worker, SUFFIX);
  }

  /** The name of one with another ending, which {@link #remove} does not look at. */
  static Path nameOf(Path other, String worker, String suffix) {
    String name = String.valueOf(other.getFileName());
    boolean fits = bytes(name + worker + suffix) <= LONGEST;
    String part = fits ? worker : worker.substring(Math.max(0, worker.length() - KEPT));
    return other.resolveSibling(name + part + suffix);
  }

  /** The length of a name. */
  static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
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
        if (name.startsWith(prefix)
            && name.endsWith(SUFFIX)
            && name.length() >= prefix.length() + SUFFIX.length()) {
          String worker = name.substring(prefix.length(), name.length() - SUFFIX.length());
          if (maker(file, worker).filter(WorkerId::hasDiedHere).isPresent()) {
            delete(file);
          }
        }
      }
    }
  }

  private static void delete(Path file) throws IOException {
    try {
      Files.deleteIfExists(file);
    } catch (FileSystemException e) {
      // In some folders users may remove files of their own only.
      LOG.log(System.Logger.Level.DEBUG, "{0} stays: {1}", file, e.getMessage());
    }
  }

  /**
   * Who made a file. Where the name has not room for it, a lock's file still names its holder
   * inside; of a snapshot's, which does not, nothing is known, and it stays.
   */
  private static Optional<WorkerId> maker(Path file, String inName) throws IOException {
    if (inName.length() != KEPT) {
      return WorkerId.parse(inName);
    }
    try {
      return Files.size(file) > MOST_BYTES
          ? Optional.empty()
          : WorkerId.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException | AccessDeniedException e) {
      // Its maker was done with it, or lets nobody read it.
      return Optional.empty();
    }
  }
}

package org.hpo4j.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files attached to the trials of one study: {@code <root>/<study>/trial-<number>/<name>}. Safe
 * for use by several threads and processes, which see a file whole or not at all.
 */
final class ArtifactFolder {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,150}");

  /** Names that are the same on every file system, also where case or final dots do not count. */
  private static final Pattern PORTABLE = Pattern.compile("[a-z0-9_-][a-z0-9._-]{0,79}(?<!\\.)");

  /** Windows reserves these, with any extension. */
  private static final Pattern RESERVED =
      Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

  private final Path folder;

  private ArtifactFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder of a study below {@code root}. Nothing is made before a file is attached. */
  static ArtifactFolder of(Path root, String study) {
    return new ArtifactFolder(root.resolve(folderName(study)));
  }

  /**
   * A name for the file system; different studies have different ones. Names that not every file
   * system tells apart get a hash of the exact name behind a tilde, which no plain name contains.
   */
  static String folderName(String study) {
    if (PORTABLE.matcher(study).matches() && !RESERVED.matcher(study).matches()) {
      return study;
    }
    String readable = study.replaceAll("[^A-Za-z0-9._-]", "_");
    return readable.substring(0, Math.min(60, readable.length())) + "~" + hash(study);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /**
   * A copy of a file, to be kept with a trial; in its place it replaces an earlier one of the same
   * name.
   *
   * @throws IllegalArgumentException if the name is not allowed
   * @throws UncheckedIOException naming the file, if it cannot be read or written
   */
  AtomicFile draft(int number, String name, Path file) {
    Path target = path(number, name);
    if (!Files.isRegularFile(file)) {
      throw new UncheckedIOException(
          new NoSuchFileException(
              "cannot attach '"
                  + name
                  + "' to trial "
                  + number
                  + ": "
                  + file.toAbsolutePath()
                  + " is no regular file"));
    }
    try {
      Files.createDirectories(folderOf(number));
    } catch (IOException e) {
      throw AtomicFile.failure("cannot make the artifact folder " + folderOf(number), e);
    }
    return AtomicFile.draft(
        "artifact '" + name + "' of trial " + number + ",", target, out -> Files.copy(file, out));
  }

  /**
   * Where a file of a trial is, or would be.
   *
   * @throws IllegalArgumentException if the name is not allowed
   */
  Path path(int number, String name) {
    if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
      throw new IllegalArgumentException(
          "an artifact's name must have 1 to 150 letters, digits, dots, dashes and underscores, and"
              + " not be '.' or '..'; got '"
              + name
              + "'");
    }
    return folderOf(number).resolve(name);
  }

  private Path folderOf(int number) {
    return folder.resolve("trial-" + number);
  }

  /** A file of a trial, if it is there. */
  Optional<Path> find(int number, String name) {
    return Optional.of(path(number, name)).filter(Files::isRegularFile);
  }

  /** The names of a trial's files, sorted. */
  List<String> list(int number) {
    Path trial = folderOf(number);
    if (!Files.isDirectory(trial)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(trial)) {
      // What a killed process left half written has a name that no artifact can have.
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> NAME.matcher(name).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw AtomicFile.failure("cannot list the artifacts in " + trial, e);
    }
  }

  /**
   * Deletes the files of these trials, and their folders where none is left.
   *
   * @param keeps names of files that stay
   * @throws UncheckedIOException naming the file, if one cannot be deleted
   */
  void delete(BitSet numbers, Predicate<String> keeps) {
    for (int number = numbers.nextSetBit(0); number >= 0; number = numbers.nextSetBit(number + 1)) {
      delete(folderOf(number), keeps);
    }
  }

  private static void delete(Path trial, Predicate<String> keeps) {
    if (!Files.isDirectory(trial)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(trial)) {
      boolean empty = true;
      for (Path file : files) {
        if (keeps.test(String.valueOf(file.getFileName()))) {
          empty = false;
        } else {
          Files.deleteIfExists(file);
        }
      }
      if (empty) {
        Files.deleteIfExists(trial);
      }
    } catch (IOException e) {
      // Another process may have deleted it first: then there is nothing left to do.
      if (Files.exists(trial)) {
        throw AtomicFile.failure("cannot delete the artifacts in " + trial, e);
      }
    }
  }
}

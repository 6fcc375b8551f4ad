package org.hpo4j.fork;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hpo4j.trial.Trial;

/**
 * The file that takes what a trial's process prints. A file rather than a pipe: nothing has to read
 * it while the trial runs, and a process that the trial has left behind cannot keep it open.
 */
final class TrialOutput implements Closeable {

  private static final System.Logger LOG = System.getLogger(TrialOutput.class.getName());

  private static final int TAIL_BYTES = 4000;
  private static final int TAIL_LINES = 20;

  private final Path file;
  private final boolean kept;
  private final RandomAccessFile reader;

  private TrialOutput(Path file, boolean kept) throws IOException {
    this.file = file;
    this.kept = kept;
    // Not a channel, which an interrupt of the thread would close.
    this.reader = new RandomAccessFile(file.toFile(), "r");
  }

  static TrialOutput open(Optional<Path> folder, int number) throws IOException {
    return folder.isPresent()
        ? new TrialOutput(create(Files.createDirectories(folder.get()), number), true)
        : new TrialOutput(Files.createTempFile("hpo4j-trial-" + number + "-", ".log"), false);
  }

  /** A new file: what an earlier attempt has printed stays. */
  private static Path create(Path folder, int number) throws IOException {
    int attempt = 1;
    while (true) {
      String suffix = attempt == 1 ? ".log" : ".attempt-" + attempt + ".log";
      try {
        return Files.createFile(folder.resolve("trial-" + number + suffix));
      } catch (FileAlreadyExistsException e) {
        attempt++;
      }
    }
  }

  ProcessBuilder.Redirect redirect() {
    return ProcessBuilder.Redirect.appendTo(file.toFile());
  }

  /** Where Java writes what it knows about a crash; empty if that is not kept. */
  Optional<Path> crashFile() {
    String name = String.valueOf(file.getFileName());
    return kept
        ? Optional.of(file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".hs_err.log"))
        : Optional.empty();
  }

  /**
   * To be called once the process has the file open. One that is not kept loses its name now, where
   * the system allows that: then nothing is left even if this process is killed.
   */
  void processHasOpened() {
    if (!kept) {
      try {
        Files.delete(file);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "{0} goes when the trial has ended", file);
      }
    }
  }

  /** The last lines, or words to say that there are none. */
  String tail() throws IOException {
    byte[] bytes = new byte[(int) Math.min(reader.length(), TAIL_BYTES)];
    reader.seek(reader.length() - bytes.length);
    reader.readFully(bytes);
    // Malformed bytes become U+FFFD; other control characters would garble a terminal.
    String text =
        new String(bytes, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\n\t]]", "").strip();
    if (text.isEmpty()) {
      return "it printed nothing";
    }
    List<String> lines = text.lines().toList();
    int first = Math.max(0, lines.size() - TAIL_LINES);
    return "it printed last:\n" + String.join("\n", lines.subList(first, lines.size()));
  }

  /** Keeps a copy with the trial if the study has a folder for that. */
  void attachTo(Trial trial) {
    if (kept) {
      try {
        trial.attach(String.valueOf(file.getFileName()), file);
      } catch (IllegalStateException e) {
        LOG.log(System.Logger.Level.DEBUG, "no copy of the output is kept with the trial", e);
      } catch (UncheckedIOException e) {
        // The file in the folder is there, and a missing copy is no reason to lose the outcome.
        LOG.log(System.Logger.Level.WARNING, "no copy of the output is kept with the trial", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
    if (!kept) {
      Files.deleteIfExists(file);
    }
  }
}

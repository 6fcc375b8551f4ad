package org.hpo4j.storage.journal;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Writes a {@link JournalSnapshot} beside the old one, which it replaces at the end. Where it
 * cannot, there is none: nothing depends on it. For the same reason it is not synced; a torn file
 * has another checksum.
 */
final class SnapshotWriter implements Closeable {

  private static final System.Logger LOG = System.getLogger(SnapshotWriter.class.getName());

  private final Path target;
  private final Path file;
  private Optional<CheckedOutputStream> out = Optional.empty();
  private Optional<RecordEncoder> encoder = Optional.empty();

  /**
   * Begins a file.
   *
   * @param worker tells it from those that other writers begin
   */
  SnapshotWriter(Path journal, String worker) {
    target = JournalSnapshot.pathOf(journal);
    file = LeftBehind.nameOf(target, worker);
    try {
      LeftBehind.remove(target);
      CheckedOutputStream stream =
          new CheckedOutputStream(new FileOutputStream(file.toFile()), new CRC32C());
      out = Optional.of(stream);
      stream.write(JournalSnapshot.header());
      encoder = Optional.of(new RecordEncoder(stream));
    } catch (IOException e) {
      giveUp(e);
    }
  }

  /** Adds a record. */
  void add(JournalRecord record) {
    if (encoder.isPresent()) {
      try {
        encoder.get().write(record);
        if (encoder.get().length() > JournalSnapshot.LARGEST) {
          throw new IOException("it would have more than " + JournalSnapshot.LARGEST + " bytes");
        }
      } catch (IOException e) {
        giveUp(e);
      }
    }
  }

  /** Ends the file: what was added stands for all that the reader has read. */
  void finish(JournalReader reader) {
    if (encoder.isEmpty()) {
      return;
    }
    try (CheckedOutputStream stream = out.orElseThrow()) {
      encoder.get().flush();
      encoder = Optional.empty();
      stream.write(JournalSnapshot.footer(reader));
      int checksum = (int) stream.getChecksum().getValue();
      stream.write(ByteBuffer.allocate(Integer.BYTES).putInt(checksum).array());
    } catch (IOException e) {
      giveUp(e);
      return;
    }
    try {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      giveUp(e);
    }
  }

  private void giveUp(IOException e) {
    encoder = Optional.empty();
    LOG.log(System.Logger.Level.DEBUG, "{0} cannot be written: {1}", target, IoMessages.of(e));
  }

  /** Removes the file if it is still there. */
  @Override
  public void close() {
    try {
      if (out.isPresent()) {
        out.get().close();
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      giveUp(e);
    }
  }
}

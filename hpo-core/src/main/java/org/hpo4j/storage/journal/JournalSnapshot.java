package org.hpo4j.storage.journal;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The records of a journal's first lines in a short form, in the file {@code <journal>.snapshot}.
 * It only saves the time to take these lines apart: it is bound to their bytes by a checksum and
 * ignored where anything differs, it may be deleted at any time, and what it holds is replayed by
 * the same rules. Optuna does not know of it.
 *
 * <p>The file begins with a line that names the version of this form and the time zone, in which
 * times without an offset were understood. Then come the records, and 24 bytes: how many bytes and
 * lines of the journal they stand for, the CRC-32C of these bytes, and that of the file until here.
 */
final class JournalSnapshot {

  /** To be raised whenever a line is taken apart in another way, or records are written so. */
  private static final int VERSION = 2;

  /** The same without steps that were left out: a journal with one was refused. */
  private static final int EARLIER_VERSION = 1;

  private static final int FOOTER = 2 * Long.BYTES + 2 * Integer.BYTES;

  /** All of it is in memory at once while it is read; so much is about two million trials. */
  static final long LARGEST = 1 << 28;

  private static final System.Logger LOG = System.getLogger(JournalSnapshot.class.getName());

  private final byte[] bytes;
  private final long length;
  private final long lines;
  private final int checksum;

  private JournalSnapshot(byte[] bytes) {
    this.bytes = bytes;
    ByteBuffer footer = ByteBuffer.wrap(bytes, bytes.length - FOOTER, FOOTER);
    this.length = footer.getLong();
    this.lines = footer.getLong();
    this.checksum = footer.getInt();
  }

  static Path pathOf(Path journal) {
    return journal.resolveSibling(journal.getFileName() + ".snapshot");
  }

  static byte[] header() {
    return header(VERSION);
  }

  /** As long for either version. */
  private static byte[] header(int version) {
    return ("hpo4j journal snapshot " + version + " " + ZoneId.systemDefault().getId() + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static boolean startsWith(byte[] bytes, byte[] header) {
    return bytes.length >= header.length + FOOTER
        && Arrays.equals(bytes, 0, header.length, header, 0, header.length);
  }

  /** The end of the file but for the last checksum. */
  static byte[] footer(JournalReader reader) {
    return ByteBuffer.allocate(FOOTER - Integer.BYTES)
        .putLong(reader.offset())
        .putLong(reader.lines())
        .putInt(reader.checksum())
        .array();
  }

  /** The snapshot beside a journal, if it is whole and of this version and time zone. */
  static Optional<JournalSnapshot> load(Path journal) {
    Path path = pathOf(journal);
    // No FileChannel: an interrupted thread could not read through one.
    try (FileInputStream in = new FileInputStream(path.toFile())) {
      if (Files.size(path) > LARGEST) {
        return Optional.empty();
      }
      byte[] bytes = in.readAllBytes();
      boolean isKnown = startsWith(bytes, header()) || startsWith(bytes, header(EARLIER_VERSION));
      if (isKnown && isWhole(bytes)) {
        return Optional.of(new JournalSnapshot(bytes));
      }
      LOG.log(System.Logger.Level.DEBUG, "{0} is damaged or of another version", path);
    } catch (IOException e) {
      // Mostly because there is none.
      LOG.log(System.Logger.Level.DEBUG, "{0} cannot be read: {1}", path, IoMessages.of(e));
    }
    return Optional.empty();
  }

  private static boolean isWhole(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - Integer.BYTES);
    return ByteBuffer.wrap(bytes).getInt(bytes.length - Integer.BYTES) == (int) crc.getValue();
  }

  /** How many bytes of the journal the snapshot stands for, as it says itself; 0 without one. */
  static long reach(Path journal) {
    Path path = pathOf(journal);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - FOOTER));
      return file.readLong();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0} cannot be read: {1}", path, IoMessages.of(e));
      return 0;
    }
  }

  /** How many bytes of the journal it stands for. */
  long length() {
    return length;
  }

  /** Lets the reader pass over the bytes that it stands for, if the journal begins with them. */
  boolean passOver(JournalReader reader) {
    return reader.passOver(length, lines) && reader.checksum() == checksum;
  }

  /** Its records, one after the other. */
  RecordDecoder records() {
    return new RecordDecoder(bytes, header().length, bytes.length - FOOTER);
  }
}

package org.hpo4j.storage.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.hpo4j.storage.StorageException;

/**
 * Reads a journal line by line, from where it stopped the last time. Bytes after the last line feed
 * are a line that is still being written, or that a crash cut off; they are not read.
 */
final class JournalReader {

  /** Takes lines in the order of the file. */
  @FunctionalInterface
  interface LineHandler {

    /**
     * Takes one line, without its line feed.
     *
     * @throws IllegalArgumentException if it means nothing
     */
    void line(byte[] buffer, int offset, int length);
  }

  private static final int FIRST_BUFFER = 1 << 17;
  private static final int LONGEST_EXCERPT = 120;

  /** The longest array that every Java machine can make. */
  private static final int LONGEST_BUFFER = Integer.MAX_VALUE - 8;

  private final JournalFile file;
  private final LineChecksum lineChecksum = new LineChecksum();
  private final CRC32C checksum = new CRC32C();
  private final int longestBuffer;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private long offset;
  private long lines;

  JournalReader(JournalFile file) {
    this(file, LONGEST_BUFFER);
  }

  /** With how long the longest line may be; other programs know no limit. */
  JournalReader(JournalFile file, int longestBuffer) {
    this.file = file;
    this.longestBuffer = longestBuffer;
  }

  /** How many bytes were read: the start of the next line. */
  long offset() {
    return offset;
  }

  /** How many lines were read. */
  long lines() {
    return lines;
  }

  /** The CRC-32C of the bytes that were read, as long as none were skipped. */
  int checksum() {
    return (int) checksum.getValue();
  }

  /**
   * Passes over the first lines: reads their bytes for the checksum only.
   *
   * @return whether there are so many bytes
   */
  boolean passOver(long length, long lineCount) {
    while (offset < length) {
      int wanted = (int) Math.min(buffer.length, length - offset);
      int read = file.read(offset, buffer, 0, wanted);
      if (read < 0) {
        return false;
      }
      checksum.update(buffer, 0, read);
      offset += read;
    }
    lines = lineCount;
    return true;
  }

  /** Passes over lines whose content is known. */
  void skip(int bytes, int count) {
    offset += bytes;
    lines += count;
  }

  /**
   * Hands over all lines that have been completed since the last call.
   *
   * @throws StorageException if one of them means nothing
   */
  void readToEnd(LineHandler handler) {
    int kept = 0;
    for (long length = file.length(); length > offset + kept; length = file.length()) {
      // For no more than there is: Java allocates as much as it is asked for, each time.
      int wanted = (int) Math.min(buffer.length - kept, length - offset - kept);
      int read = file.read(offset + kept, buffer, kept, wanted);
      if (read < 0) {
        return;
      }
      int end = kept + read;
      int start = 0;
      for (int i = kept; i < end; i++) {
        if (buffer[i] == '\n') {
          handle(handler, start, i - start);
          checksum.update(buffer, start, i + 1 - start);
          offset += i + 1 - start;
          start = i + 1;
        }
      }
      kept = end - start;
      if (start > 0) {
        System.arraycopy(buffer, start, buffer, 0, kept);
      }
      if (kept == buffer.length) {
        buffer = Arrays.copyOf(buffer, longer(kept));
      }
    }
  }

  private int longer(int length) {
    if (length >= longestBuffer) {
      throw new StorageException(
          "journal "
              + file.path()
              + ", line "
              + (lines + 1)
              + ": has more than "
              + longestBuffer
              + " bytes, which cannot be read; the line is '"
              + excerpt(0, length)
              + "'. Restore the file from a copy, or shorten what is too long in that line.");
    }
    return (int) Math.min(2L * length, longestBuffer);
  }

  private void handle(LineHandler handler, int start, int length) {
    int from = lines == 0 && startsWithByteOrderMark(start, length) ? 3 : 0;
    try {
      lineChecksum.verify(buffer, start + from, length - from);
      handler.line(buffer, start + from, length - from);
      lines++;
    } catch (IllegalArgumentException e) {
      throw new StorageException(
          "journal "
              + file.path()
              + ", line "
              + (lines + 1)
              + ": "
              + e.getMessage()
              + "; the line is '"
              + excerpt(start, length)
              + "'. Each line must be one record of Optuna's journal format: a JSON object with an"
              + " op_code from 0 to 10 and the fields of that code. If a disk was full while the"
              + " journal was in use here, open it again: another process may have taken back what"
              + " it could not write. Otherwise restore the file from a copy."
              + " A line that creates a study or a trial (op_code 0 or 4) must not be removed: all"
              + " later lines go by how many there were.",
          e);
    }
  }

  private boolean startsWithByteOrderMark(int start, int length) {
    return length >= 3
        && buffer[start] == (byte) 0xEF
        && buffer[start + 1] == (byte) 0xBB
        && buffer[start + 2] == (byte) 0xBF;
  }

  private String excerpt(int start, int length) {
    String text =
        new String(buffer, start, Math.min(length, LONGEST_EXCERPT), StandardCharsets.UTF_8);
    return length > LONGEST_EXCERPT ? text + "..." : text;
  }
}

package org.hpo4j.storage.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The last field of a line of ours, {@code "crc":"<8 hexadecimal digits>"}: CRC-32C (RFC 3720,
 * appendix B.4) of the line's bytes before the comma that precedes it. Optuna ignores the field;
 * lines without it are not checked.
 */
final class LineChecksum {

  private static final byte[] FIELD = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGIT_COUNT = 8;
  private static final int LENGTH = FIELD.length + DIGIT_COUNT + 2;

  private final CRC32C crc = new CRC32C();
  private final byte[] field = Arrays.copyOf(FIELD, LENGTH);

  LineChecksum() {
    field[LENGTH - 2] = '"';
    field[LENGTH - 1] = '}';
  }

  /** The field and the brace that ends the line, for a line without that brace. */
  byte[] end(byte[] line, int offset, int length) {
    putDigits(value(line, offset, length), field);
    return field;
  }

  /**
   * Checks a line that may have a checksum.
   *
   * @throws IllegalArgumentException if it has another one than its bytes
   */
  void verify(byte[] line, int offset, int length) {
    int start = offset + length - LENGTH;
    if (length <= LENGTH || !isField(line, start)) {
      return;
    }
    putDigits(value(line, offset, length - LENGTH), field);
    int digits = start + FIELD.length;
    if (!Arrays.equals(
        line, digits, digits + DIGIT_COUNT, field, FIELD.length, FIELD.length + DIGIT_COUNT)) {
      throw new IllegalArgumentException(
          "is damaged: its checksum is "
              + new String(line, digits, DIGIT_COUNT, StandardCharsets.ISO_8859_1)
              + ", that of its bytes "
              + new String(field, FIELD.length, DIGIT_COUNT, StandardCharsets.US_ASCII));
    }
  }

  private static boolean isField(byte[] line, int start) {
    return line[start + LENGTH - 1] == '}'
        && line[start + LENGTH - 2] == '"'
        && Arrays.equals(line, start, start + FIELD.length, FIELD, 0, FIELD.length);
  }

  private int value(byte[] line, int offset, int length) {
    crc.reset();
    crc.update(line, offset, length);
    return (int) crc.getValue();
  }

  private static void putDigits(int value, byte[] target) {
    for (int i = 0; i < DIGIT_COUNT; i++) {
      target[FIELD.length + i] = DIGITS[(value >>> (4 * (DIGIT_COUNT - 1 - i))) & 0xF];
    }
  }
}

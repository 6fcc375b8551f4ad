package org.hpo4j.examples.unet.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 sum of data, by which a resumed study knows its own again. */
final class Fingerprint {
  private final MessageDigest sum;

  Fingerprint() {
    try {
      sum = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void add(int number) {
    sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  void add(String text) {
    add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes with their number, so that nothing can pass from one array to the next unseen. */
  void add(byte[] bytes) {
    add(bytes.length);
    sum.update(bytes);
  }

  /** Returns the sum of all that was added: 64 hexadecimal digits. */
  String hex() {
    return HexFormat.of().formatHex(sum.digest());
  }
}

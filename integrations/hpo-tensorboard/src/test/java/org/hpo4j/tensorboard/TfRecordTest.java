package org.hpo4j.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TfRecordTest {

  private static int unmasked(int masked) {
    return Integer.rotateLeft(masked - 0xa282ead8, 15);
  }

  private static int crc(byte[] data) {
    return unmasked(TfRecord.maskedCrc(data, data.length));
  }

  /** The vectors of RFC 3720, appendix B.4; it lists the bytes of a checksum, the lowest first. */
  @Test
  void checksumsAreThoseOfTheRfc() {
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    byte[] ascending = new byte[32];
    IntStream.range(0, 32).forEach(i -> ascending[i] = (byte) i);

    assertThat(crc(new byte[32])).isEqualTo(0x8a9136aa);
    assertThat(crc(ones)).isEqualTo(0x62a8ab43);
    assertThat(crc(ascending)).isEqualTo(0x46dd794e);
  }

  @Test
  void theCheckValueOfCrc32cIsMasked() {
    byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);

    // 0xe3069283 turned right by 15 is 0x2507c60d.
    assertThat(TfRecord.maskedCrc(check, check.length)).isEqualTo(0x2507c60d + 0xa282ead8);
  }

  @Test
  void aRecordIsLengthDataAndTheirChecksums() {
    byte[] record = TfRecord.frame("abc".getBytes(StandardCharsets.US_ASCII));

    assertThat(HexFormat.of().formatHex(record, 0, 8)).isEqualTo("0300000000000000");
    assertThat(new String(record, 12, 3, StandardCharsets.US_ASCII)).isEqualTo("abc");
    assertThat(record).hasSize(8 + 4 + 3 + 4);
  }
}

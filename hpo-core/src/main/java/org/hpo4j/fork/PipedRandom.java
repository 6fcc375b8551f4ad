package org.hpo4j.fork;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The random numbers that the study's process would give for a purpose, fetched in blocks. The
 * trial's generators are made of their {@code nextLong} alone, so this one is equal in all methods.
 */
final class PipedRandom implements RandomGenerator {

  private static final int SMALLEST_BLOCK = 64;
  private static final int LARGEST_BLOCK = 1 << 16;

  private final ParentLink link;
  private final String purpose;
  private final int stream;
  private ByteBuffer block = ByteBuffer.allocate(0);
  private int blockSize = SMALLEST_BLOCK;
  private long fetched;

  /**
   * @param stream tells this stream from others, also of the same purpose
   */
  PipedRandom(ParentLink link, String purpose, int stream) {
    this.link = link;
    this.purpose = purpose;
    this.stream = stream;
  }

  @Override
  public long nextLong() {
    if (!block.hasRemaining()) {
      fetch();
    }
    return block.getLong();
  }

  private void fetch() {
    String text =
        (String)
            link.call(
                Map.of(
                    "call", "random",
                    "stream", stream,
                    "purpose", purpose,
                    "from", fetched,
                    "count", blockSize));
    block = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    fetched += blockSize;
    blockSize = Math.min(2 * blockSize, LARGEST_BLOCK);
  }
}

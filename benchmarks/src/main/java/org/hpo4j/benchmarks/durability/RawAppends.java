package org.hpo4j.benchmarks.durability;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** What the disk allows at most: the bytes of a trial appended to a file, and a sync, each time. */
final class RawAppends implements Contender {

  private final byte[] trial;
  private final FileOutputStream out;

  RawAppends(Path file, int bytesPerTrial) throws IOException {
    trial = new byte[bytesPerTrial];
    out = new FileOutputStream(file.toFile());
  }

  @Override
  public String name() {
    return "append of " + trial.length + " bytes and fsync";
  }

  @Override
  public double run(Duration time) throws IOException {
    long start = System.nanoTime();
    long elapsed = 0;
    int count = 0;
    while (elapsed < time.toNanos()) {
      out.write(trial);
      out.getFD().sync();
      count++;
      elapsed = System.nanoTime() - start;
    }
    return count / (elapsed * 1e-9);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

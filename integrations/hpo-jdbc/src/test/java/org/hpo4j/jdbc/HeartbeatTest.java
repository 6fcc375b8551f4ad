package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hpo4j.storage.StorageException;
import org.junit.jupiter.api.Test;

/** What a heartbeat has to outlive. */
class HeartbeatTest {

  private final CountDownLatch beats = new CountDownLatch(4);

  /** A trial that fills the memory takes it from all threads. */
  private void fail() {
    beats.countDown();
    switch ((int) beats.getCount()) {
      case 3 -> throw new OutOfMemoryError("Java heap space");
      case 2 -> throw new IllegalStateException("a driver's own");
      default -> throw new StorageException("the database did not answer");
    }
  }

  @Test
  void goesOnWhateverHappensToABeat() throws InterruptedException {
    try (Heartbeat heartbeat = new Heartbeat(this::fail, Duration.ofMillis(5))) {
      assertThat(beats.await(10, TimeUnit.SECONDS)).as("four beats of %s", heartbeat).isTrue();
    }
  }
}

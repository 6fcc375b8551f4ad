package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The thread that renews leases. */
class HeartbeatTest {

  @Test
  void goesOnAfterATrialHasUsedUpAllMemory() throws InterruptedException {
    CountDownLatch beats = new CountDownLatch(3);
    Runnable renewal =
        () -> {
          beats.countDown();
          throw new OutOfMemoryError("Java heap space");
        };
    try (Heartbeat heartbeat = new Heartbeat(renewal, Duration.ofMillis(1))) {
      assertThat(heartbeat).isNotNull();
      assertThat(beats.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}

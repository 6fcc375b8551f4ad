package org.hpo4j.jdbc;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.hpo4j.storage.StorageException;
import org.jspecify.annotations.Nullable;

/** A thread that renews leases now and then. */
final class Heartbeat implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

  private final Runnable renewal;
  private final ScheduledExecutorService thread;
  private final ScheduledFuture<?> beats;

  /**
   * Begins.
   *
   * @param renewal renews the leases
   */
  Heartbeat(Runnable renewal, Duration every) {
    this.renewal = renewal;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread beat = new Thread(task, "hpo4j heartbeat");
              beat.setDaemon(true);
              return beat;
            });
    this.beats =
        thread.scheduleWithFixedDelay(
            this::beat, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void beat() {
    try {
      renewal.run();
    } catch (StorageException e) {
      warn(e.getMessage());
    } catch (Throwable e) {
      // There would be no other beat, and a trial that takes all memory is over some time.
      warn(e);
    }
  }

  private void warn(@Nullable Object reason) {
    try {
      if (!beats.isCancelled()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the leases of running trials could not be renewed: {0}",
            reason);
      }
    } catch (Throwable unsaid) {
      // There may be no memory for a warning either; the next beat counts.
      return;
    }
  }

  @Override
  public void close() {
    beats.cancel(false);
    thread.shutdownNow();
  }
}

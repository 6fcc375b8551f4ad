package org.hpo4j.jdbc;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.hpo4j.storage.StorageException;

/** A thread that renews leases now and then. */
final class Heartbeat implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

  private final Runnable renewal;
  private final ScheduledExecutorService thread;
  private final ScheduledFuture<?> beats;

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

  /** Throws nothing, which would end all later beats: a trial may have used up all memory. */
  private void beat() {
    try {
      renewal.run();
    } catch (Throwable e) {
      tell(e);
    }
  }

  private void tell(Throwable failure) {
    try {
      if (!beats.isCancelled()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the leases of running trials could not be renewed: {0}",
            failure instanceof StorageException ? failure.getMessage() : failure);
      }
    } catch (Throwable e) {
      // Nor is there memory for words. The next beat tells more, or is well.
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    beats.cancel(false);
    thread.shutdownNow();
  }
}

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

  private final Leases leases;
  private final ScheduledExecutorService thread;
  private final ScheduledFuture<?> beats;

  Heartbeat(Leases leases, Duration every) {
    this.leases = leases;
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
      leases.renew();
    } catch (StorageException e) {
      if (!beats.isCancelled()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the leases of running trials could not be renewed: {0}",
            e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    beats.cancel(false);
    thread.shutdownNow();
  }
}

package org.hpo4j.djl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loads the batches of one or more epochs ahead of their use, on a few threads, in a window of
 * bounded size.
 *
 * <p>The window holds futures in batch order: loading is parallel, delivery is in order, and no
 * more than {@code ahead} batches are on the heap. Closing interrupts the threads and waits for
 * them.
 */
final class Prefetcher implements AutoCloseable {
  private static final AtomicInteger POOLS = new AtomicInteger();

  private final BatchSource source;
  private final int epochs;
  private final int ahead;
  private final ExecutorService loaders;
  private final Deque<Future<Batch>> window = new ArrayDeque<>();
  private int epoch;
  private int batch;

  /**
   * Starts loading.
   *
   * @param epochs number of epochs to load, one after the other, from 0
   * @param threads number of loading threads, at least 1; twice as many batches wait at most
   */
  Prefetcher(BatchSource source, int epochs, int threads) {
    if (source.batches() < 1) {
      throw new IllegalArgumentException(
          "the source has " + source.batches() + " batches an epoch, must have at least 1");
    }
    this.source = source;
    this.epochs = epochs;
    this.ahead = 2 * threads;
    int pool = POOLS.incrementAndGet();
    this.loaders =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "hpo4j-loader-" + pool);
              thread.setDaemon(true);
              return thread;
            });
    fill();
  }

  /**
   * Returns the next batch, waiting for it where it isn't loaded yet.
   *
   * @throws IOException as the source threw it; never one that means an interruption of the caller
   */
  Batch next() throws IOException, InterruptedException {
    // A future that is done doesn't look at the interrupt, and a fast loader's always are.
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Future<Batch> head = window.removeFirst();
    fill();
    try {
      return head.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw Interrupts.ofLoader(io);
      }
      if (cause instanceof UncheckedIOException io) {
        throw new IOException(io.getMessage(), io);
      }
      if (cause instanceof RuntimeException runtime) {
        throw runtime;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("a batch could not be loaded", cause);
    }
  }

  private void fill() {
    while (window.size() < ahead && epoch < epochs) {
      int loadedEpoch = epoch;
      int loadedBatch = batch;
      window.addLast(loaders.submit(() -> source.load(loadedEpoch, loadedBatch)));
      batch++;
      if (batch == source.batches()) {
        batch = 0;
        epoch++;
      }
    }
  }

  @Override
  public void close() {
    loaders.shutdownNow();
    boolean interrupted = false;
    while (true) {
      try {
        if (loaders.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        // The trial's own thread was interrupted: its threads still end before it does.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

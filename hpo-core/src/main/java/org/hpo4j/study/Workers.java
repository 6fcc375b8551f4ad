package org.hpo4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The threads of a run. */
final class Workers {

  private Workers() {}

  /**
   * Runs the work in so many threads, or in the calling one if it is one, and waits for all.
   *
   * @param work catches everything
   * @throws InterruptedException if the calling thread was interrupted, and the others with it
   */
  static void run(int threads, String name, Runnable work) throws InterruptedException {
    if (threads == 1) {
      work.run();
      return;
    }
    ExecutorService executor =
        Executors.newFixedThreadPool(threads, task -> new Thread(task, name));
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(executor.submit(work));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      throw e;
    } catch (ExecutionException e) {
      throw new AssertionError("workers catch everything", e.getCause());
    } finally {
      executor.shutdown();
      awaitAll(executor);
    }
  }

  /** A trial whose thread is interrupted may take its time to notice; its outcome is awaited. */
  private static void awaitAll(ExecutorService executor) {
    boolean interrupted = false;
    while (!executor.isTerminated()) {
      try {
        executor.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
        executor.shutdownNow();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package org.hpo4j.study;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Ends a run when its process is asked to end, as by Ctrl-C or SIGTERM: its running trials go back
 * to the queue, what waits to be recorded is made durable, and the study's summary goes to the
 * standard error stream. There is no logger any more by then.
 */
final class ShutdownHook {

  /** Systems that stop a process grant it 10 seconds and more before they kill it. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** How long interrupted objectives may take to clean up, such as to kill their processes. */
  private static final Duration OBJECTIVES_PATIENCE = Duration.ofSeconds(1);

  /** How much longer than the hook a run waits for it. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final BaseStudy study;
  private final RunState state;
  private final Duration patience;
  private final PrintStream out;
  private final Thread hook;
  private final CountDownLatch reported = new CountDownLatch(1);
  private boolean registered;

  ShutdownHook(BaseStudy study, RunState state) {
    this(study, state, PATIENCE, System.err);
  }

  ShutdownHook(BaseStudy study, RunState state, Duration patience, PrintStream out) {
    this.study = study;
    this.state = state;
    this.patience = patience;
    this.out = out;
    this.hook = new Thread(this::run, "hpo4j " + study.name() + " shutdown");
  }

  /** Waits for the process to end; if it is about to, no trial is started any more. */
  void register() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      registered = true;
    } catch (IllegalStateException e) {
      state.stop();
    }
  }

  /**
   * The run is over. If the process ends meanwhile, this returns when the hook has had its say:
   * what follows a run may close the storage, which the hook still reads.
   */
  void unregister() {
    if (!registered) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook waits for no more than trials that run, and none of this run does any more.
      awaitReport();
    }
  }

  /** An interrupt, which the hook may have sent itself, does not cut this short. */
  private void awaitReport() {
    boolean interrupted = false;
    long end = System.nanoTime() + patience.plus(GRACE).toNanos();
    for (boolean waiting = true; waiting; ) {
      try {
        // Not forever: there is no telling whether the process ends by all of its hooks.
        reported.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        waiting = false;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void run() {
    try {
      out.print(report());
      reported.countDown();
      state.interruptAll(OBJECTIVES_PATIENCE);
    } catch (InterruptedException e) {
      // Nobody interrupts a shutdown hook on purpose; the process ends all the same.
      Thread.currentThread().interrupt();
    } finally {
      reported.countDown();
    }
  }

  /** What became of the trials, and the summary; each says for itself why it is missing. */
  private String report() throws InterruptedException {
    CompletableFuture<List<Integer>> released = new CompletableFuture<>();
    CompletableFuture<String> summary = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              complete(released, this::release);
              complete(summary, () -> study.summary().toTable());
            },
            hook.getName() + " worker");
    worker.setDaemon(true);
    worker.start();
    long end = System.nanoTime() + patience.toNanos();
    return "\nhpo4j: the process ends; " + release(released, end) + "\n" + summary(summary, end);
  }

  private static <T> void complete(CompletableFuture<T> future, Supplier<T> action) {
    try {
      future.complete(action.get());
    } catch (Throwable thrown) {
      future.completeExceptionally(thrown);
    }
  }

  private String release(CompletableFuture<List<Integer>> released, long end)
      throws InterruptedException {
    try {
      return waiting(get(released, end));
    } catch (ExecutionException e) {
      return named("could not record that its trials wait to run again: " + e.getCause());
    } catch (TimeoutException e) {
      return named(
          "did not record within "
              + patience.toSeconds()
              + " s that its trials wait to run again; its next run will find them");
    }
  }

  private String summary(CompletableFuture<String> summary, long end) throws InterruptedException {
    try {
      return get(summary, end);
    } catch (ExecutionException e) {
      return "hpo4j: " + named("could not be summed up: " + e.getCause()) + "\n";
    } catch (TimeoutException e) {
      return "hpo4j: " + named("was not summed up in time") + "\n";
    }
  }

  private String named(String what) {
    return "study '" + study.name() + "' " + what;
  }

  private static <T> T get(CompletableFuture<T> future, long end)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  private List<Integer> release() {
    List<Integer> withdrawn = state.withdrawAll(ShutdownHook::hasAskedForIt);
    study.lifecycle().flush();
    study.lifecycle().sync();
    return withdrawn;
  }

  private static String waiting(List<Integer> trials) {
    return trials.isEmpty()
        ? "no trial waits to run again"
        : (trials.size() == 1 ? "trial " + trials.get(0) + " waits" : "trials " + trials + " wait")
            + " to run again";
  }

  /**
   * Whether the thread waits in {@code System.exit}. A trial that ends its own process would do so
   * again: it is left to be found lost, which is retried a few times only.
   */
  private static boolean hasAskedForIt(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(Runtime.class.getName())
                    && frame.getMethodName().equals("exit"));
  }
}

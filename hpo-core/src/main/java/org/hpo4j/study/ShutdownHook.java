package org.hpo4j.study;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

  private final BaseStudy study;
  private final RunState state;
  private final Duration patience;
  private final PrintStream out;
  private final Thread hook;

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
    } catch (IllegalStateException e) {
      state.stop();
    }
  }

  /** The run is over. */
  void unregister() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends, and the hook is at work or done.
    }
  }

  void run() {
    try {
      out.print(report());
      state.interruptAll(OBJECTIVES_PATIENCE);
    } catch (InterruptedException e) {
      // Nobody interrupts a shutdown hook on purpose; the process ends all the same.
      Thread.currentThread().interrupt();
    }
  }

  private String report() throws InterruptedException {
    CompletableFuture<String> ended = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                ended.complete(end());
              } catch (Throwable thrown) {
                ended.completeExceptionally(thrown);
              }
            },
            hook.getName() + " worker");
    worker.setDaemon(true);
    worker.start();
    String unknown = "\nhpo4j: the process ends; study '" + study.name() + "' ";
    try {
      return ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return unknown + "could not record that its trials wait to run again: " + e.getCause() + "\n";
    } catch (TimeoutException e) {
      return unknown
          + "did not record within "
          + patience.toSeconds()
          + " s that its trials wait to run again; its next run will find them\n";
    }
  }

  private String end() {
    List<Integer> withdrawn = state.withdrawAll(ShutdownHook::hasAskedForIt);
    study.lifecycle().flush();
    study.lifecycle().sync();
    return "\nhpo4j: the process ends; " + waiting(withdrawn) + "\n" + study.summary().toTable();
  }

  private static String waiting(List<Integer> trials) {
    return trials.isEmpty()
        ? "no trial was running"
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

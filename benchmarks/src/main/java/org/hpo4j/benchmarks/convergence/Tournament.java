package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hpo4j.benchmarks.peers.PeerException;

/** Makes all runs of a plan that are not in the cache, several at a time. */
final class Tournament {

  private final RunCache cache;
  private final RecordedRuns recorded;
  private final boolean fresh;
  private final int jobs;
  private final Progress progress;

  /**
   * A tournament.
   *
   * @param recorded runs of peers that need not be made
   * @param fresh whether to ignore the runs in the cache, which are then replaced, and those
   *     recorded
   * @param jobs how many runs are made at a time
   */
  Tournament(RunCache cache, RecordedRuns recorded, boolean fresh, int jobs, Progress progress) {
    this.cache = cache;
    this.recorded = recorded;
    this.fresh = fresh;
    this.jobs = jobs;
    this.progress = progress;
  }

  /**
   * Makes the runs. One that a peer's library cannot make is left out: its fault must not cost the
   * other rows.
   */
  List<Run> play(List<RunTask> tasks) throws IOException, InterruptedException {
    List<Run> runs = new ArrayList<>();
    List<RunTask> open = new ArrayList<>();
    for (RunTask task : tasks) {
      Optional<Run> kept = fresh ? Optional.empty() : kept(task);
      kept.ifPresentOrElse(runs::add, () -> open.add(task));
    }
    progress.start(runs, open, jobs);
    ExecutorService executor = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<Optional<Run>>> futures = new ArrayList<>();
      for (RunTask task : open) {
        futures.add(executor.submit(() -> make(task)));
      }
      for (Future<Optional<Run>> future : futures) {
        future.get().ifPresent(runs::add);
      }
    } catch (ExecutionException e) {
      throw new IOException("a run failed: " + e.getCause(), e);
    } finally {
      executor.shutdownNow();
    }
    progress.end();
    return runs;
  }

  private Optional<Run> kept(RunTask task) throws IOException {
    Optional<Run> kept = cache.read(task);
    return kept.isPresent() ? kept : recorded.read(task);
  }

  private Optional<Run> make(RunTask task) throws IOException {
    try {
      Run run = task.run();
      cache.write(task, run);
      progress.made(run);
      return Optional.of(run);
    } catch (PeerException e) {
      progress.failed(task, e.toString());
      return Optional.empty();
    }
  }
}

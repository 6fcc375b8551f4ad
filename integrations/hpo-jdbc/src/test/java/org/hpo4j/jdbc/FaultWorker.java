package org.hpo4j.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyListener;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;

/**
 * A process with one or more workers on a study, each with a storage of its own. It tells a ledger
 * of every trial twice: before its end is recorded, and after. Every other process tells it once:
 * its runs have no listener, so that they leave the trials of others unread and record an end with
 * the next start.
 */
final class FaultWorker {

  static final Parameter<Double> X = Parameters.uniform("x", 0, 1);

  /** So short that the test can wait for its end. */
  static final Duration LEASE = Duration.ofSeconds(3);

  private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(1);
  private static final Duration HEARTBEAT = Duration.ofMillis(500);

  private FaultWorker() {}

  /**
   * The URL, the folder of ledgers and gate, the number of this process, of its workers, and of the
   * study's trials.
   */
  public static void main(String[] arguments) throws Exception {
    OtherMachine.require();
    String url = arguments[0];
    int process = Integer.parseInt(arguments[2]);
    int workers = Integer.parseInt(arguments[3]);
    RunOptions trials = RunOptions.trials(Integer.parseInt(arguments[4]));
    Path folder = Path.of(arguments[1]);
    try (Ledger.Writer ledger = Ledger.writer(folder, process)) {
      RunOptions options = process % 2 == 0 ? trials.withListener(told(ledger)) : trials;
      ExecutorService threads = Executors.newFixedThreadPool(workers);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        running.add(threads.submit(() -> work(url, folder, ledger, options)));
      }
      threads.shutdown();
      for (Future<?> worker : running) {
        worker.get();
      }
    }
  }

  /**
   * A worker that was paused between the end of a trial and its record has to open the study again.
   */
  private static void work(String url, Path folder, Ledger.Writer ledger, RunOptions options) {
    boolean wrong;
    do {
      wrong = false;
      try {
        run(url, folder, ledger, options);
      } catch (StorageException e) {
        wrong = String.valueOf(e.getMessage()).contains("open the study again");
        if (!wrong) {
          throw e;
        }
      }
    } while (wrong);
  }

  private static void run(String url, Path folder, Ledger.Writer ledger, RunOptions options) {
    try (Storage storage = connect(url)) {
      open(storage)
          .optimize(
              trial -> {
                double x = trial.suggest(X);
                trial.report(0, x);
                LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(trial.random("time").nextInt(30)));
                double value = ledger.ran(trial.number());
                Gate.pass(folder, trial.number(), LEASE.multipliedBy(2));
                return value;
              },
              options);
    }
  }

  /** A server that is away when a storage is opened is an error: somebody has to try again. */
  private static Storage connect(String url) {
    long end = System.nanoTime() + LONGEST_OUTAGE.toNanos();
    while (true) {
      try {
        return JdbcStorage.builder(url).connections(2).lease(LEASE, HEARTBEAT).open();
      } catch (StorageException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      }
    }
  }

  /** Starts or joins the study. */
  static Study open(Storage storage) {
    return Study.named("faults")
        .minimize("loss")
        .space(SearchSpace.of(X))
        .sampler(RandomSampler.ofDefaults())
        .seed(9)
        .retrying(FailureReason.LOST, 1_000)
        .storage(storage)
        .createOrResume();
  }

  private static StudyListener told(Ledger.Writer ledger) {
    return new StudyListener() {
      @Override
      public void trialFinished(BaseStudy study, FrozenTrial trial) {
        ledger.told(trial.number(), trial.value());
      }
    };
  }
}

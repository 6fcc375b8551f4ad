package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers on one PostgreSQL while processes are killed and paused, connections are cut and the
 * server crashes, on machines whose clocks are all wrong.
 *
 * <p>{@code -Dhpo4j.faults=16x250} sets the number of workers and the trials for each, {@code
 * -Dhpo4j.faults.workersPerProcess} how many share a process and its death.
 */
class FaultsTest {

  private static final System.Logger LOG = System.getLogger(FaultsTest.class.getName());
  private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(2);

  private enum Fault {
    KILL,
    CUT,
    PAUSE,
    CRASH
  }

  private final String[] size = System.getProperty("hpo4j.faults", "4x25").split("x", 2);
  private final int workers = Integer.parseInt(size[0]);
  private final int trials = workers * Integer.parseInt(size[1]);
  private final int perProcess = Integer.getInteger("hpo4j.faults.workersPerProcess", 1);
  private final Random random = new Random(12);
  private int cut;

  @Test
  void noTrialIsLostDoubledOrStuck(@TempDir Path folder) throws Exception {
    long start = System.nanoTime();
    try (CrashingPostgres server = CrashingPostgres.start(folder)) {
      try (Storage storage = JdbcStorage.open(server.url())) {
        FaultWorker.open(storage);
      }
      List<String> arguments = List.of(Integer.toString(perProcess), Integer.toString(trials));
      List<Fault> faults = faults();
      int planned = faults.size();
      Gate.open(folder, 0);
      try (Fleet fleet = new Fleet(server.url(), folder, workers / perProcess, random, arguments)) {
        for (int i = 0; i < planned; i++) {
          // Spread over the first nine tenths.
          long goal = trials * 9L * i / (10L * planned);
          Gate.open(folder, goal + workers);
          awaitFinished(server, fleet, goal);
          // Time to come to the gate, where an evaluation is in the ledger and not yet recorded.
          Thread.sleep(random.nextInt(500));
          inject(faults.get(i), server, fleet);
        }
        Gate.open(folder, trials);
        awaitFinished(server, fleet, trials);
        fleet.await(LONGEST_STANDSTILL);
      }
      Ledger ledger = Ledger.read(folder);
      requireRows(server);
      requireEachOnce(server.url(), ledger);
      assertThat(cut).isPositive();
      // Some were interrupted: what was done twice was recorded once.
      assertThat(ledger.ran.size())
          .isGreaterThan((int) server.count("SELECT COUNT(*) FROM trials"));
      LOG.log(
          System.Logger.Level.INFO,
          "{0} workers, {1} trials, {2} evaluations; {3} connections cut, {4} late writes refused;"
              + " {5} s",
          workers,
          trials,
          ledger.ran.size(),
          cut,
          server.count("SELECT COUNT(*) FROM hpo4j_late_writes"),
          Duration.ofNanos(System.nanoTime() - start).toSeconds());
    }
  }

  /** For each worker two kills and two cuts, for four of them a pause, and one crash or two. */
  private List<Fault> faults() {
    int many = 2 * workers;
    List<Fault> faults = new ArrayList<>(Collections.nCopies(many, Fault.KILL));
    faults.addAll(Collections.nCopies(many, Fault.CUT));
    faults.addAll(Collections.nCopies(Math.max(1, workers / 4), Fault.PAUSE));
    faults.addAll(Collections.nCopies(workers > 4 ? 2 : 1, Fault.CRASH));
    Collections.shuffle(faults, random);
    return faults;
  }

  private void inject(Fault fault, CrashingPostgres server, Fleet fleet)
      throws IOException, InterruptedException {
    switch (fault) {
      case KILL -> fleet.kill();
      case CUT -> cut += server.cut(50);
      case PAUSE -> fleet.pause();
      case CRASH -> server.crash();
    }
  }

  /** Fails if nothing is finished for a long time. */
  private static void awaitFinished(CrashingPostgres server, Fleet fleet, long goal)
      throws IOException, InterruptedException {
    long finished = -1;
    long since = System.nanoTime();
    while (true) {
      long now = server.count("SELECT COUNT(*) FROM trials WHERE state = 'COMPLETE'");
      if (now >= goal) {
        return;
      }
      fleet.goOn();
      if (now > finished) {
        finished = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > LONGEST_STANDSTILL.toNanos()) {
        throw new AssertionError("stuck at " + now + " of " + goal + " finished trials");
      }
      Thread.sleep(20);
    }
  }

  private void requireRows(CrashingPostgres server) {
    long rows = server.count("SELECT COUNT(*) FROM trials");
    assertThat(rows).isEqualTo(trials);
    assertThat(server.count("SELECT COUNT(DISTINCT number) FROM trials")).isEqualTo(rows);
    assertThat(server.count("SELECT MAX(number) FROM trials")).isEqualTo(rows - 1);
    assertThat(server.count("SELECT COUNT(*) FROM trial_values")).isEqualTo(rows);
    assertThat(server.count("SELECT COUNT(*) FROM hpo4j_leases")).isZero();
  }

  private void requireEachOnce(String url, Ledger ledger) {
    try (Storage storage = JdbcStorage.open(url)) {
      TrialTable table = storage.find("faults").orElseThrow().table();
      Study undisturbed = FaultWorker.open(Storage.inMemory());
      undisturbed.optimize(trial -> trial.suggest(FaultWorker.X), RunOptions.trials(table.size()));
      for (int number = 0; number < table.size(); number++) {
        assertThat(table.state(number)).isEqualTo(TrialState.COMPLETE);
        double value = table.value(number, 0);
        assertThat(ledger.ran.get(value)).as("trial of value %s", value).isEqualTo(number);
        assertThat(table.configuration(number))
            .isEqualTo(undisturbed.trial(number).configuration());
      }
      ledger.told.forEach(
          (number, value) ->
              assertThat(table.value(number, 0)).as("trial %d", number).isEqualTo(value));
    }
  }
}

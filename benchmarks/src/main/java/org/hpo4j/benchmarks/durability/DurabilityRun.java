package org.hpo4j.benchmarks.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.Storages;
import org.hpo4j.trial.TrialState;

/** Measures group by group: those that are compared work in turns, on the same disk. */
final class DurabilityRun {

  /**
   * How long and with how many.
   *
   * @param warmUp of each contender
   * @param rounds that count
   * @param round its length
   * @param processes on one journal
   * @param workers on one PostgreSQL
   * @param opened trials of the study that is opened
   */
  record Size(
      Duration warmUp, int rounds, Duration round, int processes, int workers, int opened) {}

  private static final int THREADS = 8;

  /** So often a study is opened in one JVM: the last time is a warm one. */
  private static final int OPENINGS = 6;

  private final Path disk;
  private final Programs programs;
  private final Size size;
  private final List<Rates> rates = new ArrayList<>();
  private final List<Opening> openings = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A run.
   *
   * @param disk an empty folder on it
   */
  DurabilityRun(Path disk, Programs programs, Size size) {
    this.disk = disk;
    this.programs = programs;
    this.size = size;
  }

  List<Rates> rates() {
    return rates;
  }

  List<Opening> openings() {
    return openings;
  }

  List<Finding> findings() {
    return findings;
  }

  private String path(String name) {
    return disk.resolve(name).toString();
  }

  // ---- Rates ----

  private Workers own(String name, int processes, String address, int threads) throws IOException {
    return Workers.start(name, processes, i -> programs.own(address, threads));
  }

  private Group optuna(String name, int processes, String address) throws IOException {
    return new Group(
        programs.haveOptuna()
            ? List.of(Workers.start(name, processes, i -> programs.optuna(address, Load.SEED + i)))
            : List.of());
  }

  private List<Rates> measure(List<? extends Contender> contenders) throws IOException {
    List<Rates> measured = Rates.measure(contenders, size.warmUp(), size.rounds(), size.round());
    rates.addAll(measured);
    return measured;
  }

  /** One process on a journal. */
  void journal() throws IOException {
    try (RawAppends raw = new RawAppends(disk.resolve("raw"), bytesPerTrial());
        Workers one = own("journal, one thread", 1, path("one.log"), 1);
        Workers threads = own("journal, " + THREADS + " threads", 1, path("threads.log"), THREADS);
        Group optuna = optuna("Optuna, journal", 1, path("optuna.log"))) {
      List<Rates> r = measure(optuna.after(raw, one, threads));
      atLeast("journal, one thread / one fsync a trial", r.get(1).ratioTo(r.get(0)), 0.6);
      besideOptuna("journal, one thread / Optuna", r, 1, 3, 10);
      atLeast("journal, " + THREADS + " threads / one thread", r.get(2).ratioTo(r.get(1)), 3);
    }
  }

  /** Several processes on one journal. */
  void processes() throws IOException {
    String many = size.processes() + " processes";
    try (Workers one = own("journal, one process", 1, path("process.log"), 1);
        Workers own = own("journal, " + many, size.processes(), path("processes.log"), 1);
        Group optuna = optuna("Optuna, journal, " + many, size.processes(), path("optunas.log"))) {
      List<Rates> r = measure(optuna.after(one, own));
      atLeast("journal, " + many + " / one process", r.get(1).ratioTo(r.get(0)), 1);
      besideOptuna("journal, " + many + " / Optuna's " + many, r, 1, 2, 10);
      requireAll(own, path("processes.log"));
    }
  }

  /** One worker on SQLite. */
  void sqlite() throws IOException {
    try (Workers own = own("SQLite, one worker", 1, "jdbc:sqlite:" + path("own.db"), 1);
        Group optuna = optuna("Optuna, SQLite", 1, "sqlite:///" + path("optuna.db"))) {
      besideOptuna("SQLite, one worker / Optuna", measure(optuna.after(own)), 0, 1, 15);
    }
  }

  /** One worker and several on one PostgreSQL. */
  void postgres(PostgresServer server) throws IOException {
    String many = size.workers() + " workers";
    server.newDatabase("optuna_one");
    server.newDatabase("optuna_many");
    String manyUrl = server.newDatabase("many");
    try (Workers one = own("PostgreSQL, one worker", 1, server.newDatabase("one"), 1);
        Workers own = own("PostgreSQL, " + many, size.workers(), manyUrl, 1);
        Group optunaOne = optuna("Optuna, PostgreSQL", 1, server.optunaUrl("optuna_one"));
        Group optuna =
            optuna(
                "Optuna, PostgreSQL, " + many, size.workers(), server.optunaUrl("optuna_many"))) {
      List<Rates> r = measure(optuna.after(optunaOne.after(one, own)));
      besideOptuna("PostgreSQL, one worker / Optuna", r, 0, 2, 15);
      atLeast("PostgreSQL, " + many + " / one worker", r.get(1).ratioTo(r.get(0)), 1);
      besideOptuna("PostgreSQL, " + many + " / Optuna's " + many, r, 1, 3, 10);
      requireAll(own, manyUrl);
    }
  }

  /** What order costs where trials take their time: as many threads, or processes, on a journal. */
  void ordered() throws IOException {
    int count = size.processes();
    List<Workers> all = new ArrayList<>();
    try {
      for (int lag : new int[] {0, count, 2 * count, 4 * count}) {
        String how = lag == 0 ? "asap" : "ordered(" + lag + ")";
        String threads = path("threads-" + lag + ".log");
        String processes = path("processes-" + lag + ".log");
        all.add(
            Workers.start(
                "20 ms a trial, " + count + " threads, " + how,
                1,
                i -> programs.patient(threads, count, lag)));
        all.add(
            Workers.start(
                "20 ms a trial, " + count + " processes, " + how,
                count,
                i -> programs.patient(processes, 1, lag)));
      }
      measure(all);
    } finally {
      new Group(all).close();
    }
  }

  private int bytesPerTrial() throws IOException {
    int trials = 1_000;
    Path journal = disk.resolve("bytes.log");
    try (Storage storage = Storages.open(journal.toString(), Map.of())) {
      Load.fill(storage, trials);
    }
    return Math.toIntExact(Files.size(journal) / trials);
  }

  private void atLeast(String what, double ratio, double target) {
    findings.add(Finding.ratioAtLeast(what, ratio, target));
  }

  private void besideOptuna(String what, List<Rates> all, int own, int optuna, double target) {
    if (optuna < all.size()) {
      atLeast(what, all.get(own).ratioTo(all.get(optuna)), target);
    }
  }

  /** Checks that no trial was lost or made twice. */
  private static void requireAll(Workers workers, String address) throws IOException {
    try (Storage storage = Storages.open(address, Map.of())) {
      int recorded = storage.find(Load.NAME).orElseThrow().table().count(TrialState.COMPLETE);
      if (recorded != workers.trials()) {
        throw new IOException(
            workers.name() + ": made " + workers.trials() + " trials, recorded are " + recorded);
      }
    }
  }

  // ---- Openings ----

  /** Opens a long study in a journal: with its snapshot, and without. */
  void openJournal() throws IOException, InterruptedException {
    Path journal = disk.resolve("opened.log");
    fill(journal.toString());
    Opening opening = openOwn("journal", journal.toString());
    findings.add(Finding.secondsAtMost(opened("journal", "new JVM"), opening.cold(), 2));
    Files.deleteIfExists(journal.resolveSibling(journal.getFileName() + ".snapshot"));
    openOwn("journal whose snapshot was deleted", journal.toString());
    openOptuna("journal", journal.toString());
  }

  /** Opens a long study in PostgreSQL. */
  void openPostgres(PostgresServer server) throws IOException, InterruptedException {
    String url = server.newDatabase("opened");
    fill(url);
    Opening opening = openOwn("PostgreSQL", url);
    findings.add(Finding.secondsAtMost(opened("PostgreSQL", "new JVM"), opening.cold(), 5));
    openOptuna("PostgreSQL", server.optunaUrl("opened"));
  }

  private String opened(String storage, String how) {
    return "opening " + size.opened() + " trials, " + storage + ", " + how;
  }

  private void fill(String address) {
    try (Storage storage = Storages.open(address, Map.of())) {
      Load.fill(storage, size.opened());
    }
  }

  private Opening openOwn(String what, String address) throws IOException, InterruptedException {
    Opening opening = programs.ownOpening(what, address, size.opened(), OPENINGS);
    openings.add(opening);
    return opening;
  }

  private void openOptuna(String what, String address) throws IOException, InterruptedException {
    if (programs.haveOptuna()) {
      openings.add(programs.optunaOpening("Optuna, the same " + what, address, size.opened()));
    }
  }
}

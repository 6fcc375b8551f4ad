package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hpo4j.benchmarks.peers.PeerPool;
import org.hpo4j.benchmarks.peers.PythonPeers;
import org.hpo4j.benchmarks.problems.Problem;
import picocli.CommandLine.Option;

/** The options of a tournament: who plays, how often, and what is kept. */
final class TournamentOptions {

  @Option(
      names = "--samplers",
      split = ",",
      description = "Samplers of this library, by name; 'all' for all of them.")
  private List<String> samplers = List.of("hpo4j-random", "hpo4j-tpe");

  @Option(
      names = "--peers",
      split = ",",
      description =
          "Samplers of Python libraries, by name; 'all' for all that are installed or recorded.")
  private List<String> peers = List.of();

  @Option(names = "--seeds", description = "How many runs of each sampler on each problem.")
  private int seeds = 50;

  @Option(
      names = "--seeds-of",
      split = ",",
      description = "Other numbers of runs, by sampler: optuna-gp=50,hebo=20.")
  private Map<String, Integer> seedsOf = Map.of();

  @Option(names = "--first-seed", description = "The first run's seed; the others follow it.")
  private long firstSeed;

  @Option(names = "--jobs", description = "Runs at a time, each on one core.")
  private int jobs = 2;

  @Option(
      names = "--fresh",
      description = "Makes all runs anew instead of reading kept and recorded ones.")
  private boolean fresh;

  @Option(names = "--cache", description = "The folder that keeps the runs.")
  private Path cache = Path.of("runs/benchmarks");

  @Option(
      names = "--recorded",
      description = "The folder of the peers' runs that come with the project.")
  private Path recorded = Path.of("benchmarks/recorded");

  @Option(names = "--record", description = "Puts the peers' runs into that folder.")
  private boolean record;

  @Option(names = "--python", split = ",", description = "The peers' Pythons.")
  private List<Path> python = PythonPeers.interpreters();

  /**
   * The checkpoints in ascending order.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  static SortedSet<Integer> ascending(List<Integer> checkpoints) {
    checkpoints.forEach(count -> requirePositive("--checkpoints", count));
    return new TreeSet<>(checkpoints);
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " must be at least 1, got " + value);
    }
  }

  List<String> samplers(List<String> all) {
    return samplers.contains("all") ? all : samplers;
  }

  long firstSeed() {
    return firstSeed;
  }

  /** The peers' environments; none if no peer is asked for. */
  PeerPool pool() throws IOException, InterruptedException {
    return PeerPool.of(peers.isEmpty() ? List.of() : python, PythonPeers.folder());
  }

  /**
   * The peers asked for, among those that are installed or of which there are recorded runs; none
   * if there is neither.
   *
   * @param suited those that 'all' may stand for
   * @param measured makes one that is installed
   * @throws IllegalArgumentException if there are peers but none of a name
   */
  List<Contender> peers(
      PeerPool pool, Predicate<String> suited, Function<String, Contender> measured)
      throws IOException {
    RecordedRuns runs = recordedRuns();
    SortedSet<String> known = new TreeSet<>(pool.samplers());
    known.addAll(runs.samplers());
    if (known.isEmpty()) {
      return List.of();
    }
    List<Contender> contenders = new ArrayList<>();
    for (String name : peers.contains("all") ? known.stream().filter(suited).toList() : peers) {
      Optional<String> version = runs.version(name);
      contenders.add(
          pool.samplers().contains(name) || version.isEmpty()
              ? measured.apply(name)
              : new RecordedPeer(name, version.get()));
    }
    contenders.forEach(Contender::version);
    return contenders;
  }

  private RecordedRuns recordedRuns() throws IOException {
    return fresh ? RecordedRuns.none() : RecordedRuns.in(recorded);
  }

  /** Makes the runs: seed by seed, so that an interrupted benchmark has some of everything. */
  List<Run> play(
      List<Problem> problems, List<? extends Contender> contenders, int length, PrintWriter console)
      throws IOException, InterruptedException {
    requirePositive("--seeds", seeds);
    seedsOf.values().forEach(count -> requirePositive("--seeds-of", count));
    requirePositive("--jobs", jobs);
    List<RunTask> tasks = new ArrayList<>();
    int most = seedsOf.values().stream().mapToInt(Integer::intValue).reduce(seeds, Math::max);
    for (int i = 0; i < most; i++) {
      for (Problem problem : problems) {
        for (Contender contender : contenders) {
          if (i < seedsOf.getOrDefault(contender.name(), seeds)) {
            tasks.add(new RunTask(problem, contender, firstSeed + i, length));
          }
        }
      }
    }
    RecordedRuns runs = RecordedRuns.in(recorded);
    List<Run> made =
        new Tournament(new RunCache(cache), runs, fresh, jobs, new Progress(console)).play(tasks);
    if (record) {
      record(tasks, made, runs);
    }
    return made;
  }

  private void record(List<RunTask> tasks, List<Run> made, RecordedRuns runs) throws IOException {
    Map<String, Run> byTask = new HashMap<>();
    made.forEach(run -> byTask.put(run.problem() + " " + run.sampler() + " " + run.seed(), run));
    for (RunTask task : tasks) {
      Run run = byTask.get(task.problem() + " " + task.contender().name() + " " + task.seed());
      if (task.contender().isPeer() && run != null) {
        runs.add(task, run);
      }
    }
    runs.write(recorded);
  }

  /**
   * Versions of the peers that play, of which of them there are recorded runs, whose seconds are
   * those of another run, and which environments do not exist; to be asked for before the runs are
   * made, which may be recorded then.
   */
  String versions(List<? extends Contender> contenders, PeerPool pool) throws IOException {
    RecordedRuns runs = recordedRuns();
    List<String> versions = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (Contender contender : contenders) {
      if (contender.isPeer() && !versions.contains(contender.version())) {
        versions.add(contender.version());
      }
      if (runs.version(contender.name()).filter(contender.version()::equals).isPresent()) {
        known.add(contender.name());
      }
    }
    if (!known.isEmpty()) {
      versions.add("recorded in an earlier run: " + String.join(", ", known));
    }
    versions.addAll(pool.missing());
    return versions.isEmpty() ? "no peers asked for" : String.join("; ", versions);
  }
}

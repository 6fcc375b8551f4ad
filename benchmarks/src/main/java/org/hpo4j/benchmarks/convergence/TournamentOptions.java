package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      description = "Samplers of Python libraries, by name; 'all' for all that are installed.")
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

  @Option(names = "--fresh", description = "Makes all runs anew instead of reading kept ones.")
  private boolean fresh;

  @Option(names = "--cache", description = "The folder that keeps the runs.")
  private Path cache = Path.of("runs/benchmarks");

  @Option(names = "--python", split = ",", description = "The peers' Pythons.")
  private List<Path> python = PythonPeers.interpreters();

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
   * The peers asked for; none if there is no environment at all.
   *
   * @param suited those of the pool that 'all' stands for
   * @throws IllegalArgumentException if an environment exists but has no peer of a name
   */
  List<String> peers(PeerPool pool, List<String> suited) {
    if (pool.samplers().isEmpty()) {
      return List.of();
    }
    List<String> names = peers.contains("all") ? suited : peers;
    names.forEach(pool::version);
    return names;
  }

  /** Makes the runs: seed by seed, so that an interrupted benchmark has some of everything. */
  List<Run> play(
      List<Problem> problems, List<? extends Contender> contenders, int length, PrintWriter console)
      throws IOException, InterruptedException {
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
    return new Tournament(new RunCache(cache), fresh, jobs, new Progress(console)).play(tasks);
  }

  /** Versions of the peers that play, and which environments do not exist. */
  static String versions(List<? extends Contender> contenders, PeerPool pool) {
    List<String> versions = new ArrayList<>();
    for (Contender contender : contenders) {
      if (pool.samplers().contains(contender.name()) && !versions.contains(contender.version())) {
        versions.add(contender.version());
      }
    }
    versions.addAll(pool.missing());
    return versions.isEmpty() ? "no peers asked for" : String.join("; ", versions);
  }
}

package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.hpo4j.benchmarks.Environment;
import org.hpo4j.benchmarks.peers.PeerPool;
import org.hpo4j.benchmarks.peers.PythonPeers;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.benchmarks.problems.ProblemSet;
import org.hpo4j.benchmarks.problems.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs samplers on problems and writes runs.csv, summary.csv, report.md and plots. */
@Command(
    name = "convergence",
    description = "Compares samplers by their regret after some trials.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ConvergenceCommand implements Callable<Integer> {

  @Option(
      names = "--problems",
      split = ",",
      description =
          "Problems, by name or by set: classic, bbob, spaces, lcbench; development (all of"
              + " these), held-out.")
  private List<String> problems = List.of(ProblemSet.CLASSIC.label());

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

  @Option(
      names = "--checkpoints",
      split = ",",
      description = "After how many trials to compare; the largest ends a run.")
  private List<Integer> checkpoints = List.of(20, 50, 100);

  @Option(
      names = "--recommended",
      description = "The sampler that is set beside the best peer on each problem.")
  private String recommended = "hpo4j-default";

  @Option(names = "--jobs", description = "Runs at a time, each on one core.")
  private int jobs = 2;

  @Option(names = "--fresh", description = "Makes all runs anew instead of reading kept ones.")
  private boolean fresh;

  @Option(names = "--cache", description = "The folder that keeps the runs.")
  private Path cache = Path.of("runs/benchmarks");

  @Option(names = "--python", split = ",", description = "The peers' Pythons.")
  private List<Path> python = PythonPeers.interpreters();

  @Option(names = "--out", description = "The folder for the results.")
  private Path out = Path.of("benchmarks/target/convergence");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter console = spec.commandLine().getOut();
    SortedSet<Integer> counts = new TreeSet<>(checkpoints);
    try (PeerPool pool = PeerPool.of(peers.isEmpty() ? List.of() : python, PythonPeers.folder())) {
      List<Problem> chosen = Problems.select(problems);
      List<Contender> contenders = contenders(pool);
      Files.createDirectories(out);
      Tournament tournament =
          new Tournament(new RunCache(cache), fresh, jobs, new Progress(console));
      List<Run> runs = tournament.play(tasks(chosen, contenders, counts.last()));
      List<String> names = contenders.stream().map(Contender::name).toList();
      RegretTable all = new RegretTable(chosen, names, runs);
      RegretFiles.writeRuns(out.resolve("runs.csv"), all, counts);
      RegretFiles.writeSummary(out.resolve("summary.csv"), all, counts);
      String report = report(chosen, names, runs, counts, versions(contenders, pool));
      Files.writeString(out.resolve("report.md"), report);
      console.println(report);
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<Contender> contenders(PeerPool pool) {
    List<Contender> contenders = new ArrayList<>();
    for (String name : samplers.contains("all") ? OwnContender.names() : samplers) {
      contenders.add(OwnContender.named(name));
    }
    if (pool.samplers().isEmpty()) {
      pool.missing().forEach(spec.commandLine().getErr()::println);
    } else {
      for (String name : peers.contains("all") ? pool.samplers() : peers) {
        pool.version(name);
        contenders.add(new PeerContender(name, pool));
      }
    }
    return contenders;
  }

  /** Seed by seed, so that an interrupted benchmark has some runs of everything. */
  private List<RunTask> tasks(List<Problem> chosen, List<Contender> contenders, int trials) {
    List<RunTask> tasks = new ArrayList<>();
    int most = seedsOf.values().stream().mapToInt(Integer::intValue).reduce(seeds, Math::max);
    for (int i = 0; i < most; i++) {
      for (Problem problem : chosen) {
        for (Contender contender : contenders) {
          if (i < seedsOf.getOrDefault(contender.name(), seeds)) {
            tasks.add(new RunTask(problem, contender, firstSeed + i, trials));
          }
        }
      }
    }
    return tasks;
  }

  private static String versions(List<Contender> contenders, PeerPool pool) {
    List<String> versions =
        new ArrayList<>(
            contenders.stream()
                .filter(contender -> contender instanceof PeerContender)
                .map(Contender::version)
                .distinct()
                .toList());
    versions.addAll(pool.missing());
    return versions.isEmpty() ? "no peers asked for" : String.join("; ", versions);
  }

  private String report(
      List<Problem> chosen,
      List<String> names,
      List<Run> runs,
      SortedSet<Integer> counts,
      String versions)
      throws IOException {
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    StringBuilder text = new StringBuilder("# Convergence\n\n");
    text.append(Environment.describe(arguments, versions));
    text.append("- Seeds: from ").append(firstSeed).append("; of each sampler as many as the");
    text.append(" ranks say\n");
    for (boolean heldOut : new boolean[] {false, true}) {
      List<Problem> part =
          chosen.stream().filter(p -> (p.set() == ProblemSet.HELD_OUT) == heldOut).toList();
      if (!part.isEmpty()) {
        text.append("\n## ").append(heldOut ? "Held-out" : "Development").append(" problems\n\n");
        RegretTable table = new RegretTable(part, names, runs);
        text.append(new ConvergenceReport(table, counts).text(Pair.DEFAULTS, recommended));
      }
    }
    return text.toString();
  }
}

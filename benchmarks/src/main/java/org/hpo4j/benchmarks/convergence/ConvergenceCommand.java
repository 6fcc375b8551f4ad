package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hpo4j.benchmarks.Environment;
import org.hpo4j.benchmarks.PythonPeers;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.benchmarks.problems.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs samplers on problems and writes regrets.csv, regrets.json and report.md. */
@Command(
    name = "convergence",
    description = "Compares samplers by their regret after some trials.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ConvergenceCommand implements Callable<Integer> {

  @Option(
      names = "--problems",
      split = ",",
      description = "Problems, by name; all of them if not given.")
  private List<String> problems = Problems.all().stream().map(Problem::name).toList();

  @Option(
      names = "--samplers",
      split = ",",
      description =
          "Samplers of this library: hpo4j-random, hpo4j-quasirandom, hpo4j-tpe,"
              + " hpo4j-tpe-univariate.")
  private List<String> samplers = List.of(Contender.RANDOM.name(), Contender.TPE.name());

  @Option(
      names = "--peers",
      split = ",",
      description =
          "Samplers of Python libraries: optuna-random, optuna-tpe, optuna-tpe-group,"
              + " hyperopt-random, hyperopt-tpe.")
  private List<String> peers = List.of();

  @Option(names = "--seeds", description = "How many runs of each sampler on each problem.")
  private int seeds = 50;

  @Option(names = "--first-seed", description = "The first run's seed; the others follow it.")
  private long firstSeed;

  @Option(
      names = "--checkpoints",
      split = ",",
      description = "After how many trials to note the regret; the largest ends a run.")
  private List<Integer> checkpoints = List.of(20, 50, 100);

  @Option(names = "--python", description = "The peers' Python.")
  private Path python = Path.of(PythonPeers.INTERPRETER);

  @Option(names = "--out", description = "The folder for the results.")
  private Path out = Path.of("benchmarks/target/convergence");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Problem> chosen = problems.stream().map(Problems::named).toList();
    List<Contender> contenders = samplers.stream().map(Contender::named).toList();
    Files.createDirectories(out);
    List<Regret> regrets =
        new ArrayList<>(ConvergenceRun.all(chosen, contenders, seeds, firstSeed, checkpoints));
    PythonPeers peerLibraries = new PythonPeers(python, Path.of(PythonPeers.SCRIPTS));
    String versions = "no peers asked for";
    if (!peers.isEmpty()) {
      versions = peerLibraries.versions();
      regrets.addAll(runPeers(peerLibraries));
    }
    RegretFiles.writeCsv(out.resolve("regrets.csv"), regrets);
    RegretFiles.writeJson(out.resolve("regrets.json"), regrets);
    String report = report(new RegretTable(regrets), versions);
    Files.writeString(out.resolve("report.md"), report);
    spec.commandLine().getOut().println(report);
    return 0;
  }

  private List<Regret> runPeers(PythonPeers libraries) throws IOException, InterruptedException {
    if (!libraries.areAvailable()) {
      spec.commandLine().getErr().println(libraries.absence());
      return List.of();
    }
    Path csv = out.resolve("peers.csv");
    libraries.run(
        "convergence.py",
        List.of(
            "--problems", String.join(",", problems),
            "--samplers", String.join(",", peers),
            "--seeds", Integer.toString(seeds),
            "--first-seed", Long.toString(firstSeed),
            "--checkpoints",
                checkpoints.stream().map(String::valueOf).collect(Collectors.joining(",")),
            "--out", csv.toString()));
    return RegretFiles.readCsv(csv);
  }

  private String report(RegretTable table, String versions) throws IOException {
    ConvergenceReport report = new ConvergenceReport(table);
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    StringBuilder text = new StringBuilder("# Convergence\n\n");
    text.append(Environment.describe(arguments, versions));
    text.append("- Seeds: ").append(firstSeed).append(" to ").append(firstSeed + seeds - 1);
    text.append("\n\n").append(report.medians());
    String tpe = Contender.TPE.name();
    if (table.samplers().contains(tpe)) {
      for (String other : table.samplers()) {
        if (!other.equals(tpe)) {
          text.append('\n').append(report.comparison(tpe, other));
        }
        if (peers.contains(other)) {
          text.append('\n').append(report.comparison(other, tpe));
        }
      }
    }
    return text.toString();
  }
}

package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import org.hpo4j.benchmarks.Environment;
import org.hpo4j.benchmarks.lcbench.LcBench;
import org.hpo4j.benchmarks.peers.PeerPool;
import org.hpo4j.benchmarks.problems.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs samplers and schedulers on trainings and compares what they reach for their epochs. */
@Command(
    name = "fidelity",
    description = "Compares schedulers and pruners on LCBench by their regret after some epochs.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class FidelityCommand implements Callable<Integer> {

  @Option(
      names = "--checkpoints",
      split = ",",
      description = "After how many epochs to compare; the largest is the budget of a run.")
  private List<Integer> checkpoints = List.of(520, 1300, 2600, 5200);

  @Option(
      names = "--lcbench",
      description =
          "The folder of LCBench's surrogate; by default what " + LcBench.VARIABLE + " names.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private Optional<Path> lcbench = LcBench.folder();

  @Option(names = "--out", description = "The folder for the results.")
  private Path out = Path.of("benchmarks/target/fidelity");

  @Mixin private TournamentOptions options = new TournamentOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (PeerPool pool = options.pool();
        Catalog catalog = Catalog.open(lcbench)) {
      EpochTasks tasks = catalog.trainings();
      if (tasks.all().isEmpty()) {
        throw new IllegalArgumentException(
            "needs the folder of LCBench's surrogate: --lcbench or " + LcBench.VARIABLE);
      }
      List<Contender> contenders = contenders(pool, tasks);
      Files.createDirectories(out);
      SortedSet<Integer> counts = TournamentOptions.ascending(checkpoints);
      String versions = options.versions(contenders, pool);
      List<Problem> problems = tasks.problems();
      List<Run> runs =
          options.play(problems, contenders, counts.last(), spec.commandLine().getOut());
      List<String> names = contenders.stream().map(Contender::name).toList();
      RegretTable table = new RegretTable(problems, names, runs);
      RegretFiles.writeSummary(out.resolve("summary.csv"), table, counts);
      new RegretPlots(table, "epochs").write(out.resolve("plots"), counts.last());
      List<String> arguments = spec.commandLine().getParseResult().originalArgs();
      String text =
          "# Score against epochs\n\n"
              + Environment.describe(arguments, versions)
              + "\n"
              + new ConvergenceReport(table, counts, "epochs").text(Pair.FIDELITY, "")
              + CatchUp.report(table, counts.last());
      Files.writeString(out.resolve("report.md"), text);
      spec.commandLine().getOut().println(text);
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<Contender> contenders(PeerPool pool, EpochTasks tasks) throws IOException {
    List<EpochContender> own = EpochContender.all(tasks);
    List<String> known = own.stream().map(EpochContender::name).toList();
    List<Contender> contenders = new ArrayList<>();
    for (String name : options.samplers(known)) {
      contenders.add(
          own.stream()
              .filter(contender -> contender.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "no sampler '" + name + "'; there are " + known)));
    }
    contenders.addAll(
        options.peers(pool, unused -> true, name -> new EpochPeer(name, pool, tasks)));
    return contenders;
  }
}

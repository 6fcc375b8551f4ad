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
import org.hpo4j.benchmarks.problems.ProblemSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      names = "--checkpoints",
      split = ",",
      description = "After how many trials to compare; the largest ends a run.")
  private List<Integer> checkpoints = List.of(20, 50, 100);

  @Option(
      names = "--recommended",
      description = "The sampler that is set beside the best peer on each problem.")
  private String recommended = "hpo4j-default";

  @Option(
      names = "--lcbench",
      description =
          "The folder of LCBench's surrogate; by default what " + LcBench.VARIABLE + " names.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private Optional<Path> lcbench = LcBench.folder();

  @Option(names = "--out", description = "The folder for the results.")
  private Path out = Path.of("benchmarks/target/convergence");

  @Mixin private TournamentOptions options = new TournamentOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (PeerPool pool = options.pool();
        Catalog catalog = Catalog.open(lcbench)) {
      List<Problem> chosen = catalog.select(problems);
      catalog.missing(problems).ifPresent(spec.commandLine().getErr()::println);
      List<Contender> contenders = contenders(pool);
      Files.createDirectories(out);
      SortedSet<Integer> counts = TournamentOptions.ascending(checkpoints);
      String versions = options.versions(contenders, pool);
      List<Run> runs = options.play(chosen, contenders, counts.last(), spec.commandLine().getOut());
      List<String> names = contenders.stream().map(Contender::name).toList();
      RegretTable all = new RegretTable(chosen, names, runs);
      RegretFiles.writeRuns(out.resolve("runs.csv"), all, counts);
      RegretFiles.writeSummary(out.resolve("summary.csv"), all, counts);
      new RegretPlots(all, "trials").write(out.resolve("plots"), counts.last());
      StringBuilder text = head(versions);
      for (boolean heldOut : new boolean[] {false, true}) {
        List<Problem> part =
            chosen.stream().filter(p -> (p.set() == ProblemSet.HELD_OUT) == heldOut).toList();
        if (!part.isEmpty()) {
          text.append("\n## ").append(heldOut ? "Held-out" : "Development").append(" problems\n\n");
          RegretTable table = new RegretTable(part, names, runs);
          text.append(
              new ConvergenceReport(table, counts, "trials").text(Pair.DEFAULTS, recommended));
        }
      }
      Files.writeString(out.resolve("report.md"), text);
      spec.commandLine().getOut().println(text);
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<Contender> contenders(PeerPool pool) throws IOException {
    List<Contender> contenders = new ArrayList<>();
    for (String name : options.samplers(OwnContender.names())) {
      contenders.add(OwnContender.named(name));
    }
    // Without epochs there is nothing for a pruner to stop.
    contenders.addAll(
        options.peers(
            pool, name -> !name.endsWith("-hyperband"), name -> new PeerContender(name, pool)));
    return contenders;
  }

  private StringBuilder head(String versions) throws IOException {
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    return new StringBuilder("# Convergence\n\n")
        .append(Environment.describe(arguments, versions))
        .append("- Seeds: from ")
        .append(options.firstSeed())
        .append("; of each sampler as many as the table of ranks says\n");
  }
}

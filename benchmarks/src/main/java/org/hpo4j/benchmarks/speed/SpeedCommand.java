package org.hpo4j.benchmarks.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.hpo4j.benchmarks.Environment;
import org.hpo4j.benchmarks.peers.PythonPeers;
import org.hpo4j.benchmarks.speed.Figure.Quantity;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures with JMH, then the peers, and writes jmh.json, figures.csv and report.md. */
@Command(
    name = "speed",
    description = "Measures the cost of samplers beside Optuna's, one after the other.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class SpeedCommand implements Callable<Integer> {

  @Option(
      names = "--quick",
      description = "Few repetitions and short histories: shows that all works, measures nothing.")
  private boolean quick;

  @Option(names = "--python", description = "The peers' Python.")
  private Path python = PythonPeers.interpreters().get(0);

  @Option(names = "--out", description = "The folder for the results.")
  private Path out = Path.of("benchmarks/target/speed");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    Files.createDirectories(out);
    List<Figure> own = new ArrayList<>(runJmh());
    own.add(new Figure(Quantity.HEAP, "random", HeapMeter.TRIALS, HeapMeter.bytesPerTrial()));
    PythonPeers peers = new PythonPeers(python, PythonPeers.folder());
    List<Figure> optuna =
        peers.areAvailable()
            ? Figure.parse(peers.run("speed.py", quick ? List.of("--quick") : List.of()))
            : List.of();
    Stream<String> csv =
        Stream.concat(
            own.stream().map(f -> f.toCsv("hpo4j")), optuna.stream().map(f -> f.toCsv("optuna")));
    Files.write(
        out.resolve("figures.csv"),
        Stream.concat(Stream.of("library,quantity,sampler,trials,value"), csv).toList());
    String report =
        "# Speed and memory\n\n"
            + Environment.describe(
                spec.commandLine().getParseResult().originalArgs(), peers.versions())
            + "\n"
            + SpeedTable.of(own, optuna);
    Files.writeString(out.resolve("report.md"), report);
    spec.commandLine().getOut().println(report);
    return 0;
  }

  private List<Figure> runJmh() throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(AskBenchmark.class.getName())
            .include(StudyBenchmark.class.getName())
            .result(out.resolve("jmh.json").toString())
            .resultFormat(ResultFormatType.JSON)
            .shouldFailOnError(true);
    if (quick) {
      options.warmupIterations(1).measurementIterations(1).param("trials", "100");
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    return results.stream().flatMap(SpeedCommand::figures).toList();
  }

  private static Stream<Figure> figures(RunResult result) {
    String sampler = result.getParams().getParam("sampler");
    String history = result.getParams().getParam("trials");
    boolean ask = history != null;
    int trials = ask ? Integer.parseInt(history) : StudyBenchmark.TRIALS;
    double perIteration =
        Objects.requireNonNull(result.getSecondaryResults().get("cpuNanos"))
            .getStatistics()
            .getMean();
    double cpu = perIteration / 1e3 / (ask ? AskBenchmark.ASKS : StudyBenchmark.TRIALS);
    double elapsed = result.getPrimaryResult().getScore();
    return Stream.of(
        new Figure(ask ? Quantity.ASK : Quantity.TRIAL, sampler, trials, elapsed),
        new Figure(ask ? Quantity.ASK_CPU : Quantity.TRIAL_CPU, sampler, trials, cpu));
  }
}

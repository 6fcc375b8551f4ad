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
import org.openjdk.jmh.results.Result;
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

  @Option(
      names = "--large",
      description = "Also runs TPE for so many trials, in a JVM of its own.",
      defaultValue = "0")
  private int large;

  @Option(names = "--python", description = "The peers' Python.")
  private Path python = PythonPeers.interpreters().get(0);

  @Option(names = "--out", description = "The folder for the results.")
  private Path out = Path.of("benchmarks/target/speed");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    Files.createDirectories(out);
    List<Figure> own = new ArrayList<>(runJmh());
    own.addAll(Figure.parse(MeasuringJvm.run(HeapMeter.class, List.of())));
    if (large > 0) {
      own.addAll(
          Figure.parse(MeasuringJvm.run(LargeStudy.class, List.of(Integer.toString(large)))));
    }
    PythonPeers python = new PythonPeers(this.python, PythonPeers.folder());
    List<Figure> peers =
        python.areAvailable()
            ? Figure.parse(python.run("speed.py", quick ? List.of("--quick") : List.of()))
            : List.of();
    Files.write(
        out.resolve("figures.csv"),
        Stream.concat(
                Stream.of("library,quantity,sampler,trials,value"),
                Stream.concat(own.stream(), peers.stream()).map(Figure::toCsv))
            .toList());
    String report =
        "# Speed and memory\n\n"
            + Environment.describe(
                spec.commandLine().getParseResult().originalArgs(), python.versions())
            + "\n"
            + SpeedTable.of(own, peers);
    Files.writeString(out.resolve("report.md"), report);
    spec.commandLine().getOut().println(report);
    return 0;
  }

  private List<Figure> runJmh() throws RunnerException {
    List<Figure> figures = new ArrayList<>();
    ChainedOptionsBuilder fast =
        options("jmh.json")
            .include(AskBenchmark.class.getName())
            .include(StudyBenchmark.class.getName());
    if (quick) {
      fast.warmupIterations(1).measurementIterations(1).param("trials", "100");
    }
    figures.addAll(figures(fast));
    if (!quick) {
      // A shot takes seconds, so that a few of them warm up and a few measure.
      figures.addAll(
          figures(
              options("jmh-gp.json")
                  .include(AskBenchmark.class.getName())
                  .param("sampler", "gp")
                  .param("trials", "100", "300", "500", "1000")
                  .warmupIterations(3)
                  .measurementIterations(3)));
    }
    return figures;
  }

  private ChainedOptionsBuilder options(String result) {
    return new OptionsBuilder()
        .result(out.resolve(result).toString())
        .resultFormat(ResultFormatType.JSON)
        .shouldFailOnError(true);
  }

  private static List<Figure> figures(ChainedOptionsBuilder options) throws RunnerException {
    Collection<RunResult> results = new Runner(options.build()).run();
    return results.stream().flatMap(SpeedCommand::figures).toList();
  }

  private static Stream<Figure> figures(RunResult result) {
    String sampler = result.getParams().getParam("sampler");
    String history = result.getParams().getParam("trials");
    boolean ask = history != null;
    int trials = ask ? Integer.parseInt(history) : StudyBenchmark.TRIALS;
    double perIteration =
        median(Objects.requireNonNull(result.getSecondaryResults().get("cpuNanos")));
    double cpu = perIteration / 1e3 / (ask ? AskBenchmark.ASKS : StudyBenchmark.TRIALS);
    double elapsed = median(result.getPrimaryResult());
    return Stream.of(
        new Figure("hpo4j", ask ? Quantity.ASK : Quantity.TRIAL, sampler, trials, elapsed),
        new Figure("hpo4j", ask ? Quantity.ASK_CPU : Quantity.TRIAL_CPU, sampler, trials, cpu));
  }

  /** A shot that another process interrupts takes many times as long as the others. */
  private static double median(Result<?> shots) {
    return shots.getStatistics().getPercentile(50);
  }
}

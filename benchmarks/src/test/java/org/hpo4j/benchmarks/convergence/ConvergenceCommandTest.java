package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConvergenceCommandTest {

  private final StringWriter errors = new StringWriter();

  @Test
  void writesARegretForEachRunAndCheckpoint(@TempDir Path out) throws IOException {
    assertThat(execute(out, "--samplers", "hpo4j-random,hpo4j-tpe")).isZero();
    // Two problems, two samplers, three seeds, two checkpoints.
    assertThat(RegretFiles.readCsv(out.resolve("regrets.csv"))).hasSize(24);
    assertThat(out.resolve("regrets.json")).isNotEmptyFile();
  }

  @Test
  void reportsMediansAndTests(@TempDir Path out) throws IOException {
    assertThat(execute(out, "--samplers", "hpo4j-random,hpo4j-tpe")).isZero();
    assertThat(Files.readString(out.resolve("report.md")))
        .contains("Seeds: 0 to 2")
        .contains("## Median regret after 4 / 12 trials")
        .contains("| problem | hpo4j-random | hpo4j-tpe |")
        .contains("## Is hpo4j-tpe better than hpo4j-random after 12 trials?")
        .contains("of 2 problems");
  }

  @Test
  void withoutTheirEnvironmentThePeersAreNamedAsNotMeasured(@TempDir Path out) throws IOException {
    String python = out.resolve("absent").toString();
    assertThat(execute(out, "--peers", "optuna-tpe", "--python", python)).isZero();
    assertThat(Files.readString(out.resolve("report.md")))
        .contains("peers not measured: no " + python);
  }

  @Test
  void anUnknownSamplerIsRefusedBeforeAnythingRuns(@TempDir Path out) throws IOException {
    assertThat(execute(out, "--samplers", "hpo4j-grid")).isNotZero();
    assertThat(errors.toString()).contains("hpo4j-grid").contains("hpo4j-quasirandom");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files).isEmpty();
    }
  }

  private int execute(Path out, String... more) {
    Stream<String> common =
        Stream.of(
            "--problems",
            "branin,cond",
            "--seeds",
            "3",
            "--checkpoints",
            "4,12",
            "--out",
            out.toString());
    List<String> arguments = Stream.concat(common, Stream.of(more)).toList();
    return new CommandLine(new ConvergenceCommand())
        .setOut(new PrintWriter(new StringWriter(), true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments.toArray(String[]::new));
  }
}

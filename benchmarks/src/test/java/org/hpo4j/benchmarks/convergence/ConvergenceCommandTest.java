package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hpo4j.benchmarks.problems.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ConvergenceCommandTest {

  private final StringWriter console = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void writesEveryRunAndASummary(@TempDir Path out) throws IOException {
    assertThat(execute(out, "--samplers", "hpo4j-random,hpo4j-tpe")).isZero();
    // Two problems, two samplers, three seeds, two checkpoints; and the heads.
    assertThat(Files.readAllLines(out.resolve("runs.csv"))).hasSize(25);
    assertThat(Files.readAllLines(out.resolve("summary.csv"))).hasSize(9);
  }

  @Test
  void reportsRanksMediansAndTests(@TempDir Path out) throws IOException {
    assertThat(execute(out, "--samplers", "hpo4j-random,hpo4j-tpe")).isZero();
    assertThat(Files.readString(out.resolve("report.md")))
        .contains("## Development problems")
        .contains("| sampler | runs | after 4 | after 12 |")
        .contains("### Median regret after 4 / 12 trials")
        .contains("| problem | hpo4j-random | hpo4j-tpe |")
        .contains("### hpo4j-tpe and hpo4j-random after 12 trials")
        .doesNotContain("Held-out");
  }

  @Test
  void drawsEachProblem(@TempDir Path out) throws IOException {
    assertThat(execute(out)).isZero();
    for (String problem : List.of("branin", "cond")) {
      BufferedImage image = ImageIO.read(out.resolve("plots/" + problem + ".png").toFile());
      assertThat(image.getWidth()).isEqualTo(1800);
    }
  }

  @Test
  void oneSamplerMayHaveOtherSeeds(@TempDir Path out) throws IOException {
    assertThat(execute(out, "--seeds-of", "hpo4j-tpe=1")).isZero();
    assertThat(Files.readAllLines(out.resolve("runs.csv"))).hasSize(1 + 2 * 2 * (3 + 1));
  }

  @ParameterizedTest
  @CsvSource({"--jobs, 0", "--checkpoints, 0", "--seeds-of, hpo4j-tpe=0"})
  void countsBelowOneAreRefused(String option, String value, @TempDir Path out) {
    assertThat(execute(out, option, value)).isEqualTo(2);
    assertThat(errors.toString()).contains(option + " must be at least 1, got 0");
  }

  @Test
  void aSecondCallReadsTheKeptRuns(@TempDir Path out) throws IOException {
    assertThat(execute(out)).isZero();
    assertThat(console.toString()).contains("0 runs are kept");
    assertThat(execute(out)).isZero();
    assertThat(console.toString()).contains("12 runs are kept; to be made: {}");
  }

  @Test
  void withoutTheirEnvironmentThePeersAreNamedAsNotMeasured(@TempDir Path out) throws IOException {
    String python = out.resolve("absent").toString();
    assertThat(execute(out, "--peers", "optuna-tpe", "--python", python)).isZero();
    assertThat(Files.readString(out.resolve("report.md")))
        .contains("peers not measured: no " + python);
  }

  @Test
  void withoutTheirEnvironmentTheRecordedRunsOfPeersAreTaken(@TempDir Path out) throws IOException {
    RecordedRuns runs = RecordedRuns.none();
    for (String problem : List.of("branin", "cond")) {
      RunTask task =
          new RunTask(Problems.named(problem), new RecordedPeer("fake", "fake 1.0"), 0, 12);
      runs.add(task, task.toRun(1, new double[12]));
    }
    runs.write(out.resolve("recorded"));
    assertThat(
            execute(
                out,
                "--peers",
                "fake",
                "--python",
                out.resolve("absent").toString(),
                "--recorded",
                out.resolve("recorded").toString(),
                "--seeds-of",
                "fake=1"))
        .isZero();
    assertThat(Files.readString(out.resolve("report.md")))
        .contains("fake 1.0; recorded in an earlier run: fake")
        .contains("hpo4j-random | hpo4j-tpe | fake");
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
            "--cache",
            out.resolve("cache").toString(),
            "--out",
            out.toString());
    List<String> arguments = Stream.concat(common, Stream.of(more)).toList();
    return new CommandLine(new ConvergenceCommand())
        .setOut(new PrintWriter(console, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments.toArray(String[]::new));
  }
}

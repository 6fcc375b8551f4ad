package org.hpo4j.examples.unet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnetStudyTest {

  @Test
  void aSecondStartDoesOnlyWhatIsLeft(@TempDir Path folder) throws IOException {
    Run first = run("--profile", "smoke", "--trials", "2", "--out", folder.toString());
    assertThat(first.code).as(first.err).isZero();
    assertThat(finishedTrials(folder)).isEqualTo(2);
    assertThat(first.out).contains("seed 4: test loss");
    for (String file :
        List.of(
            "journal.log",
            "trials.csv",
            "summary.txt",
            "channels.png",
            "tiles.png",
            "results.md",
            "results.json")) {
      assertThat(folder.resolve(file)).isNotEmptyFile();
    }
    String results = Files.readString(folder.resolve("results.json"));

    Run second = run("--profile", "smoke", "--trials", "2", "--out", folder.toString());
    assertThat(second.code).as(second.err).isZero();
    assertThat(finishedTrials(folder)).isEqualTo(2);
    assertThat(second.out).doesNotContain("seed 4: test loss");
    assertThat(folder.resolve("results.json")).content().isEqualTo(results);

    Run third = run("--profile", "smoke", "--trials", "3", "--out", folder.toString());
    assertThat(third.code).as(third.err).isZero();
    assertThat(finishedTrials(folder)).isEqualTo(3);

    Run other = run("--profile", "smoke", "--steps", "5", "--out", folder.toString());
    assertThat(other.code).isEqualTo(2);
    assertThat(other.err.lines()).hasSize(1);
    assertThat(other.err).contains(folder.toString(), "steps=3", "steps=5", "--out");
  }

  private static long finishedTrials(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("trials.csv")).size() - 1L;
  }

  @Test
  void badArgumentsGiveOneLineAndCodeTwo(@TempDir Path folder) {
    assertRefused(List.of("--profile", "tiny"), "--profile", "tiny", "cpu");
    assertRefused(List.of("--trials", "0"), "trials is 0, must be at least 1");
    assertRefused(List.of("--trials", "many"), "--trials", "many");
    assertRefused(List.of("--tile", "50"), "tile is 50, must be a multiple of 16");
    assertRefused(List.of("--learning-rate", "-1"), "learning rate is -1.0");
    assertRefused(List.of("--parallelism", "0"), "parallelism is 0, must be at least 1");
    assertRefused(List.of("--colour"), "--colour");
    assertRefused(
        List.of("--data", folder.resolve("nowhere").toString(), "--out", folder.toString()),
        "nowhere",
        "is not a folder");
  }

  private static void assertRefused(List<String> arguments, String... words) {
    Run run = run(arguments.toArray(String[]::new));
    assertThat(run.code).as("exit code of %s", arguments).isEqualTo(2);
    assertThat(run.err.lines()).as("lines of %s", run.err).hasSize(1);
    assertThat(run.err).contains(words);
  }

  private record Run(int code, String out, String err) {}

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = UnetStudy.execute(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Run(code, out.toString(), err.toString());
  }
}

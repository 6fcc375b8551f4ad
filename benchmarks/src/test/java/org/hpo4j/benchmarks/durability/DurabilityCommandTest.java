package org.hpo4j.benchmarks.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hpo4j.json.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command in its smallest form, without Optuna: that it works, not what it measures. */
class DurabilityCommandTest {

  private static Path out = Path.of("");

  @BeforeAll
  static void run(@TempDir Path folder) {
    out = folder;
    StringWriter errors = new StringWriter();
    int status =
        new CommandLine(new DurabilityCommand())
            .setOut(new PrintWriter(new StringWriter(), true))
            .setErr(new PrintWriter(errors, true))
            .execute(
                "--rounds=2",
                "--seconds=0.2",
                "--warm-up=0.1",
                "--processes=2",
                "--workers=2",
                "--opened=50",
                "--parts=JOURNAL,PROCESSES,SQLITE,POSTGRESQL,OPENING",
                "--python=" + out.resolve("absent"),
                "--disk=" + out.resolve("disk"),
                "--out=" + out);
    assertThat(status).as(errors.toString()).isZero();
  }

  private static Map<?, ?> json() throws IOException {
    return (Map<?, ?>) Json.parse(Files.readString(out.resolve("durability.json"))).orElseThrow();
  }

  @Test
  void eachContenderHasARateForEachRound() throws IOException {
    assertThat((Map<?, ?>) json().get("trials a second by round"))
        .hasSize(8)
        .allSatisfy(
            // On a busy machine a turn of 0.2 s may end before a trial has.
            (name, rounds) -> assertThat((List<?>) rounds).hasSize(2));
  }

  @Test
  void eachStorageIsOpened() throws IOException {
    assertThat((Map<?, ?>) json().get("seconds to open, in a new process and warm")).hasSize(3);
  }

  @Test
  void theReportTellsTheTargetsThatNeedNoPeer() throws IOException {
    assertThat((List<?>) json().get("targets")).hasSize(6);
    assertThat(Files.readString(out.resolve("report.md")))
        .contains("Optuna not measured: no " + out.resolve("absent"))
        .contains("| PostgreSQL, 2 workers / one worker |")
        .contains("| journal whose snapshot was deleted |");
  }

  @Test
  void nothingIsLeftOnTheDisk() throws IOException {
    try (Stream<Path> left = Files.list(out.resolve("disk"))) {
      assertThat(left).isEmpty();
    }
  }
}

package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegretFilesTest {

  private final RegretTable table = TestRuns.table(TestRuns.of("a", 1, 2, 3, 4, 1e-17));

  @Test
  void everyRunHasALineForEachCheckpoint(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("runs.csv");
    RegretFiles.writeRuns(file, table, new TreeSet<>(List.of(1)));
    assertThat(Files.readAllLines(file))
        .hasSize(6)
        .startsWith(RegretFiles.RUNS, "branin,a,0,1,1.0")
        .endsWith("branin,a,4,1,1.0E-17");
  }

  @Test
  void theSummaryHasTheQuartilesOfTypeEight(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("summary.csv");
    RegretFiles.writeSummary(file, table, new TreeSet<>(List.of(1)));
    assertThat(Files.readAllLines(file))
        .containsExactly(
            RegretFiles.SUMMARY, "branin,a,1,5,0.6666666666666667,2.0,3.333333333333333");
  }
}

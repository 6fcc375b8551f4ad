package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hpo4j.benchmarks.problems.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedRunsTest {

  private static final double[] CURVE = {3, 0.125, 0.125, 0.5, 1e-17};

  @Test
  void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
    RunTask task = task("branin", "1.0", 7, 5);
    recorded(folder, task);
    Run run = RecordedRuns.in(folder).read(task).orElseThrow();
    assertThat(run.regrets()).containsExactly(CURVE);
    assertThat(run.seconds()).isEqualTo(2.5);
  }

  @Test
  void anotherVersionProblemSeedOrLengthIsAnotherRun(@TempDir Path folder) throws IOException {
    recorded(folder, task("branin", "1.0", 7, 5));
    RecordedRuns runs = RecordedRuns.in(folder);
    for (RunTask other :
        List.of(
            task("branin", "1.1", 7, 5),
            task("cond", "1.0", 7, 5),
            task("branin", "1.0", 8, 5),
            task("branin", "1.0", 7, 4))) {
      assertThat(runs.read(other)).isEmpty();
    }
  }

  @Test
  void aRunOfAnotherVersionReplacesThoseOfTheOld(@TempDir Path folder) throws IOException {
    RunTask old = task("branin", "1.0", 7, 5);
    recorded(folder, old);
    recorded(folder, task("branin", "1.1", 8, 5));
    RecordedRuns runs = RecordedRuns.in(folder);
    assertThat(runs.version("fake")).contains("1.1");
    assertThat(runs.read(old)).isEmpty();
  }

  @Test
  void aBrokenLineIsNamed(@TempDir Path folder) throws IOException {
    recorded(folder, task("branin", "1.0", 7, 5));
    Path file = folder.resolve("fake.csv");
    Files.writeString(file, Files.readString(file) + "branin,0,x\n");
    assertThatThrownBy(() -> RecordedRuns.in(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("branin,0,x");
  }

  /** Otherwise they would be made anew, hours of them, without a word. */
  @Test
  void theRunsThatComeWithTheProjectAreOfItsProblemsAsTheyAre() throws IOException {
    Map<String, String> fingerprints = new HashMap<>();
    Problems.all().forEach(p -> fingerprints.put(p.name(), RunCache.digest(p.fingerprint())));
    int checked = 0;
    try (Stream<Path> files = Files.list(Path.of("recorded"))) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          String[] fields = line.split(",", -1);
          if (fingerprints.containsKey(fields[0])) {
            assertThat(fields[1]).describedAs(line).isEqualTo(fingerprints.get(fields[0]));
            checked++;
          }
        }
      }
    }
    assertThat(checked).isPositive();
  }

  private static void recorded(Path folder, RunTask task) throws IOException {
    RecordedRuns runs = RecordedRuns.in(folder);
    runs.add(task, task.toRun(2.5, CURVE));
    runs.write(folder);
  }

  private static RunTask task(String problem, String version, long seed, int trials) {
    RecordedPeer peer = new RecordedPeer("fake", version);
    return new RunTask(Problems.named(problem), peer, seed, trials);
  }
}

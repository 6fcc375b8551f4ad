package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.benchmarks.problems.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCacheTest {

  private static final double[] CURVE = {3, 0.1, 1e-17};

  private record Fake(String name, String version) implements Contender {
    @Override
    public double[] run(Problem problem, long seed, int trials) {
      return CURVE.clone();
    }
  }

  @Test
  void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
    RunCache cache = new RunCache(folder);
    RunTask task = task("branin", "1.0", 7, 3);
    cache.write(task, task.toRun(2.5, CURVE));
    Run run = cache.read(task).orElseThrow();
    assertThat(run.regrets()).containsExactly(CURVE);
    assertThat(run.seconds()).isEqualTo(2.5);
  }

  @Test
  void anotherVersionProblemSeedOrLengthIsAnotherRun(@TempDir Path folder) throws IOException {
    RunCache cache = new RunCache(folder);
    RunTask task = task("branin", "1.0", 7, 3);
    cache.write(task, task.toRun(2.5, CURVE));
    for (RunTask other :
        List.of(
            task("branin", "1.1", 7, 3),
            task("cond", "1.0", 7, 3),
            task("branin", "1.0", 8, 3),
            task("branin", "1.0", 7, 4))) {
      assertThat(cache.read(other)).isEmpty();
    }
  }

  @Test
  void aBrokenFileIsNamed(@TempDir Path folder) throws IOException {
    RunCache cache = new RunCache(folder);
    RunTask task = task("branin", "1.0", 7, 3);
    cache.write(task, task.toRun(2.5, CURVE));
    Path file;
    try (Stream<Path> files = Files.walk(folder)) {
      file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> cache.read(task))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  private static RunTask task(String problem, String version, long seed, int trials) {
    return new RunTask(Problems.named(problem), new Fake("fake", version), seed, trials);
  }
}

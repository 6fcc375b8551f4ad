package org.hpo4j.benchmarks.lcbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.space.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Needs the surrogate: the folder that the environment variable HPO4J_LCBENCH names. */
class LcBenchTest {

  private static Optional<LcBench> surrogate = Optional.empty();

  @BeforeAll
  static void open() throws IOException {
    Optional<Path> folder = LcBench.folder();
    assumeTrue(folder.isPresent(), "no " + LcBench.VARIABLE + ": the surrogate is not there");
    surrogate = Optional.of(LcBench.open(folder.orElseThrow()));
  }

  @AfterAll
  static void close() {
    surrogate.ifPresent(LcBench::close);
  }

  /** Computed by onnxruntime for Python; the file is part of the surrogate's folder. */
  @Test
  void thePredictionsAreThoseOfTheReference() throws IOException {
    Path file = LcBench.folder().orElseThrow().resolve("reference_predictions.csv");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSizeGreaterThan(10);
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      float[] inputs = new float[LcBench.INPUTS];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = Float.parseFloat(fields[2 + i]);
      }
      int epoch = (int) Float.parseFloat(fields[1]);
      double[] errors =
          surrogate.orElseThrow().errors(Integer.parseInt(fields[0]), inputs, epoch, epoch);
      // Single precision, and another order of additions.
      assertThat(errors[0]).isEqualTo(100 - Double.parseDouble(fields[10]), within(1e-2));
    }
  }

  @Test
  void aCurveHasAnErrorForEachEpoch() {
    for (LcBenchTask task : LcBenchTask.all(surrogate.orElseThrow())) {
      Problem problem = task.problem();
      Configuration defaults = problem.space().defaults();
      double[] curve = task.errors(defaults, 1, LcBench.EPOCHS);
      assertThat(curve).hasSize(LcBench.EPOCHS);
      assertThat(curve[LcBench.EPOCHS - 1])
          .as("the problem's value is the end of the curve")
          .isEqualTo(problem.value(defaults), within(1e-4));
      assertThat(task.errors(defaults, 10, 12)[1]).isEqualTo(curve[10], within(1e-4));
    }
  }

  @Test
  void anUnknownTaskIsAnsweredWithTheKnownOnes() {
    LcBench open = surrogate.orElseThrow();
    assertThatThrownBy(() -> open.code("1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no task '1'")
        .hasMessageContaining("3945");
  }
}

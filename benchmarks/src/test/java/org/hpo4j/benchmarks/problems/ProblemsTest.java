package org.hpo4j.benchmarks.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hpo4j.json.Json;
import org.hpo4j.math.KeyedRandom;
import org.hpo4j.space.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {

  /** Values of the functions as computed with Python's doubles; the Python peers read them too. */
  private static Map<?, ?> checkValues() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(ProblemsTest.class.getResourceAsStream("/check-values.json"))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return (Map<?, ?>) Json.parse(text).orElseThrow();
    }
  }

  private static Stream<Map<?, ?>> rows(String table) throws IOException {
    return ((List<?>) field(checkValues(), table)).stream().map(row -> (Map<?, ?>) row);
  }

  private static Object field(Map<?, ?> row, String name) {
    return Objects.requireNonNull(row.get(name), name);
  }

  static Stream<Map<?, ?>> values() throws IOException {
    return rows("values");
  }

  static Stream<Map<?, ?>> noise() throws IOException {
    return rows("noise");
  }

  /** Those that have reference points. */
  static List<Problem> classic() {
    return Problems.of(ProblemSet.CLASSIC);
  }

  static List<Problem> problems() {
    return Problems.all();
  }

  @ParameterizedTest
  @MethodSource("values")
  @SuppressWarnings("unchecked") // keys of a JSON object are strings
  void theFunctionsHaveTheirReferenceValues(Map<?, ?> row) {
    Problem problem = Problems.named((String) field(row, "problem"));
    Configuration at = problem.space().configurationOf((Map<String, ?>) field(row, "at"));
    double expected = (Double) field(row, "value");
    // At the minimum of levy8 and ackley10 only rounding is left.
    double tolerance = Math.max(1e-12 * Math.abs(expected), 1e-14);
    assertThat(problem.value(at)).isEqualTo(expected, offset(tolerance));
  }

  @ParameterizedTest
  @MethodSource("noise")
  void theNoiseHasItsReferenceValues(Map<?, ?> row) {
    double expected = (Double) field(row, "value");
    long seed = (Long) field(row, "seed");
    int trial = Math.toIntExact((Long) field(row, "trial"));
    assertThat(KeyedNoise.gaussian(seed, trial)).isEqualTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void noValueIsBelowTheMinimum(Problem problem) {
    assertThat(IntStream.range(0, 2_000).mapToObj(n -> draw(problem, n)))
        .allMatch(configuration -> problem.regret(configuration) >= 0);
  }

  @ParameterizedTest
  @MethodSource("classic")
  void everyReferencePointsValueIsAtLeastTheMinimum(Problem problem) throws IOException {
    assertThat(values().filter(row -> problem.name().equals(field(row, "problem"))))
        .isNotEmpty()
        .allMatch(row -> (Double) field(row, "value") >= problem.minimum() - 1e-12);
  }

  @Test
  void noiseDependsOnRunAndTrialButNotOnThePoint() {
    Problem problem = Problems.named("noisyint");
    Configuration near = problem.space().configurationOf(Map.of("filters", 57));
    Configuration far = problem.space().configurationOf(Map.of("filters", 3));
    double noise = problem.observed(near, 4, 7) - problem.value(near);
    assertThat(problem.observed(far, 4, 7) - problem.value(far)).isEqualTo(noise, within(1e-15));
    assertThat(problem.observed(near, 4, 8)).isNotEqualTo(problem.observed(near, 4, 7));
    assertThat(problem.observed(near, 5, 7)).isNotEqualTo(problem.observed(near, 4, 7));
  }

  @Test
  void aProblemWithoutNoiseIsObservedAsItIs() {
    Problem problem = Problems.named("branin");
    Configuration at = draw(problem, 0);
    assertThat(problem.observed(at, 1, 2)).isEqualTo(problem.value(at));
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Problems.named("brainin"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("brainin")
        .hasMessageContaining("branin");
  }

  private static Configuration draw(Problem problem, int number) {
    var random = KeyedRandom.of(20, number, problem.name());
    return problem.space().walk(parameter -> parameter.domain().fromUnit(random.nextDouble()));
  }
}

package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.benchmarks.problems.ProblemSet;
import org.junit.jupiter.api.Test;

class CatalogTest {

  @Test
  void developmentHasNothingThatIsHeldOut() throws IOException {
    assertThat(select("development"))
        .extracting(Problem::set)
        .contains(ProblemSet.CLASSIC, ProblemSet.BBOB, ProblemSet.SPACES)
        .doesNotContain(ProblemSet.HELD_OUT);
  }

  @Test
  void aProblemNamedTwiceIsTakenOnce() throws IOException {
    assertThat(select("branin", "classic"))
        .hasSize(8)
        .extracting(Problem::name)
        .startsWith("branin");
  }

  @Test
  void withoutItsSurrogateLcBenchIsLeftOutInWords() throws IOException {
    try (Catalog catalog = Catalog.open(Optional.empty())) {
      assertThat(catalog.select(List.of("lcbench-3945"))).isEmpty();
      assertThat(catalog.missing(List.of("lcbench-3945")).orElseThrow())
          .contains("left out", "--lcbench", "HPO4J_LCBENCH");
      assertThat(catalog.missing(List.of("classic"))).isEmpty();
    }
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> select("brainin"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no problem 'brainin'");
  }

  private static List<Problem> select(String... names) throws IOException {
    try (Catalog catalog = Catalog.open(Optional.empty())) {
      return catalog.select(List.of(names));
    }
  }
}

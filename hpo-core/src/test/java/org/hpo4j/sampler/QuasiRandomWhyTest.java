package org.hpo4j.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.uniform;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hpo4j.space.Constraint;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

/** Quasi-random search says where its values are no point of the sequence. */
class QuasiRandomWhyTest {

  private static final Parameter<Double> X = uniform("x", 0, 1);

  private static Suggestion.Values suggest(int trial, Optional<SearchSpace> space) {
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
    return (Suggestion.Values)
        QuasiRandomSampler.ofDefaults()
            .suggest(TrialHistory.of(table), new SamplerContext(3, trial, space));
  }

  @Test
  void whereTheConstraintsRefuseThePointTheDrawIsCalledRandom() {
    SearchSpace free = SearchSpace.of(X, uniform("y", 0, 1));
    SearchSpace half = free.where(Constraint.that("low", values -> values.get(X) < 0.5, X));
    for (int trial = 0; trial < 20; trial++) {
      Suggestion.Values point = suggest(trial, Optional.of(free));
      Suggestion.Values got = suggest(trial, Optional.of(half));
      if (half.satisfies(point.configuration())) {
        assertThat(got).isEqualTo(point);
      } else {
        assertThat(got.why().reason()).isEqualTo("a random draw");
        assertThat(got.why().fallback())
            .contains("the constraints refused the point of the Sobol sequence");
      }
    }
  }

  @Test
  void parametersBeyondTheSequenceAreSaidToBeRandom() {
    assertThat(suggest(5, Optional.of(space(1000))).why().fallback()).isEmpty();
    assertThat(suggest(5, Optional.of(space(1001))).why().fallback())
        .contains("independent draws of the parameters after the first 1000");
  }

  private static SearchSpace space(int dimensions) {
    return SearchSpace.of(
        IntStream.range(0, dimensions)
            .mapToObj(i -> uniform("x" + i, 0, 1))
            .toArray(Parameter<?>[]::new));
  }

  @Test
  void withoutAKnownParameterThereIsNoPoint() {
    assertThat(suggest(0, Optional.empty()).why().reason()).isEqualTo("no parameter is known yet");
  }
}

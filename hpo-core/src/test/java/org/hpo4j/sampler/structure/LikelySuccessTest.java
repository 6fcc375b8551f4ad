package org.hpo4j.sampler.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hpo4j.space.Parameters.integer;

import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.KeyedRandom;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Constraint;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Explanation;
import org.junit.jupiter.api.Test;

class LikelySuccessTest {

  private static final Parameter<Integer> I = integer("i", 0, 99);
  private static final Explanation WHY = Explanation.of("test", "a draw");

  private static Configuration of(int value) {
    return Configuration.builder().put(I, value).build();
  }

  private static UniformRandomProvider random(int seed) {
    return KeyedRandom.of(seed, 0, "test");
  }

  /** Draws of 0, 1, 2, ... that are accepted with a probability by their number. */
  private static LikelySuccess draw(double... probabilities) {
    return LikelySuccess.draw(
        of(0),
        k -> k < probabilities.length ? Optional.of(of(k)) : Optional.empty(),
        c -> Math.log(probabilities[c.get(I)]),
        random(1));
  }

  @Test
  void aDrawThatIsSureToSucceedIsTaken() {
    LikelySuccess first = draw(1, 1);
    assertThat(first.configuration()).isEqualTo(of(0));
    assertThat(first.explained(WHY)).isEqualTo(WHY);
  }

  @Test
  void oneThatIsSureToFailIsReplacedAndThatIsSaid() {
    LikelySuccess third = draw(0, 0, 1);
    assertThat(third.configuration()).isEqualTo(of(2));
    assertThat(third.explained(WHY).reason()).isEqualTo("a draw, after 2 that were likely to fail");
  }

  @Test
  void ifAllAreRefusedTheLikeliestIsTaken() {
    double[] unlikely = {1e-9, 3e-9, 5e-9, 1e-9, 4e-9, 2e-9, 1e-9, 1e-9, 1};
    LikelySuccess likeliest = draw(unlikely);
    assertThat(likeliest.configuration()).isEqualTo(of(2));
    assertThat(likeliest.refused()).isEqualTo(LikelySuccess.MOST_DRAWS - 1);
  }

  @Test
  void ifThereAreNoFurtherDrawsTheLikeliestIsTaken() {
    assertThat(draw(1e-9, 2e-9).configuration()).isEqualTo(of(1));
  }

  /** Uniform draws, accepted with 0.4 and 0.8: they are taken in proportion to that, 1 to 2. */
  @Test
  void theLawIsThatOfTheDrawsTimesTheProbability() {
    int high = 0;
    for (int seed = 0; seed < 3000; seed++) {
      UniformRandomProvider draws = KeyedRandom.of(seed, 0, "draws");
      LikelySuccess taken =
          LikelySuccess.draw(
              of(draws.nextInt(2)),
              k -> Optional.of(of(draws.nextInt(2))),
              c -> Math.log(c.get(I) == 0 ? 0.4 : 0.8),
              random(seed));
      high += taken.configuration().get(I);
    }
    // Four standard deviations.
    assertThat(high / 3000.0).isCloseTo(2.0 / 3, within(0.035));
  }

  @Test
  void independentDrawsSatisfyTheConstraints() {
    SearchSpace rare = SearchSpace.of(I).where(Constraint.that("rare", c -> c.get(I) < 20, I));
    for (int seed = 0; seed < 20; seed++) {
      assertThat(LikelySuccess.independent(rare, random(seed)).orElseThrow().get(I)).isLessThan(20);
    }
    SearchSpace never = SearchSpace.of(I).where(Constraint.that("never", c -> false, I));
    assertThat(LikelySuccess.independent(never, random(0))).isEmpty();
  }
}

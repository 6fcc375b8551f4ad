package org.hpo4j.sampler.hyperband;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.hpo4j.sampler.GridSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.space.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AshaSamplerTest {

  private static final Sampler ASHA = AshaSampler.builder(27).reductionFactor(3).build();

  @Test
  void theRungsAreThoseOfTheBracketWithMost() {
    Simulation simulation = new Simulation(ASHA, 1, 1, 0, 0);
    simulation.run(300);
    Set<Integer> resources = new TreeSet<>();
    for (int trial = 0; trial < 300; trial++) {
      resources.add(simulation.table.fidelity(trial).orElseThrow().resource());
    }
    assertThat(resources).containsExactly(1, 3, 9, 27);
  }

  /** Sequentially, a third of each rung goes on as soon as there is a third. */
  @Test
  void promotesAsSoonAsATrialIsAmongTheBest() {
    Simulation simulation = new Simulation(ASHA, 2, 1, 0, 0);
    simulation.run(5);
    assertThat(simulation.rung(0, 0)).containsExactly(0, 1, 2, 4);
    assertThat(simulation.rung(0, 1)).containsExactly(3);
    assertThat(simulation.parents(0, 1)).containsExactly(bestOfThree(simulation));
  }

  private static int bestOfThree(Simulation simulation) {
    return IntStream.range(0, 3)
        .boxed()
        .min((a, b) -> Double.compare(simulation.table.value(a, 0), simulation.table.value(b, 0)))
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 0.3", "6, 0", "6, 0.3", "30, 0.1"})
  void neverWaitsAndPromotesEachTrialOnce(int workers, double badShare) {
    Simulation simulation = new Simulation(ASHA, 3, workers, badShare, 0.1);
    simulation.run(400);
    for (int round = 1; round < 4; round++) {
      List<Integer> parents = simulation.parents(0, round);
      assertThat(parents).doesNotHaveDuplicates().isSubsetOf(simulation.ranked(0, round - 1));
      // A trial promoted hastily may fall out of the best third later: hence at most.
      assertThat(simulation.rung(0, round)).hasSizeLessThan(simulation.rung(0, round - 1).size());
      assertThat(parents).isNotEmpty();
    }
  }

  @Test
  void endsWithTheListThatItGoesAround() {
    List<Configuration> points =
        IntStream.range(0, 9)
            .mapToObj(i -> Configuration.builder().set(Simulation.X, i / 9.0).build())
            .toList();
    Sampler sampler =
        AshaSampler.builder(9).reductionFactor(3).around(GridSampler.of(points)).build();
    Simulation simulation = new Simulation(sampler, 1, 4, 0, 0);
    simulation.run(Integer.MAX_VALUE);
    assertThat(simulation.rung(0, 0)).hasSize(9);
    assertThat(simulation.rung(0, 1)).hasSizeGreaterThanOrEqualTo(3);
    assertThat(simulation.rung(0, 2)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "5, 0.2"})
  void everyParentWasResumableUntilItsChildEnded(int workers, double badShare) {
    HyperbandSamplerTest.assertParentsResumable(ASHA, workers, badShare, 1);
  }

  @Test
  void describesItself() {
    assertThat(AshaSampler.of(20).describe())
        .isEqualTo("asha(random(), minResource=1, maxResource=20, reductionFactor=4)");
  }
}

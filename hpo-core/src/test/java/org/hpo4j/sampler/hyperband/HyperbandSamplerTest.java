package org.hpo4j.sampler.hyperband;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hpo4j.fidelity.Bracket;
import org.hpo4j.sampler.GridSampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HyperbandSamplerTest {

  /** Whether synchronous, how many workers, the share of bad trials, the seed. */
  static Stream<Arguments> runs() {
    List<Arguments> runs = new ArrayList<>();
    for (boolean synchronous : new boolean[] {false, true}) {
      for (int workers : new int[] {1, 2, 5, 40}) {
        for (double badShare : new double[] {0, 0.15, 0.45}) {
          for (long seed = 0; seed < 5; seed++) {
            runs.add(Arguments.of(synchronous, workers, badShare, seed));
          }
        }
      }
    }
    return runs.stream();
  }

  private static HyperbandSampler.Builder twenty() {
    return HyperbandSampler.builder(20);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void runsTheWholeScheduleAndNeverBlocks(
      boolean synchronous, int workers, double badShare, long seed) {
    HyperbandSampler sampler = twenty().iterations(2).synchronous(synchronous).build();
    Simulation simulation = new Simulation(sampler, seed, workers, badShare, 0.1);
    simulation.run(Integer.MAX_VALUE);
    for (int number = 0; number < 6; number++) {
      Bracket bracket = sampler.schedule().bracket(number);
      assertThat(simulation.rung(number, 0)).hasSize(bracket.rung(0).size());
      for (int round = 1; round < bracket.roundCount(); round++) {
        List<Integer> best = simulation.ranked(number, round - 1);
        List<Integer> parents = simulation.parents(number, round);
        assertThat(parents).hasSize(Math.min(bracket.rung(round).size(), best.size()));
        assertThat(parents).containsExactlyInAnyOrderElementsOf(best.subList(0, parents.size()));
      }
    }
    assertThat(simulation.rung(6, 0)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aPromotedTrialContinuesItsParent(
      boolean synchronous, int workers, double badShare, long seed) {
    HyperbandSampler sampler = twenty().iterations(1).synchronous(synchronous).build();
    Simulation simulation = new Simulation(sampler, seed, workers, badShare, 0.1);
    simulation.run(Integer.MAX_VALUE);
    for (int trial = 0; trial < simulation.table.size(); trial++) {
      Optional<Fidelity> fidelity = simulation.table.fidelity(trial);
      if (fidelity.isPresent() && fidelity.get().parent().isPresent()) {
        int parent = fidelity.get().parent().getAsInt();
        assertThat(simulation.table.configuration(trial))
            .isEqualTo(simulation.table.configuration(parent));
        Fidelity before = simulation.table.fidelity(parent).orElseThrow();
        assertThat(fidelity.get().initialResource()).isEqualTo(before.resource());
        assertThat(fidelity.get().bracket()).isEqualTo(before.bracket());
        assertThat(fidelity.get().round()).isEqualTo(before.round() + 1);
      }
    }
  }

  @Test
  void promotesBeforeARungIsOverAndOpensFurtherBracketsMeanwhile() {
    Simulation simulation = new Simulation(twenty().iterations(1).build(), 1, 12, 0, 0);
    simulation.run(25);
    List<Integer> firstRung = simulation.rung(0, 0);
    // One more than the eight that are dropped have ended: the best of them is promoted.
    assertThat(simulation.rung(0, 1).get(0)).isLessThan(12 + 12);
    assertThat(simulation.rung(1, 0).get(0)).isEqualTo(firstRung.get(11) + 1);
  }

  @Test
  void synchronouslyABracketFollowsTheOther() {
    Simulation simulation =
        new Simulation(twenty().iterations(1).synchronous(true).build(), 1, 5, 0, 0);
    simulation.run(Integer.MAX_VALUE);
    assertThat(simulation.rung(0, 1)).allMatch(t -> t > last(simulation.rung(0, 0)));
    assertThat(simulation.rung(0, 2)).allMatch(t -> t > last(simulation.rung(0, 1)));
    assertThat(simulation.rung(1, 0)).allMatch(t -> t > last(simulation.rung(0, 2)));
  }

  private static int last(List<Integer> trials) {
    return trials.get(trials.size() - 1);
  }

  @Test
  void synchronouslyItWaitsForARung() {
    HyperbandSampler sampler = twenty().synchronous(true).build();
    Simulation simulation = new Simulation(sampler, 1, 12, 0, 0);
    IntStream.range(0, 12).forEach(unused -> startOne(sampler, simulation.table));
    assertThat(suggest(sampler, simulation.table)).isInstanceOf(Suggestion.Idle.class);
  }

  private static Suggestion suggest(HyperbandSampler sampler, TrialTable table) {
    return sampler.suggest(
        TrialHistory.of(table), new SamplerContext(1, table.size(), Optional.of(Simulation.SPACE)));
  }

  private static void startOne(HyperbandSampler sampler, TrialTable table) {
    Suggestion.Values values = (Suggestion.Values) suggest(sampler, table);
    int trial = table.add();
    table.setSystemAttribute(
        trial, Fidelity.ATTRIBUTE, values.fidelity().orElseThrow().toAttribute());
  }

  @Test
  void withoutALimitBracketsFollowOneAnother() {
    Simulation simulation = new Simulation(twenty().build(), 3, 4, 0.1, 0);
    simulation.run(200);
    assertThat(simulation.rung(9, 0)).isNotEmpty();
  }

  /** A list of new configurations may come to its end; what has begun is still promoted. */
  @ParameterizedTest
  @MethodSource("runs")
  void endsWithTheListThatItGoesAround(
      boolean synchronous, int workers, double badShare, long seed) {
    List<Configuration> points =
        IntStream.range(0, 8)
            .mapToObj(i -> Configuration.builder().set(Simulation.X, i / 8.0).build())
            .toList();
    HyperbandSampler sampler =
        twenty().around(GridSampler.of(points)).synchronous(synchronous).build();
    Simulation simulation = new Simulation(sampler, seed, workers, badShare, 0);
    simulation.run(Integer.MAX_VALUE);
    assertThat(simulation.rung(0, 0).stream().map(simulation.table::configuration))
        .containsExactlyInAnyOrderElementsOf(points);
    assertThat(simulation.rung(0, 1)).hasSize(Math.min(4, simulation.ranked(0, 0).size()));
  }

  @Test
  void infeasibleTrialsArePromotedLast() {
    Simulation simulation = new Simulation(twenty().iterations(1).build(), 5, 1, 0, 0);
    simulation.run(12);
    TrialTable table = simulation.table;
    int best = simulation.ranked(0, 0).get(0);
    for (int trial = 0; trial < 12; trial++) {
      table.setSystemAttribute(trial, TrialTable.CONSTRAINTS, List.of(trial == best ? 0.5 : -0.5));
    }
    Suggestion.Values next = (Suggestion.Values) suggest(twenty().build(), table);
    assertThat(next.fidelity().orElseThrow().parent()).hasValue(simulation.ranked(0, 0).get(1));
  }

  @Test
  void saysWhy() {
    Simulation simulation = new Simulation(twenty().build(), 5, 1, 0, 0);
    simulation.run(12);
    int best = simulation.ranked(0, 0).get(0);
    Suggestion.Values next = (Suggestion.Values) suggest(twenty().build(), simulation.table);
    assertThat(next.why().toString())
        .isEqualTo(
            "promotion: trial "
                + best
                + " goes on to round 1 of bracket 0, value "
                + simulation.table.value(best, 0));
  }

  @Test
  void describesItself() {
    assertThat(twenty().around(TpeSampler.ofDefaults()).iterations(2).synchronous(true).build())
        .extracting(HyperbandSampler::describe)
        .asString()
        .startsWith("hyperband(tpe(")
        .endsWith(", minResource=1, maxResource=20, reductionFactor=3, iterations=2, synchronous)");
    assertThat(HyperbandSampler.of(20).describe())
        .isEqualTo(
            "hyperband(random(), minResource=1, maxResource=20, reductionFactor=3,"
                + " iterations=unlimited)");
  }

  @Test
  void refusesSettingsThatMeanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> twenty().iterations(0))
        .withMessage("iterations must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> twenty().modelTrials(0))
        .withMessage("modelTrials must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> twenty().minResource(21).build())
        .withMessageStartingWith("maxResource must be from minResource");
  }

  @Test
  void needsOneObjective() {
    TrialTable two = new TrialTable(List.of(Direction.MINIMIZE, Direction.MINIMIZE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> suggest(HyperbandSampler.of(20), two))
        .withMessageContaining("needs one objective; the study has 2");
  }

  // ---- Checkpoints ----

  /** Whatever happens later, a parent was resumable whenever one looked before. */
  @ParameterizedTest
  @MethodSource("runs")
  void everyParentWasResumableUntilItsChildEnded(
      boolean synchronous, int workers, double badShare, long seed) {
    HyperbandSampler sampler = twenty().iterations(2).synchronous(synchronous).build();
    assertParentsResumable(sampler, workers, badShare, seed);
  }

  static void assertParentsResumable(
      org.hpo4j.sampler.Sampler sampler, int workers, double badShare, long seed) {
    java.util.BitSet gone = new java.util.BitSet();
    org.hpo4j.sampler.Sampler watched =
        new WatchedSampler(
            sampler,
            (history, suggestion) -> {
              if (suggestion instanceof Suggestion.Values values) {
                values
                    .fidelity()
                    .ifPresent(f -> f.parent().ifPresent(p -> assertThat(gone.get(p)).isFalse()));
              }
              java.util.BitSet resumable = sampler.resumable(history);
              for (int trial = 0; trial < history.size(); trial++) {
                if (history.state(trial).isFinished() && !resumable.get(trial)) {
                  gone.set(trial);
                }
              }
            });
    Simulation simulation = new Simulation(watched, seed, workers, badShare, 0.1);
    simulation.run(150);
    assertThat(gone.cardinality()).isGreaterThan(20);
  }
}

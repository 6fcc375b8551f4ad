package org.hpo4j.sampler.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.uniform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParzenMixtureTest {

  private static final List<Parameter<?>> PARAMETERS =
      List.of(
          uniform("x", 0, 1),
          uniform("y", -5, 5),
          uniform("z", 0, 9),
          integer("n", 0, 20),
          choice("c", "a", "b", "c"));

  /** A mixture of equal weights over all trials. */
  private static ParzenMixture fitted(TrialTable table) {
    ParzenMixture mixture = mixture(table);
    mixture.fit(IntStream.range(0, table.size()).toArray(), table.size(), 1, 0);
    return mixture;
  }

  private static ParzenMixture mixture(TrialTable table) {
    List<Kernels> kernels = new ArrayList<>();
    for (Parameter<?> parameter : PARAMETERS) {
      Column column = new Column(parameter.name(), parameter.domain());
      column.read(TrialHistory.of(table));
      kernels.add(
          parameter.domain().isNominal()
              ? new NominalKernels(column, 1)
              : parameter.domain().isContinuous()
                  ? new ContinuousKernels(column, new Bandwidth(0.4))
                  : new CellKernels(column, new Bandwidth(0.4)));
    }
    return new ParzenMixture(kernels);
  }

  private static TrialTable randomTrials(int trials, SplittableRandom random) {
    TrialTable table = Histories.table();
    SearchSpace space = SearchSpace.of(PARAMETERS.toArray(Parameter<?>[]::new));
    for (int i = 0; i < trials; i++) {
      Histories.complete(table, Histories.random(space, random), 0);
    }
    return table;
  }

  /** Candidates near some of the observations. */
  private static double[][] candidates(ParzenMixture mixture, int count, SplittableRandom random) {
    double[][] candidates = new double[count][PARAMETERS.size()];
    for (double[] candidate : candidates) {
      int kernel = mixture.kernel(random.nextDouble());
      for (int j = 0; j < candidate.length; j++) {
        candidate[j] = mixture.sample(j, kernel, random.nextDouble());
      }
    }
    return candidates;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 128, 129, 1000, 10_000})
  void theBestIsTheOneThatAllSumsInFullWouldGive(int trials) {
    SplittableRandom random = new SplittableRandom(trials);
    ParzenMixture mixture = fitted(randomTrials(trials, random));
    int count = 24;
    for (int repetition = 0; repetition < 100; repetition++) {
      double[] scores = random.doubles(count, -2, 2).toArray();
      double[][] candidates = candidates(mixture, count, random);
      double[] densities = new double[count];
      mixture.logDensity(candidates, count, densities);
      double[] differences = new double[count];
      Arrays.setAll(differences, c -> scores[c] - densities[c]);
      int expected = 0;
      for (int c = 1; c < count; c++) {
        expected = differences[c] > differences[expected] ? c : expected;
      }
      int best = mixture.best(candidates, count, scores);
      assertThat(best).isEqualTo(expected);
      assertThat(scores[best]).isCloseTo(differences[expected], within(1e-12));
    }
  }

  /** From fit to fit an observation comes last, or is taken away, or put between the others. */
  @Test
  void whatWasFittedBeforeMakesNoDifference() {
    SplittableRandom random = new SplittableRandom(3);
    TrialTable table = randomTrials(500, random);
    ParzenMixture used = mixture(table);
    BitSet counting = new BitSet();
    for (int trial = 0; trial < table.size(); ) {
      int earlier = random.nextInt(trial + 1);
      switch (random.nextInt(8)) {
        case 0 -> counting.clear(earlier);
        case 1 -> counting.set(earlier);
        default -> counting.set(trial++);
      }
      int[] trials = counting.stream().toArray();
      used.fit(trials, trials.length, 1, table.size());
      ParzenMixture fresh = mixture(table);
      fresh.fit(trials, trials.length, 1, 0);
      double[][] candidates = candidates(fresh, 3, new SplittableRandom(trial));
      double[][] same = candidates(used, 3, new SplittableRandom(trial));
      assertThat(same).isDeepEqualTo(candidates);
      double[] densities = new double[3];
      fresh.logDensity(candidates, 3, densities);
      double[] sameDensities = new double[3];
      used.logDensity(candidates, 3, sameDensities);
      assertThat(sameDensities).isEqualTo(densities);
    }
  }

  @Test
  void valuesThatHaveChangedAreReadAnew() {
    SplittableRandom random = new SplittableRandom(4);
    TrialTable table = randomTrials(200, random);
    int running = table.add();
    int[] trials = IntStream.range(0, table.size()).toArray();
    Parameter<?> x = PARAMETERS.get(0);
    Column column = new Column(x.name(), x.domain());
    ParzenMixture mixture =
        new ParzenMixture(List.of(new ContinuousKernels(column, new Bandwidth(0.4))));
    double[][] candidates = {{0.123}};
    double[] before = new double[1];
    double[] after = new double[1];
    table.setJoint(running, Configuration.builder().put(x, 0.9).build());
    mixture.fit(trials, trials.length, 1, column.read(TrialHistory.of(table)));
    mixture.logDensity(candidates, 1, before);
    table.setJoint(running, Configuration.builder().put(x, 0.123).build());
    mixture.fit(trials, trials.length, 1, column.read(TrialHistory.of(table)));
    mixture.logDensity(candidates, 1, after);
    assertThat(after[0]).isGreaterThan(before[0]);
  }
}

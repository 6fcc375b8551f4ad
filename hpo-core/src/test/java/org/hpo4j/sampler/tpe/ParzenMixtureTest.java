package org.hpo4j.sampler.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.uniform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
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

  /** A mixture of equal weights over random trials, and candidates near some of them. */
  private static ParzenMixture fitted(TrialTable table) {
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
    ParzenMixture mixture = new ParzenMixture(kernels);
    mixture.fit(IntStream.range(0, table.size()).toArray(), table.size(), 1);
    return mixture;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 128, 129, 1000})
  void theBestIsTheOneThatAllSumsInFullWouldGive(int trials) {
    SplittableRandom random = new SplittableRandom(trials);
    TrialTable table = Histories.table();
    SearchSpace space = SearchSpace.of(PARAMETERS.toArray(Parameter<?>[]::new));
    for (int i = 0; i < trials; i++) {
      Histories.complete(table, Histories.random(space, random), 0);
    }
    ParzenMixture mixture = fitted(table);
    int count = 24;
    for (int repetition = 0; repetition < 200; repetition++) {
      double[][] candidates = new double[count][PARAMETERS.size()];
      double[] scores = random.doubles(count, -2, 2).toArray();
      for (double[] candidate : candidates) {
        int kernel = mixture.kernel(random.nextDouble());
        for (int j = 0; j < candidate.length; j++) {
          candidate[j] = mixture.sample(j, kernel, random.nextDouble());
        }
      }
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
}

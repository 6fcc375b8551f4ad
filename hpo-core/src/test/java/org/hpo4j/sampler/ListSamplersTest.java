package org.hpo4j.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import java.util.List;
import java.util.Map;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Constraint;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.junit.jupiter.api.Test;

/** Grid, run definitions and quasi-random points. */
class ListSamplersTest {

  private static final Parameter<Integer> UNITS = integer("units", 128, 512, 128);
  private static final Parameter<Double> DROPOUT = uniform("dropout", 0, 1);

  @Test
  void runsComeInInsertionOrderLastParameterFastest() {
    assertThat(RunBuilder.runs(UNITS.values(512, 256), DROPOUT.values(0.4, 0.5)))
        .map(Configuration::toMap)
        .containsExactly(
            Map.of("units", 512, "dropout", 0.4),
            Map.of("units", 512, "dropout", 0.5),
            Map.of("units", 256, "dropout", 0.4),
            Map.of("units", 256, "dropout", 0.5));
  }

  @Test
  void runsRefuseAParameterGivenTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunBuilder.runs(UNITS.values(256), UNITS.values(512)))
        .withMessageContaining("'units'");
  }

  @Test
  void gridOfRunsTriesEachOnceInDefineByRunStyleToo() {
    List<Configuration> runs = RunBuilder.runs(UNITS.values(512, 256), DROPOUT.values(0.4, 0.5));
    Study study =
        Study.named("grid").minimize("loss").sampler(GridSampler.of(runs)).seed(1).create();
    study.optimize(
        trial -> trial.integer("units", 128, 512, 128) * trial.uniform("dropout", 0, 1),
        RunOptions.unlimited());
    assertThat(study.trials()).map(FrozenTrial::configuration).isEqualTo(runs);
  }

  @Test
  void gridOfASpaceFollowsBranchesAndConstraints() {
    Parameter<Integer> depth = integer("depth", 1, 3);
    Parameter<Integer> width = integer("width", 1, 2);
    SearchSpace space =
        SearchSpace.of(oneOf("model", when("line"), when("forest", depth)), width)
            .where(Constraint.atMost(width, depth));
    assertThat(GridSampler.of(space).points())
        .map(Configuration::toString)
        .containsExactly(
            "{model=line, width=1}",
            "{model=line, width=2}",
            "{model=forest, depth=1, width=1}",
            "{model=forest, depth=2, width=1}",
            "{model=forest, depth=2, width=2}",
            "{model=forest, depth=3, width=1}",
            "{model=forest, depth=3, width=2}");
  }

  @Test
  void gridNamesAParameterThatCannotBeEnumerated() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GridSampler.of(SearchSpace.of(UNITS, DROPOUT)))
        .withMessageContaining("'dropout'")
        .withMessageContaining("RunBuilder");
  }

  @Test
  void gridPassesOverWhatWasEnqueued() {
    Parameter<String> color = choice("color", "red", "green", "blue");
    Study study =
        Study.named("grid")
            .minimize("loss")
            .space(SearchSpace.of(color))
            .sampler(GridSampler.of(SearchSpace.of(color)))
            .seed(1)
            .create();
    study.enqueue(Map.of("color", "green"));
    study.optimize(trial -> 0, RunOptions.unlimited());
    assertThat(study.trials())
        .map(trial -> trial.get(color))
        .containsExactly("green", "red", "blue");
  }

  @Test
  void gridIsTheSameAtAnyNumberOfThreads() {
    List<Configuration> runs = RunBuilder.runs(UNITS.values(128, 256, 384, 512));
    for (int threads : new int[] {1, 4}) {
      Study study =
          Study.named("grid").minimize("loss").sampler(GridSampler.of(runs)).seed(1).create();
      study.optimize(
          trial -> trial.integer("units", 128, 512, 128),
          RunOptions.unlimited().withParallelism(threads).ordered(4));
      assertThat(study.trials()).map(FrozenTrial::configuration).isEqualTo(runs);
    }
  }

  @Test
  void quasiRandomPointsFillEveryCellOfANet() {
    // 256 points of a (t, 2)-sequence in base 2: the first two Sobol dimensions have t = 0, so each
    // of the 16 x 16 cells holds exactly one point.
    Parameter<Double> x = uniform("x", 0, 1);
    Parameter<Double> y = uniform("y", 0, 1);
    Study study =
        Study.named("sobol")
            .minimize("loss")
            .space(SearchSpace.of(x, y))
            .sampler(QuasiRandomSampler.ofDefaults())
            .seed(5)
            .create();
    study.optimize(trial -> 0, RunOptions.trials(256));
    assertThat(study.trials())
        .map(t -> 16 * (int) Math.floor(t.get(x) * 16) + (int) Math.floor(t.get(y) * 16))
        .doesNotHaveDuplicates();
  }

  @Test
  void quasiRandomPointsDependOnTheSeed() {
    assertThat(firstQuasiRandomValue(1)).isNotEqualTo(firstQuasiRandomValue(2));
  }

  private static double firstQuasiRandomValue(long seed) {
    Parameter<Double> x = uniform("x", 0, 1);
    Study study =
        Study.named("sobol")
            .minimize("loss")
            .space(SearchSpace.of(x))
            .sampler(QuasiRandomSampler.ofDefaults())
            .seed(seed)
            .create();
    study.optimize(trial -> 0, RunOptions.trials(1));
    return study.trial(0).get(x);
  }
}

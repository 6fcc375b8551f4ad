package org.hpo4j.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Constraint;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialPrunedException;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void whatAGridKeepsFromAskToAskChangesNoAnswer() {
    Parameter<Integer> depth = integer("depth", 1, 40);
    SearchSpace space = SearchSpace.of(oneOf("model", when("line"), when("forest", depth)), UNITS);
    GridSampler kept = GridSampler.of(space);
    Random random = new Random(5);
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
    List<Integer> running = new ArrayList<>();
    for (int number = 0; number < 200; number++) {
      // An ordered view of less, now and then, as that of a trial which runs again.
      int visible = random.nextInt(8) == 0 ? random.nextInt(number + 1) : number;
      TrialHistory view = TrialHistory.ordered(table, number, visible);
      SamplerContext context = new SamplerContext(1, number, Optional.of(space));
      Suggestion suggestion = kept.suggest(view, context);
      assertThat(suggestion).isEqualTo(GridSampler.of(space).suggest(view, context));
      // Sometimes one that another has tried, or that comes later.
      List<Configuration> points = kept.points();
      Configuration next =
          suggestion instanceof Suggestion.Values values && random.nextInt(4) > 0
              ? values.configuration()
              : points.get(random.nextInt(points.size()));
      table.add();
      table.setState(number, TrialState.RUNNING, Optional.empty());
      table.setJoint(number, next);
      for (int i = 0; i < next.size(); i++) {
        table.set(number, next.parameters().get(i), next.code(i));
      }
      running.add(number);
      if (running.size() > 5) {
        int ended = running.remove(random.nextInt(running.size()));
        table.finish(ended, Outcome.completed(0), Optional.empty());
      }
    }
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

  /** Asks for the dropout only with enough units, and is pruned before that at 256 units. */
  private static double asksNowAndThen(HyperParameters trial) {
    int units = trial.integer("units", 128, 512, 128);
    if (units == 256) {
      throw new TrialPrunedException("before it asks for the dropout");
    }
    return units < 384 ? units : units + trial.uniform("dropout", 0, 1);
  }

  private static List<Configuration> manyRuns() {
    List<Double> dropouts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      dropouts.add(i / 400.0);
    }
    return RunBuilder.runs(
        UNITS.values(128, 256, 384, 512), DROPOUT.values(dropouts.toArray(Double[]::new)));
  }

  private static List<String> asAsked(List<Configuration> runs) {
    return runs.stream()
        .map(run -> run.get(UNITS) < 384 ? "{units=" + run.get(UNITS) + "}" : run.toString())
        .toList();
  }

  private static List<String> tried(Study study) {
    return study.trials().stream().map(trial -> trial.configuration().toString()).toList();
  }

  @Test
  void gridTriesEachOnceWhateverTheObjectiveAsksFor() {
    List<Configuration> runs = manyRuns();
    Study study =
        Study.named("grid").minimize("loss").sampler(GridSampler.of(runs)).seed(1).create();
    study.optimize(ListSamplersTest::asksNowAndThen, RunOptions.unlimited());
    assertThat(tried(study)).isEqualTo(asAsked(runs));
  }

  @Test
  void gridGoesOnWhereAJournalEndsAtAnyNumberOfThreads(@TempDir Path folder) {
    List<Configuration> runs = manyRuns();
    for (int threads : new int[] {1, 4}) {
      Path journal = folder.resolve("journal" + threads);
      int size = 0;
      // The last run finds nothing left.
      for (RunOptions options :
          List.of(RunOptions.trials(1500), RunOptions.unlimited(), RunOptions.unlimited())) {
        try (Storage storage = JournalStorage.open(journal)) {
          Study study =
              Study.named("grid")
                  .minimize("loss")
                  .sampler(GridSampler.of(runs))
                  .seed(1)
                  .storage(storage)
                  .createOrResume();
          study.optimize(
              ListSamplersTest::asksNowAndThen, options.withParallelism(threads).ordered(4));
          assertThat(tried(study)).isEqualTo(asAsked(runs).subList(0, study.trials().size()));
          size = study.trials().size();
        }
      }
      assertThat(size).isEqualTo(runs.size());
    }
  }

  @Test
  void gridDoesNotRepeatATrialThatFailedBeforeItAsked() {
    List<Configuration> runs = RunBuilder.runs(UNITS.values(128, 256, 384));
    Study study =
        Study.named("grid").minimize("loss").sampler(GridSampler.of(runs)).seed(1).create();
    study.optimize(
        trial -> {
          if (trial.number() == 1) {
            throw new TrialFailedException(FailureReason.EXCEPTION, "no data");
          }
          return trial.integer("units", 128, 512, 128);
        },
        RunOptions.unlimited());
    assertThat(tried(study)).containsExactly("{units=128}", "{}", "{units=384}");
  }

  @Test
  void gridFindsValuesOfAnotherDomain() {
    Parameter<Integer> wider = integer("units", 0, 1024, 128);
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
    int number = table.add();
    table.set(number, wider, wider.encode(256));
    table.finish(number, Outcome.completed(0), Optional.empty());
    GridSampler grid = GridSampler.of(RunBuilder.runs(UNITS.values(256, 512)));
    Suggestion next =
        grid.suggest(TrialHistory.of(table), new SamplerContext(1, 1, Optional.empty()));
    assertThat(((Suggestion.Values) next).configuration()).isEqualTo(grid.points().get(1));
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

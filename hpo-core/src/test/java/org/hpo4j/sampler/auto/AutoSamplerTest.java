package org.hpo4j.sampler.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.OneOf;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoSamplerTest {

  private static final Parameter<Double> X = Parameters.uniform("x", 0, 1);
  private static final AutoSampler AUTO = AutoSampler.ofDefaults();

  private static TrialTable trials(int count, Direction... directions) {
    TrialTable table = new TrialTable(List.of(directions));
    for (int i = 0; i < count; i++) {
      table.add();
      table.setState(i, TrialState.RUNNING, Optional.empty());
      table.set(i, X, (i % 97) / 97.0);
      table.finish(i, Outcome.completed(i % 97), Optional.empty());
    }
    return table;
  }

  private static Suggestion.Values suggest(
      TrialTable table, SearchSpace space, Optional<String> choice) {
    return suggest(table, space, OptionalInt.empty(), choice);
  }

  private static Suggestion.Values suggest(
      TrialTable table, SearchSpace space, OptionalInt budget, Optional<String> choice) {
    SamplerContext context =
        new SamplerContext(1, table.size(), Optional.of(space)).with(budget, choice);
    return (Suggestion.Values) AUTO.suggest(TrialHistory.of(table), context);
  }

  /** The choice after so many trials of a run of so many, with what was kept before. */
  private static String choice(int trials, int budget, String... kept) {
    return suggest(
            trials(trials, Direction.MINIMIZE),
            SearchSpace.of(X),
            OptionalInt.of(budget),
            Arrays.stream(kept).findFirst())
        .choice()
        .orElseThrow();
  }

  private static String choice(TrialTable table, SearchSpace space) {
    return suggest(table, space, Optional.empty()).choice().orElseThrow();
  }

  @Test
  void aShortStudyGetsAGaussianProcess() {
    assertThat(choice(trials(20, Direction.MINIMIZE), SearchSpace.of(X))).startsWith("gp: ");
  }

  @Test
  void aLongStudyWithChoicesOrBranchesGetsTpe() {
    TrialTable table = trials(AutoSampler.MOST_GP_TRIALS, Direction.MINIMIZE);
    assertThat(choice(table, SearchSpace.of(X, Parameters.bool("deep"))))
        .startsWith("tpe: after 500 trials");
    OneOf branches = Parameters.oneOf("b", Parameters.when("a", X), Parameters.when("c"));
    assertThat(choice(table, SearchSpace.of(branches))).startsWith("tpe: after 500 trials");
  }

  @Test
  void aLongStudyOfOrderedParametersGetsCmaEs() {
    TrialTable table = trials(AutoSampler.MOST_GP_TRIALS, Direction.MINIMIZE);
    SearchSpace space = SearchSpace.of(X, Parameters.fixed("optimizer", "adam"));
    assertThat(choice(table, space)).startsWith("cma-es: after 500 trials");
    SamplerContext defineByRun = new SamplerContext(1, table.size(), Optional.empty());
    assertThat(((Suggestion.Values) AUTO.suggest(TrialHistory.of(table), defineByRun)).choice())
        .hasValueSatisfying(text -> assertThat(text).startsWith("cma-es: after 500 trials"));
  }

  @Test
  void severalObjectivesGetTpe() {
    assertThat(choice(trials(0, Direction.MINIMIZE, Direction.MAXIMIZE), SearchSpace.of(X)))
        .startsWith("tpe: the study has several objectives");
  }

  @Test
  void manyParametersGetTpe() {
    Parameter<?>[] many =
        IntStream.rangeClosed(0, AutoSampler.MOST_GP_PARAMETERS)
            .mapToObj(i -> Parameters.uniform("p" + i, 0, 1))
            .toArray(Parameter<?>[]::new);
    TrialTable empty = new TrialTable(List.of(Direction.MINIMIZE));
    assertThat(choice(empty, SearchSpace.of(many))).startsWith("tpe: with 61 parameters");
  }

  @Test
  void staysWithTheKeptChoice() {
    String kept = "tpe: after 500 trials a Gaussian process costs too much";
    Suggestion.Values values =
        suggest(trials(20, Direction.MINIMIZE), SearchSpace.of(X), Optional.of(kept));
    assertThat(values.choice()).contains(kept);
    assertThat(values.why().sampler()).isEqualTo("tpe");
  }

  @Test
  void explainsItselfByTheSamplerThatItPicked() {
    Suggestion.Values values =
        suggest(trials(20, Direction.MINIMIZE), SearchSpace.of(X), Optional.empty());
    assertThat(values.why().sampler()).isEqualTo("gp");
    assertThat(values.configuration()).isNotEqualTo(Configuration.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 50, 100})
  void aRunOfAHundredTrialsKeepsTheGaussianProcess(int trials) {
    assertThat(choice(trials, 100)).isEqualTo("gp: a Gaussian process needs the fewest trials");
  }

  @Test
  void aRunOfThousandsChangesEarlier() {
    assertThat(choice(199, 5000)).startsWith("gp: ");
    assertThat(choice(200, 5000))
        .isEqualTo(
            "cma-es: of 5000 trials a Gaussian process is worth the first 200; all is ordered"
                + " (since trial 200)");
    assertThat(choice(499, AutoSampler.MANY_TRIALS)).startsWith("gp: ");
  }

  @Test
  void aTinyRunHasFewStartupTrials() {
    assertThat(choice(0, AutoSampler.FEW_TRIALS))
        .isEqualTo(
            "gp(startupTrials=4): a Gaussian process needs the fewest trials; of 20 it starts"
                + " with 4");
    assertThat(choice(0, AutoSampler.FEW_TRIALS + 1)).startsWith("gp: ");
    Suggestion.Values fifth =
        suggest(
            trials(5, Direction.MINIMIZE), SearchSpace.of(X), OptionalInt.of(10), Optional.empty());
    assertThat(fifth.why().reason()).contains("log EI");
  }

  @Test
  void runsOfATrialOrTwoSayNothingOfTheStudy() {
    assertThat(choice(1, 2)).startsWith("gp: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 100, 5000})
  void aKeptChoiceStaysWhateverALaterRunAimsAt(int budget) {
    for (String kept : List.of(choice(0, 10), choice(0, 100), choice(200, 5000))) {
      int trials = kept.startsWith("gp") ? 50 : 250;
      assertThat(choice(trials, budget, kept)).isEqualTo(kept);
    }
  }

  @Test
  void aTrialFromBeforeTheChangeThatRunsAgainIsDecidedAsBefore() {
    String kept = choice(AutoSampler.MOST_GP_TRIALS, 600);
    assertThat(kept).endsWith("(since trial 500)");
    TrialTable table = trials(510, Direction.MINIMIZE);
    SamplerContext context =
        new SamplerContext(1, 498, Optional.of(SearchSpace.of(X)))
            .with(OptionalInt.of(600), Optional.of(kept));
    TrialHistory view = TrialHistory.ordered(table, 498, 490);
    assertThat(((Suggestion.Values) AUTO.suggest(view, context)).choice().orElseThrow())
        .startsWith("gp: ");
  }

  @Test
  void theChoiceOfAnotherSamplerIsNoneOfIts() {
    assertThat(choice(50, 100, "rung: 3 (since trial x)")).startsWith("gp: ");
  }
}

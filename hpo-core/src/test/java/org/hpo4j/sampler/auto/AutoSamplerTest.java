package org.hpo4j.sampler.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

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
    SamplerContext context =
        new SamplerContext(1, table.size(), Optional.of(space)).with(OptionalInt.empty(), choice);
    return (Suggestion.Values) AUTO.suggest(TrialHistory.of(table), context);
  }

  private static String choice(TrialTable table, SearchSpace space) {
    return suggest(table, space, Optional.empty()).choice().orElseThrow();
  }

  @Test
  void aShortStudyGetsAGaussianProcess() {
    assertThat(choice(trials(20, Direction.MINIMIZE), SearchSpace.of(X))).startsWith("gp: ");
  }

  @Test
  void aLongStudyGetsTpe() {
    assertThat(choice(trials(AutoSampler.MOST_GP_TRIALS, Direction.MINIMIZE), SearchSpace.of(X)))
        .startsWith("tpe: after 500 trials");
  }

  @Test
  void severalObjectivesGetTpe() {
    assertThat(choice(trials(0, Direction.MINIMIZE, Direction.MAXIMIZE), SearchSpace.of(X)))
        .isEqualTo("tpe: the study has several objectives");
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
}

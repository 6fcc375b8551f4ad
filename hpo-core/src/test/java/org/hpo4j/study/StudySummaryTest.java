package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.bool;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.normal;
import static org.hpo4j.space.Parameters.quniform;
import static org.hpo4j.space.Parameters.uniform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;

class StudySummaryTest {

  private static final Parameter<Double> CHANNELS = quniform("channels", 3, 120, 0.8);
  private static final Parameter<Double> RATE = logUniform("rate", 1e-5, 1);
  private static final Parameter<Boolean> DROPOUT = bool("dropout");
  private static final Parameter<String> ACTIVATION = choice("activation", "relu", "elu");

  private static Configuration configuration(double channels, double rate) {
    return Configuration.builder().set(CHANNELS, channels).set(RATE, rate).build();
  }

  private static StudySummary summary(TrialFixtures trials, Direction direction) {
    return new StudySummary(trials.snapshot(direction));
  }

  @Test
  void tableShowsObjectiveCountsAndTrialsBestFirst() {
    TrialFixtures trials =
        new TrialFixtures()
            .complete(0.31234, configuration(61.6, 0.003162278))
            .complete(0.2, configuration(57.6, 0.01234567))
            .pruned(configuration(4, 0.5))
            .failed(FailureReason.TIMEOUT, "late", configuration(8, 1e-5))
            .running(configuration(16, 1e-3));

    assertThat(summary(trials, Direction.MINIMIZE).toTable())
        .startsWith(
            """
            Study 'demo': minimize loss
            5 trials: 2 complete, 1 pruned, 1 failed, 1 running

            The 2 best trials
            trial    loss  channels      rate  duration
                1  0.2000      57.6  0.01235      1.5 s
                0  0.3123      61.6  0.003162     1.5 s
            """);
  }

  @Test
  void maximizedStudiesShowTheHighestFirst() {
    TrialFixtures trials =
        new TrialFixtures()
            .complete(0.1, configuration(4, 0.1))
            .complete(0.9, configuration(8, 0.1))
            .complete(0.9, configuration(16, 0.1));

    assertThat(summary(trials, Direction.MAXIMIZE).toTable().lines().skip(5).map(String::strip))
        .element(0)
        .asString()
        .startsWith("1  0.9");
  }

  @Test
  void atMostTenTrialsAreShown() {
    TrialFixtures trials = new TrialFixtures();
    for (int i = 0; i < 25; i++) {
      trials.complete(i, configuration(4 + 0.8 * i, 0.1));
    }

    assertThat(summary(trials, Direction.MINIMIZE).toTable())
        .contains("The 10 best trials")
        .containsPattern("(?m)^ +9  +9")
        .doesNotContainPattern("(?m)^ +10  +10");
  }

  @Test
  void parametersOfOtherBranchesAreLeftBlank() {
    TrialFixtures trials =
        new TrialFixtures()
            .complete(1, Configuration.builder().set(ACTIVATION, "elu").build())
            .complete(
                2, Configuration.builder().set(ACTIVATION, "relu").set(DROPOUT, true).build());

    assertThat(summary(trials, Direction.MINIMIZE).toTable())
        .contains("elu         -           1.5 s")
        .contains("relu        true        1.5 s");
  }

  @Test
  void manyParametersAreShownInBlocksThatFitATerminal() {
    TrialFixtures trials = new TrialFixtures();
    for (int trial = 0; trial < 3; trial++) {
      Configuration.Builder builder = Configuration.builder();
      for (int i = 0; i < 14; i++) {
        builder.set(uniform("parameter_" + i, 0, 1), (trial + 1) * 0.123456 / (i + 1));
      }
      trials.complete(trial, builder.build());
    }

    String table = summary(trials, Direction.MINIMIZE).toTable();

    assertThat(table).contains("trial 0: loss 0.000 in 1.5 s\n  parameter_0 = 0.1235 ");
    assertThat(table.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void aStudyWithoutCompleteTrialsSaysSo() {
    assertThat(summary(new TrialFixtures(), Direction.MINIMIZE).toTable())
        .isEqualTo("Study 'demo': minimize loss\n0 trials\nNo trial is complete.\n");
  }

  @Test
  void hintNamesTheBoundThatTheBestTrialIsOn() {
    TrialFixtures trials = new TrialFixtures();
    for (int i = 0; i < 6; i++) {
      trials.complete(6 - i, configuration(116 + 0.8 * i, 1e-5 * (6 - i)));
    }

    assertThat(summary(trials, Direction.MINIMIZE).hints())
        .containsExactly(
            "channels: the best trial is on the upper bound 120; widen the range upwards.",
            "rate: the best trial is on the lower bound 1.000e-05; widen the range downwards.");
  }

  @Test
  void noHintWhereTheBestIsInsideOrTheDomainHasNoBounds() {
    Parameter<Double> weight = normal("weight", 0, 1);
    Parameter<Integer> two = integer("two", 1, 2);
    TrialFixtures trials = new TrialFixtures();
    for (int i = 0; i < 6; i++) {
      trials.complete(
          6 - i,
          Configuration.builder()
              .set(CHANNELS, 40 + 0.8 * i)
              .set(weight, 9.0 + i)
              .set(two, 1 + i % 2)
              .build());
    }

    assertThat(summary(trials, Direction.MINIMIZE).hints()).isEmpty();
  }

  @Test
  void hintNamesAParameterThatNeverVaried() {
    TrialFixtures trials = new TrialFixtures();
    for (int i = 0; i < 8; i++) {
      trials.complete(
          i, Configuration.builder().set(CHANNELS, 40 + 0.8 * i).set(DROPOUT, true).build());
    }

    assertThat(summary(trials, Direction.MINIMIZE).hints())
        .containsExactly(
            "dropout: always true, in all 8 trials that have it; nothing is known about its other"
                + " values.");
  }

  @Test
  void hintCountsRepeatedConfigurations() {
    TrialFixtures trials =
        new TrialFixtures()
            .complete(1, configuration(40, 0.1))
            .complete(2, configuration(40, 0.1))
            .complete(3, configuration(40.8, 0.1))
            .complete(1, configuration(40, 0.1));

    assertThat(summary(trials, Direction.MINIMIZE).hints())
        .containsExactly("2 of 4 trials repeated the configuration of an earlier one.");
  }

  @Test
  void hintTellsTheGainOverTheDefaults() {
    Configuration defaults =
        Configuration.builder()
            .put(CHANNELS, CHANNELS.defaultCode())
            .put(RATE, RATE.defaultCode())
            .build();
    TrialFixtures better =
        new TrialFixtures().complete(0.4, defaults).complete(0.3, configuration(40, 0.1));
    TrialFixtures worse =
        new TrialFixtures().complete(0.4, defaults).complete(0.5, configuration(40, 0.1));

    assertThat(summary(better, Direction.MINIMIZE).hints())
        .containsExactly("The best trial reaches 0.3000, the defaults (trial 0) 0.4000 (-25 %).");
    assertThat(summary(worse, Direction.MINIMIZE).hints())
        .containsExactly("No trial is better than the defaults (trial 0, 0.4000).");
  }

  @Test
  void hintNamesTheMostFrequentReasonOfFailures() {
    TrialFixtures trials =
        new TrialFixtures()
            .failed(FailureReason.TIMEOUT, "late", configuration(40, 0.1))
            .failed(FailureReason.OUT_OF_MEMORY, "OOM when\nallocating", configuration(41.6, 0.1))
            .failed(FailureReason.OUT_OF_MEMORY, "another", configuration(42.4, 0.1))
            .complete(1, configuration(43.2, 0.2));

    assertThat(summary(trials, Direction.MINIMIZE).hints())
        .containsExactly(
            "3 of 4 trials failed, most often (2) by lack of memory: OOM when allocating");
  }

  @Test
  void hintsAreWrappedToTheTerminal() {
    TrialFixtures trials =
        new TrialFixtures()
            .failed(FailureReason.EXCEPTION, "a word and ".repeat(40), configuration(40, 0.1));

    List<String> lines = new ArrayList<>();
    summary(trials, Direction.MINIMIZE).toTable().lines().forEach(lines::add);

    assertThat(lines).contains("Hints").allMatch(line -> line.length() <= 80);
  }

  private static FrozenTrial trained(int number, int resource, double value) {
    return new FrozenTrial(
        number,
        TrialState.COMPLETE,
        configuration(4, 0.1),
        Optional.of(Outcome.completed(value)),
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Fidelity(0, 0, 0, resource, OptionalInt.empty())),
        List.of());
  }

  @Test
  void namesTheBestOfThoseThatTrainedMostIfTheBestDidNot() {
    TrialFixtures trials =
        new TrialFixtures()
            .add(trained(0, 3, 0.2))
            .add(trained(1, 20, 0.4))
            .add(trained(2, 20, 0.3))
            .add(trained(3, 7, 0.25));

    assertThat(summary(trials, Direction.MINIMIZE).hints())
        .contains(
            "The best trial had a resource of 3; of those with 20 the best is trial 2 (0.3).");
    assertThat(summary(trials, Direction.MAXIMIZE).hints())
        .noneMatch(hint -> hint.contains("resource"));
  }
}

package org.hpo4j.sampler.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.uniform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.Training;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

/** What the Gaussian process makes of trials that a scheduler trained to different extents. */
class ResourceAxisTest {

  private static final Parameter<Double> X = uniform("x", 0, 1);
  private static final Parameter<Double> Y = uniform("y", 0, 1);
  private static final SearchSpace SPACE = SearchSpace.of(X);
  private static final int SHORT = 3;
  private static final int FULL = 27;
  private static final Sampler GP = GpSampler.ofDefaults();

  private final TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));

  /** The more training, the lower the loss, and the higher the best x: 0.3, 0.5 and 0.7. */
  private static double loss(double x, int resource) {
    double best = 0.1 + 0.2 * Math.log(resource) / Math.log(3);
    return (x - best) * (x - best) + 1.0 / resource;
  }

  private int start(double x, int resource, OptionalInt parent) {
    int trial = table.add();
    Configuration configuration = Configuration.builder().set(X, x).build();
    table.setJoint(trial, configuration);
    table.set(trial, X, configuration.code(0));
    int initial = parent.isPresent() ? SHORT : 0;
    Fidelity fidelity = new Fidelity(0, initial == 0 ? 0 : 1, initial, resource, parent);
    table.setSystemAttribute(trial, Fidelity.ATTRIBUTE, fidelity.toAttribute());
    return trial;
  }

  private int complete(double x, int resource) {
    int trial = start(x, resource, OptionalInt.empty());
    table.finish(trial, Outcome.completed(loss(x, resource)), Optional.empty());
    return trial;
  }

  private double suggest(SamplerContext context) {
    Suggestion suggestion = GP.suggest(TrialHistory.of(table), context);
    return ((Suggestion.Values) suggestion).configuration().get(X);
  }

  private double suggest(int first) {
    return suggest(
        new SamplerContext(7, table.size(), Optional.of(SPACE)).within(new Training(first, FULL)));
  }

  private void completeShortOnes(int count) {
    for (int i = 0; i < count; i++) {
      complete((i + 0.5) / count, SHORT);
    }
  }

  @Test
  void fewFullTrainingsTellWhereManyShortOnesMislead() {
    completeShortOnes(12);
    complete(0.3, 9);
    complete(0.6, 9);
    complete(0.5, FULL);
    complete(0.8, FULL);
    complete(1.0, FULL);
    assertThat(suggest(FULL)).isBetween(0.6, 0.8);
  }

  @Test
  void whatTheShortOnesSayCountsAsLongAsThereIsNothingElse() {
    completeShortOnes(12);
    complete(0.31, SHORT);
    assertThat(suggest(FULL)).isBetween(0.15, 0.5);
  }

  private boolean waits(int trial, int first) {
    Resources resources =
        new Resources(TrialHistory.of(table), Optional.of(new Training(first, FULL)));
    return new Observations(new Axes(List.of(X), true), TrialHistory.of(table), resources)
        .isWaiting(trial);
  }

  @Test
  void aConfigurationWaitsUntilItIsPromotedOrANewStartWouldTellMore() {
    int trial = complete(0.4, SHORT);
    int full = complete(0.6, FULL);
    assertThat(waits(trial, SHORT)).isTrue();
    assertThat(waits(trial, 9)).isFalse();
    assertThat(waits(full, SHORT)).isFalse();
    start(0.4, 9, OptionalInt.of(trial));
    assertThat(waits(trial, SHORT)).isFalse();
  }

  /** Short trainings tell nothing of long ones: each leaves the model as it was. */
  @Test
  void configurationsThatWaitAreNotStartedAgain() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 16; i++) {
      completeUnrelated(random.nextDouble(), random.nextDouble(), i < 12 ? SHORT : FULL);
    }
    List<Configuration> started = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      SamplerContext context =
          new SamplerContext(7, table.size(), Optional.of(SearchSpace.of(X, Y)))
              .within(new Training(SHORT, FULL));
      Suggestion suggestion = GP.suggest(TrialHistory.of(table), context);
      Configuration configuration = ((Suggestion.Values) suggestion).configuration();
      assertThat(started)
          .allMatch(
              other ->
                  Math.abs(other.get(X) - configuration.get(X)) > 0.05
                      || Math.abs(other.get(Y) - configuration.get(Y)) > 0.05);
      started.add(configuration);
      completeUnrelated(configuration.get(X), configuration.get(Y), SHORT);
    }
  }

  private void completeUnrelated(double x, double y, int resource) {
    int trial = start(x, resource, OptionalInt.empty());
    table.set(trial, Y, y);
    double loss =
        resource == SHORT
            ? 3 + Math.sin(9 * x + 2) * Math.cos(7 * y)
            : 4 * (x - 0.6) * (x - 0.6) + 4 * (y - 0.4) * (y - 0.4);
    table.finish(trial, Outcome.completed(loss), Optional.empty());
  }

  @Test
  void aRepeatIsRefusedHoweverFarItWasTrained() {
    completeShortOnes(12);
    int trial = complete(0.7, SHORT);
    SamplerContext context =
        new SamplerContext(7, table.size(), Optional.of(SPACE)).within(new Training(FULL, FULL));
    assertThat(suggest(context.withAttempt(1))).isNotEqualTo(table.code(0, trial));
  }

  @Test
  void promotedFailedAndRunningTrialsAreUnderstood() {
    completeShortOnes(12);
    int promoted = start(0.6, FULL, OptionalInt.of(7));
    table.finish(promoted, Outcome.completed(loss(0.6, FULL)), Optional.empty());
    int failed = start(0.3, FULL, OptionalInt.of(3));
    table.finish(
        failed, Outcome.failed(FailureReason.OUT_OF_MEMORY, "too large"), Optional.empty());
    start(0.4, FULL, OptionalInt.of(4));
    table.finish(start(0.9, 9, OptionalInt.empty()), Outcome.pruned(), Optional.empty());
    assertThat(suggest(SHORT)).isBetween(0.0, 1.0).isEqualTo(suggest(SHORT));
  }

  @Test
  void withoutASchedulerFidelitiesSayNothing() {
    completeShortOnes(12);
    complete(0.5, FULL);
    TrialTable plain = new TrialTable(List.of(Direction.MINIMIZE));
    for (int trial = 0; trial < table.size(); trial++) {
      int copy = plain.add();
      plain.set(copy, X, table.code(0, trial));
      plain.finish(copy, Outcome.completed(table.value(trial, 0)), Optional.empty());
    }
    SamplerContext context = new SamplerContext(7, table.size(), Optional.of(SPACE));
    assertThat(GP.suggest(TrialHistory.of(table), context))
        .isEqualTo(GP.suggest(TrialHistory.of(plain), context));
  }
}

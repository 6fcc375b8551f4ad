package org.hpo4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hpo4j.djl.optimizer.Adam;
import org.hpo4j.djl.optimizer.RmsProp;
import org.hpo4j.djl.optimizer.Sgd;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Trial;
import org.junit.jupiter.api.Test;

/** What a training does to the weights, seen by a listener. */
class TrainingTest {

  /** Keeps the weights after each epoch. */
  private static final class Weights implements EpochListener {
    final List<Map<String, ArrayData>> epochs = new ArrayList<>();
    final List<Epoch> told = new ArrayList<>();
    Map<String, ArrayData> gradients = Map.of();
    Map<String, ArrayData> atEnd = Map.of();

    @Override
    public void epochEnded(Trial trial, Epoch epoch, DjlModel model) {
      told.add(epoch);
      epochs.add(model.weights());
      gradients = model.gradients();
    }

    @Override
    public void trainingEnded(Trial trial, DjlModel model) {
      atEnd = model.weights();
    }
  }

  private static Study run(DjlObjective.Builder objective) throws IOException {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.optimize(objective.build(), RunOptions.trials(1));
    return study;
  }

  @Test
  void aListenerSeesTheWeightsOfEachEpochAndOfTheEnd() throws IOException {
    Weights weights = new Weights();
    run(Points.objective().listener(weights).epochs(3));

    assertThat(weights.told).extracting(Epoch::number).containsExactly(1, 2, 3);
    assertThat(weights.epochs.get(0).get("weight").floats())
        .isNotEqualTo(weights.epochs.get(2).get("weight").floats());
    assertThat(weights.atEnd.get("weight").floats())
        .isEqualTo(weights.epochs.get(2).get("weight").floats());
  }

  @Test
  void gradientsAreKeptWhereTheyAreAskedFor() throws IOException {
    Weights weights = new Weights();
    run(Points.objective().listener(weights).keepGradients(true).epochs(1));

    assertThat(weights.gradients).containsOnlyKeys("weight");
    assertThat(weights.gradients.get("weight").floats()).hasSize(4).isNotEqualTo(new float[4]);
  }

  @Test
  void metricsOfTheTrainingBatchesAreReportedWhereTheyAreAskedFor() throws IOException {
    Study study = run(Points.objective().trainingMetrics(true));

    assertThat(study.best().reports("training_accuracy"))
        .hasSize(4)
        .allMatch(report -> report.value() > 0 && report.value() <= 1);
  }

  @Test
  void frozenParametersStayAsTheyAreToTheLastBit() throws IOException {
    Weights weights = new Weights();
    run(
        Points.objectiveOf(
                hp -> {
                  Block base = Linear.builder().setUnits(4).build();
                  base.freezeParameters(true);
                  return new SequentialBlock()
                      .add(base)
                      .add(Linear.builder().setUnits(2).build());
                })
            .listener(weights));

    Map<String, ArrayData> first = weights.epochs.get(0);
    Map<String, ArrayData> last = weights.epochs.get(3);
    assertThat(last.get("01Linear_weight").floats())
        .isEqualTo(first.get("01Linear_weight").floats());
    assertThat(last.get("01Linear_bias").floats()).isEqualTo(first.get("01Linear_bias").floats());
    assertThat(last.get("02Linear_weight").floats())
        .isNotEqualTo(first.get("02Linear_weight").floats());
  }

  @Test
  void aFrozenBlockKeepsItsStatisticsAndDropsNothing() throws IOException {
    Weights weights = new Weights();
    run(
        Points.objectiveOf(
                hp ->
                    new SequentialBlock()
                        .add(FrozenBlock.of(Points.deep()))
                        .add(Linear.builder().setUnits(2).build()))
            .listener(weights));

    Map<String, ArrayData> first = weights.epochs.get(0);
    Map<String, ArrayData> last = weights.epochs.get(3);
    assertThat(first.keySet()).filteredOn(name -> name.startsWith("01FrozenBlock")).hasSize(8);
    first.forEach(
        (name, values) -> {
          if (name.startsWith("01FrozenBlock")) {
            assertThat(last.get(name).floats()).as(name).isEqualTo(values.floats());
          }
        });
  }

  @Test
  void everyOptimizerLearnsOnAnyThread() throws Exception {
    Map<String, Function<HyperParameters, Optimizer>> optimizers =
        Map.of(
            "adam", hp -> Adam.ofDefaults(),
            "sgd", hp -> Sgd.plain(),
            "momentum", hp -> Sgd.momentum(0.9),
            "nesterov", hp -> Sgd.nesterov(0.9),
            "rmsprop", hp -> RmsProp.ofDefaults(),
            "DJL's own", hp -> Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.05f)).build());
    List<Throwable> failures = new ArrayList<>();
    Thread thread =
        new Thread(
            () ->
                optimizers.forEach(
                    (name, optimizer) -> {
                      try {
                        Study study = run(Points.objective().optimizer(optimizer).epochs(20));
                        assertThat(study.best().value())
                            .as(name)
                            .isLessThan(0.9 * study.best().reports("").get(0).value());
                      } catch (IOException | RuntimeException | AssertionError e) {
                        failures.add(e);
                      }
                    }));
    thread.start();
    thread.join();
    assertThat(failures).isEmpty();
  }

  @Test
  void aRateThatDecaysWithTimeIsKeras() {
    LearningRate rate = LearningRate.inverseTime(0.01, 2e-5);
    assertThat(rate.at(0, 100)).isEqualTo(0.01);
    assertThat(rate.at(50_000, 100)).isEqualTo(0.005);
    assertThatThrownBy(() -> LearningRate.inverseTime(0.01, -1))
        .hasMessage("decay is -1.0, must be finite and at least 0");
  }

  @Test
  void aCosineFallsFromTheRateToNothing() {
    LearningRate rate = LearningRate.cosine(0.4);
    assertThat(rate.at(0, 10)).isEqualTo(0.4);
    assertThat(rate.at(5, 10)).isCloseTo(0.2, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(rate.at(10, 10)).isCloseTo(0, org.assertj.core.api.Assertions.within(1e-12));
  }
}

package org.hpo4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.hpo4j.djl.optimizer.Adam;
import org.hpo4j.djl.optimizer.RmsProp;
import org.hpo4j.djl.optimizer.Sgd;
import org.hpo4j.sampler.hyperband.HyperbandSampler;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private static float[] values(Map<String, ArrayData> weights, String name) {
    return Objects.requireNonNull(weights.get(name)).floats();
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
    assertThat(values(weights.epochs.get(0), "weight"))
        .isNotEqualTo(values(weights.epochs.get(2), "weight"));
    assertThat(values(weights.atEnd, "weight")).isEqualTo(values(weights.epochs.get(2), "weight"));
  }

  @Test
  void aListenerMaySetTheFirstWeights() throws IOException {
    EpochListener zeros =
        new EpochListener() {
          @Override
          public void trainingBegins(Trial trial, DjlModel model) {
            model.setWeights("weight", ArrayData.of(new float[4], 2, 2));
          }
        };
    Weights weights = new Weights();
    run(
        Points.objective()
            .listener(zeros)
            .listener(weights)
            .learningRate(LearningRate.constant(1e-30))
            .epochs(1));

    assertThat(values(weights.atEnd, "weight")).containsExactly(new float[4], within(1e-20f));
  }

  @Test
  void gradientsAreKeptWhereTheyAreAskedFor() throws IOException {
    Weights weights = new Weights();
    run(Points.objective().listener(weights).keepGradients(true).epochs(1));

    assertThat(weights.gradients).containsOnlyKeys("weight");
    assertThat(values(weights.gradients, "weight")).hasSize(4).isNotEqualTo(new float[4]);
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
                  return new SequentialBlock().add(base).add(Linear.builder().setUnits(2).build());
                })
            .listener(weights));

    Map<String, ArrayData> first = weights.epochs.get(0);
    Map<String, ArrayData> last = weights.epochs.get(3);
    assertThat(values(last, "01Linear_weight")).isEqualTo(values(first, "01Linear_weight"));
    assertThat(values(last, "01Linear_bias")).isEqualTo(values(first, "01Linear_bias"));
    assertThat(values(last, "02Linear_weight")).isNotEqualTo(values(first, "02Linear_weight"));
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
            assertThat(values(last, name)).as(name).isEqualTo(values.floats());
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
            "rmsprop", hp -> RmsProp.ofDefaults());
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

  private static DjlObjective.Builder ofDjlsOptimizer() {
    return DjlObjective.builder(hp -> Points.line())
        .loss(Loss.softmaxCrossEntropyLoss())
        .training(Points.batches(5, 1))
        .validation(Points.batches(2, 2))
        .optimizer(hp -> Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.05f)).build());
  }

  @Test
  void anOptimizerOfDjlsOwnFollowsItsTracker() throws IOException {
    Study study = run(ofDjlsOptimizer());

    assertThat(study.best().value()).isLessThan(0.9 * study.best().reports("").get(0).value());
  }

  @Test
  void aRateForAnOptimizerOfDjlsOwnIsRefused() {
    assertThatThrownBy(() -> run(ofDjlsOptimizer().learningRate(LearningRate.constant(0.1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("learningRate has no effect on ai.djl.training.optimizer.Adam");
  }

  @Test
  void aSchedulerRefusesAnOptimizerWhoseStateIsHidden(@TempDir Path folder) {
    Study study =
        Study.named("points")
            .minimize("loss")
            .seed(1)
            .sampler(HyperbandSampler.builder(9).build())
            .artifacts(folder)
            .create();
    assertThatThrownBy(
            () -> study.optimize(ofDjlsOptimizer().epochs(9).build(), RunOptions.trials(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keeps its state to itself: use one of org.hpo4j.djl.optimizer");
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
    assertThat(rate.at(5, 10)).isCloseTo(0.2, within(1e-12));
    assertThat(rate.at(10, 10)).isCloseTo(0, within(1e-12));
  }
}

package org.hpo4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.loss.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.hpo4j.pruner.Pruner;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Configuration;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlObjectiveTest {
  @Test
  void valueIsTheBestOfTheReportedEpochs() throws IOException {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.optimize(Points.objective().build(), RunOptions.trials(1));

    List<Report> reports = study.best().reports("");
    assertThat(reports).extracting(Report::step).containsExactly(1, 2, 3, 4);
    assertThat(study.best().value())
        .isEqualTo(reports.stream().mapToDouble(Report::value).min().orElseThrow())
        .isLessThan(reports.get(0).value());
  }

  @Test
  void trainingLossAndMetricsAreReportedUnderTheirNames() throws IOException {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.optimize(Points.objective().build(), RunOptions.trials(1));

    FrozenTrial trial = study.best();
    assertThat(trial.reports("training_loss")).hasSize(4);
    assertThat(trial.reports("accuracy")).hasSize(4).allMatch(r -> r.value() <= 1);
    assertThat(trial.attributes()).containsEntry("parameter_count", 4L);
    assertThat(trial.attributes()).containsKey("best_epoch");
  }

  @Test
  void aMetricCanBeTheObjective() throws IOException {
    Study study = Study.named("points").maximize("accuracy").seed(1).create();
    study.optimize(
        Points.objective().monitor("accuracy", Direction.MAXIMIZE).epochs(10).build(),
        RunOptions.trials(1));

    assertThat(study.best().value()).isBetween(0.8, 1.0);
    assertThat(study.best().reports("validation_loss")).hasSize(10);
  }

  @Test
  void aLossIsRefusedByAStudyThatMaximizes() {
    Study study = Study.named("points").maximize("accuracy").seed(1).create();

    assertThatThrownBy(() -> study.optimize(Points.objective().build(), RunOptions.trials(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "study's direction is MAXIMIZE", "validation_loss", "minimize(...)", "monitor(");
    assertThat(study.trial(0).state()).isEqualTo(TrialState.FAILED);
  }

  @Test
  void aMetricToBeMaximizedIsRefusedByAStudyThatMinimizes() {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    var objective = Points.objective().monitor("accuracy", Direction.MAXIMIZE).build();

    assertThatThrownBy(() -> study.optimize(objective, RunOptions.trials(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "study's direction is MINIMIZE", "accuracy", "direction MAXIMIZE", "maximize(...)");
  }

  @Test
  void sameSeedGivesTheSameValues() throws IOException {
    double[] values = new double[2];
    for (int i = 0; i < 2; i++) {
      Study study = Study.named("points").minimize("loss").seed(7).create();
      study.optimize(Points.objectiveOf(hp -> Points.deep()).build(), RunOptions.trials(1));
      values[i] = study.best().value();
    }
    assertThat(values[0]).isEqualTo(values[1]);
  }

  @Test
  void pruningEndsTheTraining() throws IOException {
    Study study =
        Study.named("points").minimize("loss").seed(1).pruner(new PruneAtSecondReport()).create();
    study.optimize(Points.objective().build(), RunOptions.trials(1));

    assertThat(study.trial(0).state()).isEqualTo(TrialState.PRUNED);
    assertThat(study.trial(0).reports("")).hasSize(2);
  }

  private static final class PruneAtSecondReport implements Pruner {
    @Override
    public boolean shouldPrune(TrialHistory history, int trialNumber, ReportSeries reports) {
      return reports.size() >= 2;
    }

    @Override
    public String describe() {
      return "at the second report";
    }
  }

  @Test
  void patienceEndsATrainingThatGetsNoBetter() throws IOException {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    // A rate this small leaves the loss as it is, to float precision.
    study.optimize(
        Points.objective()
            .learningRate(LearningRate.constant(1e-30))
            .epochs(20)
            .patience(3)
            .build(),
        RunOptions.trials(1));

    assertThat(study.best().reports("")).hasSize(4);
    assertThat(study.best().attributes()).containsEntry("best_epoch", 1L);
  }

  @Test
  void aLossThatIsNoNumberFailsTheTrialAndTheStudyGoesOn() throws IOException {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.enqueue(Map.of("logarithm", true));
    study.enqueue(Map.of("logarithm", false));
    study.optimize(
        Points.objectiveOf(
                hp -> {
                  SequentialBlock block = new SequentialBlock();
                  if (hp.bool("logarithm")) {
                    // Half of the coordinates are negative.
                    block.addSingleton(NDArray::log);
                  }
                  return block.add(Points.line());
                })
            .build(),
        RunOptions.trials(2));

    assertFailed(
        study.trial(0), FailureReason.NOT_A_NUMBER, "training loss is NaN in epoch 1, step 1");
    assertThat(study.trial(1).state()).isEqualTo(TrialState.COMPLETE);
  }

  @Test
  void memoryThatTheEngineCannotGetFailsTheTrialAndTheStudyGoesOn() throws IOException {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.enqueue(Map.of("side", 4_000_000));
    study.enqueue(Map.of("side", 10));
    study.optimize(
        Points.objectiveOf(
                hp -> {
                  int side = hp.integer("side", 1, 4_000_000);
                  // A square matrix of ones: 64 TB for a side of four million.
                  return new SequentialBlock()
                      .add(Points.line())
                      .addSingleton(x -> x.add(x.getManager().ones(new Shape(side, side)).mean()));
                })
            .build(),
        RunOptions.trials(2));

    assertFailed(study.trial(0), FailureReason.OUT_OF_MEMORY, "64000000000000 bytes");
    assertThat(study.trial(1).state()).isEqualTo(TrialState.COMPLETE);
  }

  @Test
  void anUnreadableBatchEndsTheStudyWithItsOwnException() {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    DjlObjective objective =
        Points.objective().training(failingAt(2, new IOException("tile.png is damaged"))).build();

    assertThatThrownBy(() -> study.optimize(objective, RunOptions.trials(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("tile.png is damaged");
    assertThat(study.trial(0).state()).isEqualTo(TrialState.FAILED);
  }

  static BatchSource failingAt(int failingBatch, IOException exception) {
    BatchSource batches = Points.batches(5, 1);
    return new BatchSource() {
      @Override
      public int batches() {
        return batches.batches();
      }

      @Override
      public Batch load(int epoch, int batch) throws IOException {
        if (batch == failingBatch) {
          throw exception;
        }
        return batches.load(epoch, batch);
      }
    };
  }

  @Test
  void weightsOfTheBestEpochAreKeptAndStartTheNextTraining(@TempDir Path folder)
      throws IOException {
    Study first =
        Study.named("points").minimize("loss").seed(1).artifacts(folder.resolve("a")).create();
    first.optimize(Points.objective().keepWeights(true).build(), RunOptions.trials(1));
    Path weights;
    try (Stream<Path> files = Files.walk(folder)) {
      weights =
          files.filter(file -> file.endsWith("weights.safetensors")).findFirst().orElseThrow();
    }

    Study second = Study.named("points").minimize("loss").seed(2).create();
    second.optimize(
        Points.objective()
            .initialWeights(weights)
            .learningRate(LearningRate.constant(1e-30))
            .epochs(1)
            .build(),
        RunOptions.trials(1));

    assertThat(second.best().value()).isEqualTo(first.best().value());
  }

  @Test
  void missingInitialWeightsAreNamed(@TempDir Path folder) {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    Path missing = folder.resolve("weights.safetensors");
    assertThatThrownBy(
            () ->
                study.optimize(
                    Points.objective().initialWeights(missing).build(), RunOptions.trials(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void twoTrialsAtATimeTakeTurns() throws IOException {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.optimize(Points.objective().build(), RunOptions.trials(6).withParallelism(2));

    assertThat(study.trials()).hasSize(6).allMatch(t -> t.state() == TrialState.COMPLETE);
  }

  /** The first trial trains two epochs, the second goes on from there to four. */
  private static final class PromoteTheFirst implements Sampler {
    @Override
    public Suggestion suggest(TrialHistory history, SamplerContext context) {
      Fidelity fidelity =
          context.trialNumber() == 0
              ? new Fidelity(0, 0, 0, 2, OptionalInt.empty())
              : new Fidelity(0, 1, 2, 4, OptionalInt.of(0));
      return Suggestion.of(Configuration.empty(), Explanation.of("test", "in two parts"))
          .withFidelity(fidelity);
    }

    @Override
    public String describe() {
      return "promote the first";
    }
  }

  private static DjlObjective.Builder exactObjective() {
    return Points.objectiveOf(hp -> Points.deep()).learningRate(LearningRate.cosine(0.05));
  }

  @Test
  void aPromotedTrialTrainsAsIfItHadNotStopped(@TempDir Path folder) throws IOException {
    Study whole = Study.named("whole").minimize("loss").seed(3).create();
    whole.optimize(exactObjective().build(), RunOptions.trials(1));
    Study parts =
        Study.named("parts")
            .minimize("loss")
            .seed(3)
            .sampler(new PromoteTheFirst())
            .artifacts(folder)
            .create();
    parts.optimize(exactObjective().build(), RunOptions.trials(2));

    List<Report> together = new ArrayList<>(parts.trial(0).reports(""));
    together.addAll(parts.trial(1).reports(""));
    assertThat(together).isEqualTo(whole.trial(0).reports(""));
    assertThat(parts.artifacts(0)).contains("training.safetensors");
    assertThat(parts.artifacts(1)).isEmpty();
  }

  @Test
  void aScheduleLongerThanTheTrainingIsRefused() {
    Study study =
        Study.named("long").minimize("loss").sampler(new PromoteTheFirst()).seed(1).create();
    assertThatThrownBy(
            () -> study.optimize(exactObjective().epochs(1).build(), RunOptions.trials(1)))
        .hasMessage(
            "the sampler lets trial 0 train for 2 epochs, the objective for 1: call epochs(2)");
  }

  @Test
  void batchesAreRequired() {
    assertThatThrownBy(() -> DjlObjective.builder(hp -> Points.line()).loss(Loss.l2Loss()).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no training batches: call training(...)");
    assertThatThrownBy(() -> Points.objective().epochs(0))
        .hasMessage("epochs is 0, must be at least 1");
  }

  private static void assertFailed(FrozenTrial trial, FailureReason reason, String message) {
    assertThat(trial.outcome().orElseThrow())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.reason()).isEqualTo(reason);
              assertThat(failed.message()).contains(message);
            });
  }
}

package org.hpo4j.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hpo4j.pruner.Pruner;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Configuration;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.tensorflow.layers.Activation;
import org.hpo4j.tensorflow.layers.Dense;
import org.hpo4j.tensorflow.layers.Dropout;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Variables;
import org.hpo4j.tensorflow.loss.ConfusionScore;
import org.hpo4j.tensorflow.loss.Score;
import org.hpo4j.tensorflow.optimizer.RmsProp;
import org.hpo4j.tensorflow.optimizer.Sgd;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class TensorFlowObjectiveTest {
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
      study.optimize(
          Points.objective().device(DeviceOptions.cpu().withThreads(1, 1)).build(),
          RunOptions.trials(1));
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
                  boolean logarithm = hp.bool("logarithm");
                  return Points.network(
                      variables -> {
                        Layer line = Points.line(variables);
                        // Half of the coordinates are negative.
                        Layer log = (tower, input) -> tower.tf().math.log(input);
                        return logarithm ? log.then(line) : line;
                      });
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
        Points.objectiveOf(hp -> Points.network(hugeLayer(hp.integer("side", 1, 4_000_000))))
            .build(),
        RunOptions.trials(2));

    assertFailed(study.trial(0), FailureReason.OUT_OF_MEMORY, "OOM");
    assertThat(study.trial(1).state()).isEqualTo(TrialState.COMPLETE);
  }

  /** Adds the mean of a square matrix of ones to the logits: 64 TB for a side of four million. */
  private static Function<Variables, Layer> hugeLayer(int side) {
    return variables -> {
      Layer line = Points.line(variables);
      return (tower, input) -> {
        Ops tf = tower.tf();
        // The side depends on the batch, so that the matrix is made when the graph runs.
        Operand<TInt32> examples = tf.shape.size(input, tf.constant(0));
        Operand<TInt32> length = tf.math.mul(tf.math.div(examples, examples), tf.constant(side));
        Operand<TFloat32> ones =
            tf.fill(
                tf.concat(List.of(length, length), tf.constant(0)),
                tf.reduceSum(tf.math.mul(input, tf.constant(0f)), tf.constant(new int[] {0, 1})));
        return tf.math.add(
            line.apply(tower, input), tf.math.mean(ones, tf.constant(new int[] {0, 1})));
      };
    };
  }

  @Test
  void anUnreadableBatchEndsTheStudyWithItsOwnException() {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    TensorFlowObjective<TInt32> objective =
        Points.objective().training(failingAt(2, new IOException("tile.png is damaged"))).build();

    assertThatThrownBy(() -> study.optimize(objective, RunOptions.trials(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("tile.png is damaged");
    assertThat(study.trial(0).state()).isEqualTo(TrialState.FAILED);
  }

  static BatchSource<TInt32> failingAt(int failingBatch, IOException exception) {
    BatchSource<TInt32> batches = Points.batches(5, 1);
    return new BatchSource<>() {
      @Override
      public int batches() {
        return batches.batches();
      }

      @Override
      public Batch<TInt32> load(int epoch, int batch) throws IOException {
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
    Path index;
    try (Stream<Path> files = Files.walk(folder)) {
      index = files.filter(file -> file.endsWith("weights.index")).findFirst().orElseThrow();
    }

    Study second = Study.named("points").minimize("loss").seed(2).create();
    second.optimize(
        Points.objective()
            .initialWeights(index.resolveSibling("weights"))
            .learningRate(LearningRate.constant(1e-30))
            .epochs(1)
            .build(),
        RunOptions.trials(1));

    assertThat(second.best().value()).isEqualTo(first.best().value());
  }

  @Test
  void missingInitialWeightsAreNamed(@TempDir Path folder) {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    Path missing = folder.resolve("weights");
    assertThatThrownBy(
            () ->
                study.optimize(
                    Points.objective().initialWeights(missing).build(), RunOptions.trials(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("weights.index");
  }

  @Test
  void twoTrainingsRunSideBySide() throws IOException {
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

  private static TensorFlowObjective.Builder<TInt32> exactObjective(Network<TInt32> network) {
    return Points.objectiveOf(hp -> network)
        .learningRate(LearningRate.cosine(0.05))
        .device(DeviceOptions.cpu().withThreads(1, 1));
  }

  static List<Named<Network<TInt32>>> networksToResume() {
    Function<Variables, Layer> dropout =
        variables ->
            Dense.of(variables, "hidden", 2, 8)
                .then(new Dropout("drop", 0.5))
                .then(Dense.of(variables, "head", 8, 2));
    return List.of(
        Named.of("Adam", Points.network(Points::line)),
        Named.of("momentum", Points.network(Points::line).withOptimizer(Sgd.nesterov(0.9))),
        Named.of("RMSprop", Points.network(Points::line).withOptimizer(RmsProp.ofDefaults())),
        Named.of("dropout", Points.network(dropout)));
  }

  @ParameterizedTest
  @MethodSource("networksToResume")
  void aPromotedTrialTrainsAsIfItHadNotStopped(Network<TInt32> network, @TempDir Path folder)
      throws IOException {
    Study whole = Study.named("whole").minimize("loss").seed(3).create();
    whole.optimize(exactObjective(network).build(), RunOptions.trials(1));
    Study parts =
        Study.named("parts")
            .minimize("loss")
            .seed(3)
            .sampler(new PromoteTheFirst())
            .artifacts(folder)
            .create();
    parts.optimize(exactObjective(network).build(), RunOptions.trials(2));

    List<Report> together = new ArrayList<>(parts.trial(0).reports(""));
    together.addAll(parts.trial(1).reports(""));
    assertThat(together).isEqualTo(whole.trial(0).reports(""));
    assertThat(parts.artifacts(0)).contains("training.index");
    assertThat(parts.artifacts(1)).isEmpty();
  }

  @Test
  void aScheduleLongerThanTheTrainingIsRefused() {
    Study study =
        Study.named("long").minimize("loss").sampler(new PromoteTheFirst()).seed(1).create();
    assertThatThrownBy(
            () ->
                study.optimize(
                    exactObjective(Points.network(Points::line)).epochs(1).build(),
                    RunOptions.trials(1)))
        .hasMessage(
            "the sampler lets trial 0 train for 2 epochs, the objective for 1: call epochs(2)");
  }

  @Test
  void aListenerSeesTheWeightsOfEachEpochAndTheTrainedModel() throws IOException {
    List<String> calls = new ArrayList<>();
    List<float[]> weights = new ArrayList<>();
    EpochListener listener =
        new EpochListener() {
          @Override
          public void trainingBegins(Trial trial, NetworkSession<?> session) {
            calls.add("begin " + trial.number());
            session.setWeights("line/weights", TensorData.of(new float[4], 2, 2));
          }

          @Override
          public void epochEnded(Trial trial, Epoch epoch, NetworkSession<?> session) {
            calls.add("epoch " + epoch.number() + " " + epoch.learningRate());
            weights.add(session.weights("line/weights").floats());
          }

          @Override
          public void trainingEnded(Trial trial, NetworkSession<?> session) {
            calls.add("end " + session.weights().keySet());
            weights.add(session.weights("line/weights").floats());
          }
        };
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.optimize(Points.objective().epochs(2).listener(listener).build(), RunOptions.trials(1));

    assertThat(calls)
        .containsExactly("begin 0", "epoch 1 0.05", "epoch 2 0.05", "end [line/weights]");
    // From zero: Adam moves a weight by no more than its rate in each of the epoch's five steps.
    for (float weight : weights.get(0)) {
      assertThat(Math.abs(weight)).isBetween(0.01f, 0.26f);
    }
    assertThat(weights.get(1)).isNotEqualTo(weights.get(0));
    assertThat(weights.get(2)).isEqualTo(weights.get(1));
  }

  @Test
  void theModelAtTheEndIsThatOfTheBestEpochWhereItIsKept(@TempDir Path folder) throws IOException {
    List<float[]> weights = new ArrayList<>();
    EpochListener listener =
        new EpochListener() {
          @Override
          public void epochEnded(Trial trial, Epoch epoch, NetworkSession<?> session) {
            weights.add(session.weights("line/weights").floats());
          }

          @Override
          public void trainingEnded(Trial trial, NetworkSession<?> session) {
            weights.add(session.weights("line/weights").floats());
          }
        };
    Study study = Study.named("points").minimize("loss").seed(1).artifacts(folder).create();
    // Below zero, steps climb the loss.
    study.optimize(
        Points.objective()
            .learningRate((step, steps) -> step < 10 ? 0.05 : -0.5)
            .keepWeights(true)
            .listener(listener)
            .build(),
        RunOptions.trials(1));

    assertThat(study.best().attributes()).containsEntry("best_epoch", 2L);
    assertThat(weights.get(4)).isEqualTo(weights.get(1)).isNotEqualTo(weights.get(3));
  }

  @Test
  void frozenVariablesKeepTheirBits() throws IOException {
    Network<TInt32> network =
        Points.network(
                variables ->
                    Dense.of(variables, "base", 2, 8)
                        .then(Activation.relu().layer(variables, "relu", 8))
                        .then(Dense.of(variables, "head", 8, 2)))
            .withFrozen(name -> name.startsWith("base"));
    List<float[]> weights = new ArrayList<>();
    EpochListener listener =
        new EpochListener() {
          private void read(NetworkSession<?> session) {
            for (String name : List.of("base/kernel", "base/bias", "head/kernel")) {
              weights.add(session.weights(name).floats());
            }
          }

          @Override
          public void trainingBegins(Trial trial, NetworkSession<?> session) {
            read(session);
          }

          @Override
          public void trainingEnded(Trial trial, NetworkSession<?> session) {
            read(session);
          }
        };
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.optimize(
        Points.objectiveOf(hp -> network).listener(listener).build(), RunOptions.trials(1));

    assertThat(weights.get(3)).isEqualTo(weights.get(0));
    assertThat(weights.get(4)).isEqualTo(weights.get(1));
    assertThat(weights.get(5)).isNotEqualTo(weights.get(2));
    assertThat(study.best().attributes()).containsEntry("parameter_count", 8L * 2 + 2);
  }

  @Test
  void countsAreSummedOverTheValidationBatches() throws IOException {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.optimize(
        Points.objectiveOf(
                hp ->
                    Points.network(Points::line)
                        .withMetric("micro", ConfusionScore.ofClasses(Score.RECALL, 2).micro()))
            .build(),
        RunOptions.trials(1));

    // The micro recall of classes that exclude each other is the accuracy.
    assertThat(study.best().reports("micro"))
        .extracting(Report::value)
        .isEqualTo(study.best().reports("accuracy").stream().map(Report::value).toList());
  }

  @Test
  void batchesAreRequired() {
    assertThatThrownBy(
            () -> TensorFlowObjective.<TInt32>builder(hp -> Points.network(Points::line)).build())
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

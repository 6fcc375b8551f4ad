package org.hpo4j.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.hyperband.HyperbandSampler;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.study.MultiObjectiveStudy;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyBuilder;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialPrunedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardListenerTest {

  private static final Parameter<Double> RATE = Parameters.logUniform("rate", 1e-4, 1);
  private static final Parameter<Integer> UNITS = Parameters.integer("units", 4, 64);
  private static final Parameter<String> KIND = Parameters.choice("kind", "tanh", "relu");

  private final Path folder;
  private final TensorBoardListener listener;

  TensorBoardListenerTest(@TempDir Path temporary) {
    this.folder = temporary.resolve("runs");
    this.listener = TensorBoardListener.of(folder);
  }

  private static StudyBuilder study() {
    return Study.named("net").minimize("loss").sampler(RandomSampler.ofDefaults()).seed(1);
  }

  private RunOptions trials(int count) {
    return RunOptions.trials(count).withListener(listener);
  }

  private static List<Double> scalars(Path run, String tag) throws IOException {
    return RunReader.values(run, tag).stream().map(RunReader.Value::scalar).toList();
  }

  private static List<Long> steps(Path run, String tag) throws IOException {
    return RunReader.values(run, tag).stream().map(RunReader.Value::step).toList();
  }

  private static UnknownFieldSet sessionStart(Path run) throws IOException {
    return RunReader.hparams(
        RunReader.values(run, Fields.SESSION_START_TAG).get(0), Fields.HPARAMS_SESSION_START);
  }

  private static long status(Path run) throws IOException {
    return RunReader.hparams(
            RunReader.values(run, Fields.SESSION_END_TAG).get(0), Fields.HPARAMS_SESSION_END)
        .getField(Fields.SESSION_END_STATUS)
        .getVarintList()
        .get(0);
  }

  // ---- Runs ----

  @Test
  void aTrialIsARunWithItsReports() throws IOException {
    study()
        .create()
        .optimize(
            trial -> {
              for (int epoch = 0; epoch < 3; epoch++) {
                trial.report(epoch, 1.0 / (1 + epoch + trial.number()));
                trial.report("accuracy", epoch, epoch);
              }
              return 0.25;
            },
            trials(2));

    assertThat(scalars(listener.folder(0), "loss")).containsExactly(1.0, 0.5, (double) (1 / 3f));
    assertThat(steps(listener.folder(1), "accuracy")).containsExactly(0L, 1L, 2L);
    assertThat(listener.folder(1)).isEqualTo(folder.resolve("trial-0001"));
  }

  @Test
  void theFinalValueAndTheWallTimeAreAtTheLastStep() throws IOException {
    study()
        .create()
        .optimize(
            trial -> {
              trial.report(7, 0.5);
              return 0.25;
            },
            trials(1));

    assertThat(scalars(listener.folder(0), "final/loss")).containsExactly(0.25);
    assertThat(steps(listener.folder(0), "final/loss")).containsExactly(7L);
    assertThat(scalars(listener.folder(0), "trial/seconds"))
        .singleElement()
        .satisfies(seconds -> assertThat(seconds).isBetween(0.0, 60.0));
  }

  @Test
  void eachOfSeveralObjectivesHasItsFinalValue() throws IOException {
    MultiObjectiveStudy.named("net")
        .minimize("loss")
        .maximize("speed")
        .create()
        .optimize(
            trial -> {
              trial.report("loss", 0, 3);
              return new double[] {1, 2};
            },
            trials(1));

    assertThat(scalars(listener.folder(0), "final/loss")).containsExactly(1.0);
    assertThat(scalars(listener.folder(0), "final/speed")).containsExactly(2.0);
    assertThat(scalars(listener.folder(0), "loss")).containsExactly(3.0);
  }

  @Test
  void theStudyAddsToATrialsRun() throws IOException {
    study()
        .create()
        .optimize(
            trial -> {
              listener.writer(trial).histogram("kernel", 0, new float[] {1, 2});
              return 0;
            },
            trials(1));

    assertThat(RunReader.tags(listener.folder(0))).contains("kernel", "final/loss");
    assertThat(RunReader.files(listener.folder(0))).hasSize(1);
  }

  @Test
  void trialsInSeveralThreadsKeepApart() throws IOException {
    study()
        .create()
        .optimize(
            trial -> {
              for (int epoch = 0; epoch < 50; epoch++) {
                trial.report(epoch, trial.number());
              }
              return trial.number();
            },
            trials(8).withParallelism(4));

    for (int number = 0; number < 8; number++) {
      assertThat(scalars(listener.folder(number), "loss")).hasSize(50).containsOnly(number + 0.0);
    }
  }

  @Test
  void aPromotedTrialGoesOnAtItsSteps(@TempDir Path artifacts) throws IOException {
    Study study =
        study()
            .sampler(HyperbandSampler.builder(9).around(RandomSampler.ofDefaults()).build())
            .artifacts(artifacts)
            .create();
    study.optimize(
        trial -> {
          double rate = trial.uniform("rate", 0, 1);
          Fidelity fidelity = trial.fidelity().orElseThrow();
          for (int epoch = fidelity.initialResource(); epoch < fidelity.resource(); epoch++) {
            trial.report(epoch, rate);
          }
          return rate;
        },
        trials(20));

    FrozenTrial promoted =
        study.trials().stream()
            .filter(t -> t.fidelity().map(Fidelity::parent).orElse(OptionalInt.empty()).isPresent())
            .findFirst()
            .orElseThrow();
    Fidelity fidelity = promoted.fidelity().orElseThrow();
    assertThat(steps(listener.folder(promoted.number()), "loss"))
        .startsWith((long) fidelity.initialResource())
        .endsWith(fidelity.resource() - 1L);
    assertThat(steps(listener.folder(fidelity.parent().getAsInt()), "loss"))
        .endsWith(fidelity.initialResource() - 1L);
  }

  // ---- The table of hyperparameters ----

  @Test
  void aTrialOfADeclaredSpaceIsInTheTableWhenItStarts() throws IOException {
    List<String> atStart = new ArrayList<>();
    study()
        .space(SearchSpace.of(RATE, UNITS))
        .create()
        .optimize(
            trial -> {
              atStart.addAll(
                  RunReader.mapKeys(
                      sessionStart(listener.folder(0)), Fields.SESSION_START_HPARAMS));
              return 0;
            },
            trials(1));

    assertThat(atStart).containsExactly("rate", "units");
  }

  @Test
  void aTrialDefinedByRunningIsInTheTableWithItsFirstReport() throws IOException {
    List<String> afterReport = new ArrayList<>();
    study()
        .create()
        .optimize(
            trial -> {
              trial.suggest(RATE);
              trial.report(0, 1);
              afterReport.addAll(
                  RunReader.mapKeys(
                      sessionStart(listener.folder(0)), Fields.SESSION_START_HPARAMS));
              return 0;
            },
            trials(1));

    assertThat(afterReport).containsExactly("rate");
  }

  @Test
  void aParameterAskedForAfterTheFirstReportIsInTheTableToo() throws IOException {
    study()
        .create()
        .optimize(
            trial -> {
              trial.suggest(RATE);
              trial.report(0, 1);
              trial.suggest(UNITS);
              return 0;
            },
            trials(1));

    // TensorBoard takes the first that it reads, and reads files by name.
    assertThat(RunReader.mapKeys(sessionStart(listener.folder(0)), Fields.SESSION_START_HPARAMS))
        .containsExactly("rate", "units");
  }

  @Test
  void theStatusTellsHowATrialEnded() throws IOException {
    study()
        .create()
        .optimize(
            trial -> {
              if (trial.number() == 1) {
                throw new TrialPrunedException("enough");
              }
              if (trial.number() == 2) {
                throw new IllegalStateException("no *way*");
              }
              return 0;
            },
            trials(3).tolerating(IllegalStateException.class));

    assertThat(status(listener.folder(0))).isEqualTo(Fields.STATUS_SUCCESS);
    assertThat(status(listener.folder(1))).isEqualTo(Fields.STATUS_UNKNOWN);
    assertThat(status(listener.folder(2))).isEqualTo(Fields.STATUS_FAILURE);
    assertThat(text(listener.folder(2), "outcome"))
        .isEqualTo(
            """
            trial 2: **FAILED**, EXCEPTION

                java.lang.IllegalStateException: no *way*
            """);
  }

  private static String text(Path run, String tag) throws IOException {
    UnknownFieldSet value = RunReader.values(run, tag).get(0).fields();
    UnknownFieldSet tensor = RunReader.message(value, Fields.VALUE_TENSOR);
    return RunReader.bytes(tensor, Fields.TENSOR_STRING_VAL).toStringUtf8();
  }

  @Test
  void theExperimentNamesParametersAndMetrics() throws IOException {
    study()
        .space(SearchSpace.of(RATE, KIND))
        .create()
        .optimize(
            trial -> {
              trial.report(0, 1);
              trial.report("accuracy", 0, 1);
              return 0;
            },
            trials(2));

    assertThat(RunReader.values(folder, Fields.EXPERIMENT_TAG)).hasSize(1);
    UnknownFieldSet experiment =
        RunReader.hparams(
            RunReader.values(folder, Fields.EXPERIMENT_TAG).get(0), Fields.HPARAMS_EXPERIMENT);
    List<String> names = new ArrayList<>();
    for (ByteString info :
        experiment.getField(Fields.EXPERIMENT_HPARAM_INFOS).getLengthDelimitedList()) {
      names.add(
          RunReader.bytes(UnknownFieldSet.parseFrom(info), Fields.HPARAM_NAME).toStringUtf8());
    }
    for (ByteString info :
        experiment.getField(Fields.EXPERIMENT_METRIC_INFOS).getLengthDelimitedList()) {
      UnknownFieldSet name = RunReader.message(UnknownFieldSet.parseFrom(info), Fields.METRIC_NAME);
      names.add(RunReader.bytes(name, Fields.METRIC_NAME_TAG).toStringUtf8());
    }
    assertThat(names)
        .containsExactlyInAnyOrder(
            "rate", "kind", "final/loss", "loss", "accuracy", "trial/seconds");
  }

  // ---- What goes wrong ----

  @Test
  void aTrialThatWasGivenBackStartsItsRunAnew() throws IOException {
    Study study = study().create();
    Trial trial = study.ask();
    listener.trialStarted(study, trial);
    listener.trialReported(study, trial, "loss", 5, 1);
    listener.close();

    TensorBoardListener resumed = TensorBoardListener.of(folder);
    resumed.trialStarted(study, trial);
    resumed.trialReported(study, trial, "loss", 0, 2);
    resumed.close();

    List<Path> files = RunReader.files(listener.folder(0));
    assertThat(files).hasSize(2);
    UnknownFieldSet second = RunReader.events(files.get(1)).get(1);
    assertThat(second.getField(Fields.EVENT_STEP).getVarintList()).containsExactly(0L);
    assertThat(
            RunReader.message(second, Fields.EVENT_SESSION_LOG)
                .getField(Fields.SESSION_LOG_STATUS)
                .getVarintList())
        .containsExactly((long) Fields.SESSION_LOG_START);
  }

  @Test
  void theFolderOfAnotherStudyIsRefused() {
    study().create().optimize(trial -> 0, trials(1));
    Study other = Study.named("other").minimize("loss").seed(2).create();

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                other.optimize(
                    trial -> 0, RunOptions.trials(1).withListener(TensorBoardListener.of(folder))))
        .withMessage(
            folder
                + " holds the runs of study net, seed 1, not of study other, seed 2; give each"
                + " study a folder of its own");
  }

  @Test
  void aStudyGoesOnWithoutItsFilesAndSaysSoOnce() throws IOException {
    Files.createFile(folder);
    Logger logger = Logger.getLogger(TensorBoardListener.class.getName());
    List<String> messages = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            messages.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    Study study = study().space(SearchSpace.of(RATE)).create();
    try {
      study.optimize(
          trial -> {
            listener.writer(trial).histogram("kernel", 0, new float[] {1});
            trial.report(0, 1);
            return 0;
          },
          trials(3));
    } finally {
      logger.removeHandler(handler);
    }

    assertThat(study.trials()).hasSize(3).allMatch(trial -> trial.outcome().isPresent());
    assertThat(messages)
        .containsExactly("the study goes on, but its runs in " + folder + " are not complete");
  }
}

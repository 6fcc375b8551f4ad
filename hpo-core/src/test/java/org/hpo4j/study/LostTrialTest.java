package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hpo4j.storage.StorageException;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialPrunedException;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that was taken for dead is told of it only where it has to be. */
class LostTrialTest {

  private final FaultyStorage storage = new FaultyStorage();
  private final Study study = Study.named("lost").minimize("loss").storage(storage).create();

  /** Runs trials until three have ended, the first of which another worker takes away meanwhile. */
  private void runAndLoseTheFirst(Objective<RuntimeException> rest, RunOptions options) {
    study.optimize(
        trial -> {
          if (trial.number() == 0) {
            storage.takeAway(0);
            return rest.evaluate(trial);
          }
          return 1;
        },
        options);
  }

  @Test
  void aRunGoesOnAfterALostTrialAndCountsItsOwn() {
    runAndLoseTheFirst(trial -> 7, RunOptions.trials(3).withListener(new StudyListener() {}));

    assertThat(study.trials())
        .extracting(FrozenTrial::state)
        .containsExactly(
            TrialState.RUNNING, TrialState.COMPLETE, TrialState.COMPLETE, TrialState.COMPLETE);
  }

  @Test
  void aStudyThatCannotBeWrittenCanBeLookedAtAndIsRecoveredLater() {
    study.ask();
    storage.lose(0);
    storage.setReadOnly(true);
    Study looked = Study.named("lost").minimize("loss").storage(storage).resume();
    assertThat(looked.trials()).extracting(FrozenTrial::state).containsExactly(TrialState.RUNNING);
    assertThatThrownBy(() -> looked.optimize(trial -> 1, RunOptions.trials(1)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("no permission");
    assertThatThrownBy(looked::ask).isInstanceOf(StorageException.class);

    storage.setReadOnly(false);
    assertThat(looked.ask().number()).isZero();
    assertThat(looked.storage().table().systemAttribute(0, Retries.ATTEMPTS)).contains(2L);
  }

  @Test
  void aStudyThatCannotBeWrittenCanBeLookedAtWithAnotherSampler() {
    study.ask();
    storage.setReadOnly(true);
    Study looked =
        Study.named("lost")
            .minimize("loss")
            .sampler(new ConstantSampler(0.5))
            .storage(storage)
            .resume();
    assertThat(looked.trials()).hasSize(1);
    Object recorded = study.storage().systemAttributes().get(RecordedSettings.SAMPLER);
    assertThat(recorded).isNotEqualTo(looked.sampler());
    assertThatThrownBy(looked::ask)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("no permission");

    storage.setReadOnly(false);
    assertThatThrownBy(looked::ask).isNotInstanceOf(StorageException.class);
    assertThat(study.storage().systemAttributes())
        .containsEntry(RecordedSettings.SAMPLER, looked.sampler());
  }

  @Test
  void aLateReportIsSilentAndNotRecorded() {
    runAndLoseTheFirst(
        trial -> {
          trial.report(0, 0.5);
          trial.report(1, 0.5);
          return 7;
        },
        RunOptions.trials(1));

    assertThat(study.trial(0).reports()).isEmpty();
    assertThat(study.trial(0).state()).isEqualTo(TrialState.RUNNING);
  }

  @Test
  void listenersAreToldNeitherOfALateReportNorOfALateEnd() {
    List<Integer> told = new ArrayList<>();
    StudyListener listener =
        new StudyListener() {
          @Override
          public void trialReported(
              BaseStudy running, Trial trial, String metric, int step, double value) {
            told.add(trial.number());
          }

          @Override
          public void trialFinished(BaseStudy running, FrozenTrial trial) {
            told.add(trial.number());
          }
        };
    runAndLoseTheFirst(
        trial -> {
          trial.report(0, 0.5);
          return 7;
        },
        RunOptions.trials(1).withListener(listener));

    assertThat(told).containsExactly(1);
  }

  @Test
  void aLostTrialIsEndedAsIfByItsPruner() {
    List<Throwable> seen = new ArrayList<>();
    runAndLoseTheFirst(
        trial -> {
          try {
            trial.reportOrPrune(0, 0.5);
          } catch (TrialPrunedException e) {
            seen.add(e);
            throw e;
          }
          return 7;
        },
        RunOptions.trials(1));

    assertThat(seen).hasSize(1);
    assertThat(study.trial(0).state()).isEqualTo(TrialState.RUNNING);
  }

  @Test
  void theExceptionOfATrialThatIsKnownToBeLostDoesNotEndTheRun() {
    runAndLoseTheFirst(
        trial -> {
          trial.report(0, 0.5);
          throw new IllegalStateException("late");
        },
        RunOptions.trials(1));

    assertThat(study.trial(1).state()).isEqualTo(TrialState.COMPLETE);
  }

  @Test
  void aLostTrialAttachesNoMoreFiles(@TempDir Path folder) throws Exception {
    Study filed = Study.named("filed").minimize("loss").storage(storage).artifacts(folder).create();
    Path file = Files.writeString(folder.resolve("file"), "late");
    Trial trial = filed.ask();
    storage.takeAway(0);
    trial.report(0, 0.5);
    trial.attach("weights", file);

    assertThat(filed.artifacts(0)).isEmpty();
  }

  /** What it does first after its process stood still may be to attach a file. */
  @Test
  void theFileOfALostTrialDoesNotReplaceThatOfTheAttemptThatCounts(@TempDir Path folder)
      throws Exception {
    Study filed = Study.named("filed").minimize("loss").storage(storage).artifacts(folder).create();
    Path file = folder.resolve("file");
    Trial trial = filed.ask();
    trial.attach("weights", Files.writeString(file, "first"));
    storage.takeAway(0);
    trial.attach("weights", Files.writeString(file, "late"));

    assertThat(filed.artifact(0, "weights").orElseThrow()).hasContent("first");
    assertThat(folder.resolve("filed/trial-0").toFile().list()).containsExactly("weights");
  }

  @Test
  void tellingALostTrialIsSilent() {
    Trial trial = study.ask();
    storage.takeAway(0);
    study.tell(trial, 7);

    assertThat(study.trial(0).outcome()).isEmpty();
    assertThatThrownBy(() -> study.tell(trial, 7))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("already ended: lost");
  }

  @Test
  void tellingThatALostTrialFailedIsSilentToo() {
    Trial trial = study.ask();
    storage.takeAway(0);
    study.tell(trial, Outcome.failed(FailureReason.TIMEOUT, "late"));

    assertThat(study.trial(0).outcome()).isEqualTo(Optional.empty());
  }
}

package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.hpo4j.storage.Storage;
import org.hpo4j.trial.Trial;
import org.junit.jupiter.api.Test;

class ConstraintsTest {

  private static Study study() {
    return Study.named("s").minimize("loss").constraints("memory", "time").create();
  }

  @Test
  void aTrialThatViolatesAConstraintIsNeverTheBest() {
    Study study = study();
    for (double memory : new double[] {-1, 2, 0}) {
      Trial trial = study.ask();
      trial.constrain("memory", memory);
      trial.constrain("time", -1);
      study.tell(trial, -memory);
    }
    assertThat(study.best().number()).isEqualTo(2);
    assertThat(study.trial(1).isFeasible()).isFalse();
    assertThat(study.trial(1).constraints()).containsExactly(2.0, -1.0);
  }

  @Test
  void aConstraintThatIsNotToldCountsAsViolated() {
    Study study = study();
    Trial trial = study.ask();
    trial.constrain("memory", -1);
    study.tell(trial, 1);
    assertThat(study.findBest()).isEmpty();
  }

  @Test
  void aTrialThatTellsNoneIsNotFeasible() {
    Study study = study();
    Trial silent = study.ask();
    study.tell(silent, 0);
    Trial trial = study.ask();
    trial.constrain("memory", -1);
    trial.constrain("time", -1);
    study.tell(trial, 1);
    assertThat(study.best().number()).isEqualTo(1);
  }

  @Test
  void aConstraintThatIsNotANumberIsViolated() {
    Study study = Study.named("s").minimize("loss").constraints("memory").create();
    Trial trial = study.ask();
    trial.constrain("memory", Double.NaN);
    study.tell(trial, 1);
    assertThat(study.trial(0).constraints()).containsExactly(Double.POSITIVE_INFINITY);
  }

  @Test
  void refusesAConstraintThatIsNotDeclared() {
    Trial trial = study().ask();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trial.constrain("latency", 0))
        .withMessageContaining("'latency'")
        .withMessageContaining("[memory, time]");
  }

  @Test
  void refusesToResumeWithOtherConstraints() {
    Storage storage = Storage.inMemory();
    Study.named("s").minimize("loss").constraints("memory").storage(storage).create();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Study.named("s").minimize("loss").storage(storage).resume())
        .withMessageContaining("constraints");
  }

  @Test
  void refusesToAddConstraintsToAStudyThatWasBegunWithoutThem() {
    Storage storage = Storage.inMemory();
    Study.named("s").minimize("loss").storage(storage).create();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Study.named("s")
                    .minimize("loss")
                    .constraints("memory")
                    .storage(storage)
                    .createOrResume())
        .withMessageContaining("constraints");
    Study.named("s").minimize("loss").storage(storage).resume();
  }

  @Test
  void refusesToImportConstraintsThatItDoesNotDeclare() {
    Study constrained = study();
    Trial trial = constrained.ask();
    trial.constrain("memory", -1);
    constrained.tell(trial, 1);
    Study plain = Study.named("plain").minimize("loss").create();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plain.importTrial(constrained.trial(0)))
        .withMessageContaining("declares the constraints []");
  }

  @Test
  void anEnqueuedTrialWithoutValuesIsNotTakenForAnInterruptedOne() {
    Study study = study();
    study.enqueue(Map.of());
    assertThat(study.ask().why().reason()).isEqualTo("enqueued values");
  }

  @Test
  void refusesNamesThatAreNotDistinct() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Study.named("s").constraints("memory", "memory"));
  }
}

package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import org.hpo4j.pruner.MedianPruner;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultiObjectiveStudyTest {

  private static MultiObjectiveStudyBuilder builder() {
    return MultiObjectiveStudy.named("trade-off")
        .minimize("loss")
        .maximize("speed")
        .sampler(RandomSampler.ofDefaults())
        .seed(1);
  }

  private static void tell(MultiObjectiveStudy study, double... values) {
    study.tell(study.ask(), values);
  }

  @Test
  void theFrontIsWhatNoOtherTrialDominates() {
    MultiObjectiveStudy study = builder().create();
    tell(study, 1, 10);
    tell(study, 2, 9);
    tell(study, 0.5, 5);
    tell(study, 0.5, 4);
    tell(study, 1, 10);
    tell(study, Double.POSITIVE_INFINITY, 11);
    assertThat(study.paretoFront().stream().map(FrozenTrial::number)).containsExactly(0, 2, 4, 5);
  }

  @Test
  void theFrontLeavesOutTrialsThatViolateAConstraint() {
    MultiObjectiveStudy study = builder().constraints("memory").create();
    for (double memory : new double[] {1, -1}) {
      Trial trial = study.ask();
      trial.constrain("memory", memory);
      study.tell(trial, -memory, 0);
    }
    assertThat(study.paretoFront().stream().map(FrozenTrial::number)).containsExactly(1);
  }

  @Test
  void aValueThatIsNotANumberFailsTheTrial() {
    MultiObjectiveStudy study = builder().create();
    tell(study, 1, Double.NaN);
    assertThat(study.trial(0).outcome().orElseThrow())
        .isEqualTo(Outcome.failed(FailureReason.NOT_A_NUMBER, "the objective 'speed' is NaN"));
  }

  @Test
  void refusesAnotherNumberOfValues() {
    MultiObjectiveStudy study = builder().create();
    Trial trial = study.ask();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> study.tell(trial, 1))
        .withMessageContaining("[loss, speed]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> study.tell(trial, Outcome.completed(1)))
        .withMessageContaining("2 objectives");
  }

  @Test
  void refusesToImportATrialWithAnotherNumberOfValues() {
    Study single = Study.named("one").minimize("loss").create();
    single.tell(single.ask(), 0.5);
    MultiObjectiveStudy study = builder().create();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> study.importTrial(single.trial(0)))
        .withMessageContaining("2 objectives");
    assertThat(study.trials()).isEmpty();
  }

  @Test
  void runsAnObjectiveWithSeveralValues(@TempDir Path folder) {
    try (Storage storage = JournalStorage.open(folder.resolve("study.log"))) {
      MultiObjectiveStudy study = builder().storage(storage).create();
      study.optimize(
          trial -> {
            double x = trial.uniform("x", 0, 1);
            trial.report("validation", 1, x);
            assertThat(trial.directions()).containsExactly(Direction.MINIMIZE, Direction.MAXIMIZE);
            return new double[] {x, -x};
          },
          RunOptions.trials(20).withParallelism(4));
      assertThat(study.paretoFront()).allMatch(t -> t.state() == TrialState.COMPLETE);
      assertThat(study.directions()).containsExactly(Direction.MINIMIZE, Direction.MAXIMIZE);
    }
    try (Storage storage = JournalStorage.open(folder.resolve("study.log"))) {
      MultiObjectiveStudy again = builder().storage(storage).resume();
      assertThat(again.trials()).hasSize(20);
      assertThat(again.paretoFront()).hasSize(1);
      assertThat(again.trial(3).values()).hasSize(2);
    }
  }

  @Test
  void exportsAndSummarizesEveryObjective() {
    MultiObjectiveStudy study = builder().create();
    tell(study, 1, 10);
    tell(study, 0.5, 5);
    tell(study, 2, 9);
    assertThat(study.summary().toTable())
        .contains("minimize loss, maximize speed")
        .contains("The Pareto front")
        .containsPattern("trial +loss +speed");
    StringBuilder csv = new StringBuilder();
    study.export().csv(csv);
    assertThat(csv.toString())
        .startsWith("number,state,values_loss,values_speed,started")
        .contains("0,COMPLETE,1.0,10.0,");
    assertThat(study.export().canonicalJson()).contains("\"values\":[1.0,10.0]");
  }

  @Test
  void reportsNeedTheNameOfAMetric() {
    Trial trial = builder().create().ask();
    assertThatIllegalStateException()
        .isThrownBy(() -> trial.report(1, 0.5))
        .withMessageContaining("report(metric, step, value)");
  }

  @Test
  void refusesAPrunerThatDoesNotSayWhatItReads() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().pruner(MedianPruner.ofDefaults()).create())
        .withMessageContaining("which metric it reads");
  }

  @Test
  void refusesASingleObjective() {
    assertThatIllegalStateException()
        .isThrownBy(() -> MultiObjectiveStudy.named("s").minimize("loss").create())
        .withMessageContaining("two objectives or more");
  }

  @Test
  void refusesTheSameObjectiveTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultiObjectiveStudy.named("s").minimize("loss").maximize("loss"));
  }

  @Test
  void aStudyWithOneObjectiveRefusesASecond() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Study.named("s").minimize("loss").maximize("speed"))
        .withMessageContaining("MultiObjectiveStudy");
  }
}

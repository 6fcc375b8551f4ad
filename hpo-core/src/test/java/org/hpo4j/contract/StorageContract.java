package org.hpo4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hpo4j.contract.TestStudies.START;
import static org.hpo4j.contract.TestStudies.X;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.x;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameters;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

/** What every storage promises. */
public abstract class StorageContract {

  /** An empty storage. */
  protected abstract Storage storage();

  private final List<Direction> minimize = List.of(Direction.MINIMIZE);

  private StudyStorage study() {
    return storage().create("study", minimize);
  }

  private static int[] commit(StudyStorage study, StudyChange... changes) {
    return study.commit(List.of(changes), Durability.DURABLE);
  }

  @Test
  void listsTheStudiesInTheOrderOfCreation() {
    Storage storage = storage();
    storage.create("b", minimize);
    storage.create("a", List.of(Direction.MAXIMIZE));
    assertThat(storage.studyNames()).containsExactly("b", "a");
  }

  @Test
  void findsAStudyWithItsDirections() {
    Storage storage = storage();
    storage.create("s", List.of(Direction.MAXIMIZE, Direction.MINIMIZE));
    assertThat(storage.find("s").orElseThrow().table().directions())
        .containsExactly(Direction.MAXIMIZE, Direction.MINIMIZE);
  }

  @Test
  void findsNoStudyOfAnotherName() {
    assertThat(storage().find("absent")).isEmpty();
  }

  @Test
  void refusesASecondStudyOfTheSameName() {
    Storage storage = storage();
    storage.create("s", minimize);
    assertThatIllegalStateException()
        .isThrownBy(() -> storage.create("s", minimize))
        .withMessageContaining("'s'");
  }

  @Test
  void numbersTrialsFromZero() {
    StudyStorage study = study();
    int[] numbers =
        commit(
            study,
            start(0, x(0.5)),
            new StudyChange.EnqueueTrial(Map.of(), Map.of()),
            new StudyChange.ImportTrial(TestStudies.imported()),
            finish(0, Outcome.completed(1)),
            start(3, x(0.5)));
    assertThat(numbers).containsExactly(0, 1, 2, -1, 3);
  }

  @Test
  void startsNoTrialUnderANumberThatIsTaken() {
    StudyStorage study = study();
    commit(study, start(0, x(0.5)));
    assertThat(commit(study, start(0, x(0.25)))).containsExactly(-1);
    assertThat(study.table().size()).isOne();
  }

  @Test
  void keepsAStartedTrialWithItsValues() {
    StudyStorage study = study();
    commit(study, start(0, x(0.5)));
    FrozenTrial trial = study.table().freeze(0);
    assertThat(trial.state()).isEqualTo(TrialState.RUNNING);
    assertThat(trial.configuration()).isEqualTo(x(0.5));
    assertThat(trial.started()).contains(START);
  }

  @Test
  void keepsTheJointDrawOfATrialWithoutValues() {
    StudyStorage study = study();
    commit(study, start(0, x(0.1)));
    commit(
        study,
        new StudyChange.StartTrial(1, Configuration.empty(), x(0.5), Optional.empty(), START));
    assertThat(study.table().joint(1)).isEqualTo(x(0.5));
    assertThat(study.table().configuration(1).size()).isZero();
  }

  @Test
  void keepsTheFidelityFromTheStartOn() {
    StudyStorage study = study();
    Fidelity first = new Fidelity(2, 0, 0, 7, OptionalInt.empty());
    Fidelity promoted = new Fidelity(2, 1, 7, 20, OptionalInt.of(0));
    commit(study, new StudyChange.StartTrial(0, x(0.1), x(0.1), Optional.of(first), START));
    commit(
        study,
        new StudyChange.StartTrial(1, Configuration.empty(), x(0.1), Optional.of(promoted), START));
    assertThat(study.table().fidelity(0)).contains(first);
    assertThat(study.table().freeze(1).fidelity()).contains(promoted);
  }

  @Test
  void keepsConstraints() {
    StudyStorage study = study();
    commit(
        study,
        start(0, x(0.1)),
        new StudyChange.SetTrialSystemAttribute(
            0, TrialTable.CONSTRAINTS, List.of(-1.0, 0.25, Double.POSITIVE_INFINITY)),
        finish(0, Outcome.completed(1)),
        start(1, x(0.2)),
        finish(1, Outcome.completed(1)));
    FrozenTrial trial = study.table().freeze(0);
    assertThat(trial.constraints()).containsExactly(-1.0, 0.25, Double.POSITIVE_INFINITY);
    assertThat(trial.isFeasible()).isFalse();
    assertThat(study.table().violation(1)).isZero();
    study.table().declareConstraints(3);
    assertThat(study.table().violation(1)).isInfinite();
  }

  @Test
  void aTrialThatTellsOnlySomeOfTheDeclaredConstraintsIsNowhereFeasible() {
    StudyStorage study = study();
    study.table().declareConstraints(2);
    commit(
        study,
        start(0, x(0.1)),
        new StudyChange.SetTrialSystemAttribute(0, TrialTable.CONSTRAINTS, List.of(-1.0)),
        finish(0, Outcome.completed(1)));
    FrozenTrial trial = study.table().freeze(0);
    assertThat(trial.constraints()).containsExactly(-1.0, Double.POSITIVE_INFINITY);
    assertThat(trial.isFeasible()).isFalse();
    assertThat(study.table().violation(0)).isInfinite();
  }

  @Test
  void keepsFidelityAndConstraintsOfAnImportedTrial() {
    StudyStorage study = study();
    FrozenTrial trial =
        new FrozenTrial(
            0,
            TrialState.COMPLETE,
            x(0.5),
            Optional.of(Outcome.completed(2)),
            Map.of(),
            Map.of(),
            Optional.of(START),
            Optional.of(START),
            Optional.of(new Fidelity(0, 1, 3, 9, OptionalInt.of(4))),
            List.of(-0.5));
    commit(study, new StudyChange.ImportTrial(trial));
    assertThat(study.table().freeze(0)).isEqualTo(trial);
  }

  @Test
  void keepsAnOutcomeWithItsTime() {
    StudyStorage study = study();
    commit(study, start(0, x(0.5)), finish(0, Outcome.completed(Double.NEGATIVE_INFINITY)));
    FrozenTrial trial = study.table().freeze(0);
    assertThat(trial.value()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(trial.ended()).contains(START.plusMillis(1500));
  }

  @Test
  void keepsTheValuesOfSeveralObjectives() {
    StudyStorage study = storage().create("s", List.of(Direction.MINIMIZE, Direction.MAXIMIZE));
    Outcome outcome = new Outcome.Completed(List.of(1.5, -2.5));
    commit(study, start(0, x(0.5)), finish(0, outcome));
    assertThat(study.table().outcome(0)).contains(outcome);
  }

  @Test
  void keepsWhyATrialFailed() {
    StudyStorage study = study();
    Outcome outcome = Outcome.failed(FailureReason.TIMEOUT, "after 3 s");
    commit(study, start(0, x(0.5)), finish(0, outcome));
    assertThat(study.table().outcome(0)).contains(outcome);
  }

  @Test
  void aPrunedTrialHasTheValueOfItsLastStep() {
    StudyStorage study = study();
    commit(
        study,
        start(0, x(0.5)),
        new StudyChange.Report(0, TrialTable.OBJECTIVE, 5, 0.5),
        new StudyChange.Report(0, TrialTable.OBJECTIVE, 1, 0.25),
        finish(0, Outcome.pruned()));
    assertThat(study.table().value(0, 0)).isEqualTo(0.5);
  }

  @Test
  void keepsReportsByMetric() {
    StudyStorage study = study();
    commit(
        study,
        start(0, x(0.5)),
        new StudyChange.Report(0, TrialTable.OBJECTIVE, 1, Double.NaN),
        new StudyChange.Report(0, "f1:macro", 2, 0.25));
    assertThat(study.table().freeze(0).reports())
        .isEqualTo(
            Map.of(
                TrialTable.OBJECTIVE,
                List.of(new Report(1, Double.NaN)),
                "f1:macro",
                List.of(new Report(2, 0.25))));
  }

  @Test
  void aLaterReportOfAStepReplacesTheEarlierOne() {
    StudyStorage study = study();
    commit(study, start(0, x(0.5)), new StudyChange.Report(0, TrialTable.OBJECTIVE, 1, 1));
    commit(study, new StudyChange.Report(0, TrialTable.OBJECTIVE, 1, 2));
    assertThat(study.table().freeze(0).reports(TrialTable.OBJECTIVE))
        .containsExactly(new Report(1, 2));
  }

  @Test
  void keepsAttributesOfStudyAndTrial() {
    StudyStorage study = study();
    commit(
        study,
        start(0, x(0.5)),
        new StudyChange.SetStudyAttribute("a", "\u00eb"),
        new StudyChange.SetStudySystemAttribute("b", List.of(1L, 2.5)),
        new StudyChange.SetTrialAttribute(0, "c", true),
        new StudyChange.SetTrialSystemAttribute(0, "d", Map.of("e", "f")));
    assertThat(study.attributes()).isEqualTo(Map.of("a", "\u00eb"));
    assertThat(study.systemAttributes()).isEqualTo(Map.of("b", List.of(1L, 2.5)));
    assertThat(study.table().freeze(0).attributes()).isEqualTo(Map.of("c", true));
    assertThat(study.table().systemAttribute(0, "d")).contains(Map.of("e", "f"));
  }

  @Test
  void anAttributeOfTheLibraryThatIsToBeKeptIsNotReplaced() {
    Storage storage = storage();
    StudyStorage first = storage.create("study", minimize);
    StudyStorage second = storage.find("study").orElseThrow();
    commit(first, new StudyChange.KeepStudySystemAttribute("seed", 1L));
    commit(
        second,
        new StudyChange.KeepStudySystemAttribute("seed", 2L),
        new StudyChange.KeepStudySystemAttribute("space", "x"));
    first.refresh();
    assertThat(second.systemAttributes()).isEqualTo(Map.of("seed", 1L, "space", "x"));
    assertThat(first.systemAttributes()).isEqualTo(second.systemAttributes());
    assertThat(storage.find("study").orElseThrow().systemAttributes())
        .isEqualTo(second.systemAttributes());
  }

  @Test
  void aParameterThatAnotherHasDefinedMeanwhileStaysWhatItIs() {
    Storage storage = storage();
    StudyStorage first = storage.create("study", minimize);
    Configuration none = Configuration.empty();
    commit(first, start(0, none), start(1, none));
    StudyStorage second = storage.find("study").orElseThrow();
    commit(first, new StudyChange.SetParameter(0, Parameters.uniform("y", 0, 1), 0.5));
    StudyChange other = new StudyChange.SetParameter(1, Parameters.uniform("y", 0, 2), 1.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commit(second, other))
        .withMessageContaining("'y'");
    commit(second, new StudyChange.SetParameter(1, Parameters.uniform("y", 0, 1), 0.25));
    assertThat(storage.find("study").orElseThrow().table().freeze(1).configuration().get("y"))
        .isEqualTo(0.25);
  }

  @Test
  void anEnqueuedTrialWaitsWithItsValues() {
    StudyStorage study = study();
    commit(study, new StudyChange.EnqueueTrial(Map.of("x", 0.5), Map.of("why", "seed")));
    assertThat(study.table().state(0)).isEqualTo(TrialState.WAITING);
    assertThat(study.table().systemAttribute(0, TrialTable.FIXED_PARAMETERS))
        .contains(Map.of("x", 0.5));
    assertThat(study.table().freeze(0).attributes()).isEqualTo(Map.of("why", "seed"));
  }

  @Test
  void aWaitingTrialIsClaimedOnce() {
    StudyStorage study = study();
    commit(study, start(0, x(0.1)), new StudyChange.EnqueueTrial(Map.of(), Map.of()));
    assertThat(commit(study, new StudyChange.ClaimTrial(1, x(0.5), START))).containsExactly(1);
    assertThat(commit(study, new StudyChange.ClaimTrial(1, x(0.25), START))).containsExactly(-1);
    assertThat(study.table().joint(1)).isEqualTo(x(0.5));
    assertThat(study.table().freeze(1).started()).contains(START);
  }

  @Test
  void aRequeuedTrialWaitsWithoutReports() {
    StudyStorage study = study();
    commit(
        study,
        start(0, x(0.5)),
        new StudyChange.Report(0, TrialTable.OBJECTIVE, 1, 1),
        new StudyChange.RequeueTrial(0));
    assertThat(study.table().state(0)).isEqualTo(TrialState.WAITING);
    assertThat(study.table().configuration(0)).isEqualTo(x(0.5));
    assertThat(study.table().reports(0, TrialTable.OBJECTIVE).size()).isZero();
  }

  @Test
  void aRequeuedTrialWaitsWithoutConstraints() {
    StudyStorage study = study();
    commit(
        study,
        start(0, x(0.5)),
        start(1, x(0.5)),
        new StudyChange.SetTrialSystemAttribute(0, TrialTable.CONSTRAINTS, List.of(-1.0)),
        new StudyChange.SetTrialSystemAttribute(1, TrialTable.CONSTRAINTS, List.of(-2.0)));
    commit(study, new StudyChange.RequeueTrial(0));
    assertThat(study.table().freeze(0).constraints()).isEmpty();
    study.table().declareConstraints(1);
    assertThat(study.table().violation(0)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(study.table().freeze(1).constraints()).containsExactly(-2.0);
  }

  @Test
  void onlyARunningTrialCanBeRequeued() {
    StudyStorage study = study();
    commit(study, new StudyChange.EnqueueTrial(Map.of(), Map.of()));
    assertThatIllegalStateException()
        .isThrownBy(() -> commit(study, new StudyChange.RequeueTrial(0)))
        .withMessageContaining("trial 0 is WAITING");
  }

  @Test
  void nothingChangesATrialThatHasEnded() {
    StudyStorage study = study();
    commit(study, start(0, x(0.5)), finish(0, Outcome.completed(1)));
    List<StudyChange> late =
        List.of(
            finish(0, Outcome.completed(2)),
            new StudyChange.SetParameter(0, X, 0.25),
            new StudyChange.Report(0, TrialTable.OBJECTIVE, 1, 1),
            new StudyChange.SetTrialAttribute(0, "a", 1L),
            new StudyChange.SetTrialSystemAttribute(0, "a", 1L));
    for (StudyChange change : late) {
      assertThatIllegalStateException()
          .isThrownBy(() -> commit(study, change))
          .withMessageContaining("trial 0 has already ended as COMPLETE");
    }
    assertThat(study.table().freeze(0).value()).isEqualTo(1);
  }

  @Test
  void aNameHasOneDomain() {
    StudyStorage study = study();
    commit(study, start(0, x(0.5)));
    Configuration other = Configuration.builder().put(Parameters.uniform("x", 0, 2), 0.5).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commit(study, start(1, other)))
        .withMessageContaining("parameter 'x'");
  }

  @Test
  void keepsEveryDomainExactly() {
    StudyStorage study = study();
    commit(study, start(0, TestStudies.all(0.3)));
    assertThat(study.table().parameters()).isEqualTo(TestStudies.ALL_DOMAINS);
    assertThat(study.table().configuration(0)).isEqualTo(TestStudies.all(0.3));
  }

  @Test
  void givesBackTheOptionsThemselves() {
    StudyStorage study = study();
    commit(study, start(0, TestStudies.all(0.9)));
    assertThat(study.table().configuration(0).get("enum")).isEqualTo(TestStudies.Activation.TANH);
  }

  @Test
  void committingNothingIsLegal() {
    assertThat(study().commit(List.of(), Durability.DURABLE)).isEmpty();
  }

  @Test
  void hasNoLostTrialsOfThisProcess() {
    StudyStorage study = study();
    commit(study, start(0, x(0.5)));
    assertThat(study.lostTrials()).isEmpty();
  }

  @Test
  void studiesOfOneStorageDoNotMeet() {
    Storage storage = storage();
    StudyStorage first = storage.create("first", minimize);
    StudyStorage second = storage.create("second", minimize);
    commit(first, start(0, x(0.25)));
    commit(second, start(0, x(0.5)));
    commit(first, start(1, x(0.75)), finish(1, Outcome.completed(1)));
    commit(second, finish(0, Outcome.completed(2)));
    first.refresh();
    assertThat(Optional.of(first.table().size())).contains(2);
    assertThat(second.table().freeze(0).value()).isEqualTo(2);
    assertThat(first.table().state(0)).isEqualTo(TrialState.RUNNING);
  }
}

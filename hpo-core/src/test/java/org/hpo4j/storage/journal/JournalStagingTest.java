package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.START;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.contract.TestStudies.x;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.hpo4j.space.Parameters;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.storage.optuna.AttributeKeys;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends that wait for the next append, and writes of a worker that was taken for dead. */
class JournalStagingTest {

  private final Path journal;
  private final JournalStorage storage;
  private final StudyStorage study;

  JournalStagingTest(@TempDir Path folder) {
    journal = folder.resolve("journal.log");
    storage = JournalStorage.open(journal);
    study = storage.create("study", List.of(Direction.MINIMIZE));
    study.commit(List.of(start(0, x(0.5))), Durability.VISIBLE);
  }

  private StudyStorage another() {
    return JournalStorage.open(journal).find("study").orElseThrow();
  }

  private StudyChange recovery(Optional<Outcome.Failed> end) {
    return new StudyChange.RecoverTrial(0, storage.workerId(), Map.of(), end, START);
  }

  // ---- Staged changes ----

  @Test
  void aStagedEndIsInTheTableAndNotYetInTheFile() throws IOException {
    byte[] before = Files.readAllBytes(journal);
    study.stage(List.of(finish(0, Outcome.completed(1))));
    assertThat(study.table().state(0)).isEqualTo(TrialState.COMPLETE);
    assertThat(Files.readAllBytes(journal)).isEqualTo(before);
  }

  @Test
  void theNextCommitWritesItFirst() {
    study.stage(List.of(finish(0, Outcome.completed(1))));
    study.commit(List.of(start(1, x(0.25))), Durability.VISIBLE);
    assertThat(trials(another())).isEqualTo(trials(study)).hasSize(2);
    assertThat(another().table().value(0, 0)).isEqualTo(1);
  }

  @Test
  void anEmptyCommitWritesIt() {
    study.stage(
        List.of(
            new StudyChange.Report(0, TrialTable.OBJECTIVE, 3, 0.5), finish(0, Outcome.pruned())));
    study.commit(List.of(), Durability.VISIBLE);
    assertThat(trials(another())).isEqualTo(trials(study));
    assertThat(another().table().state(0)).isEqualTo(TrialState.PRUNED);
  }

  @Test
  void aCommitThatIsRefusedKeepsIt() {
    study.stage(List.of(finish(0, Outcome.completed(1))));
    assertThatThrownBy(
            () -> study.commit(List.of(finish(0, Outcome.completed(2))), Durability.VISIBLE))
        .isInstanceOf(IllegalStateException.class);
    study.commit(List.of(), Durability.VISIBLE);
    assertThat(another().table().value(0, 0)).isEqualTo(1);
  }

  @Test
  void aParameterThatTheFileDoesNotKnowIsWrittenAtOnce() {
    study.stage(
        List.of(
            new StudyChange.SetParameter(0, Parameters.uniform("new", 0, 1), 0.5),
            finish(0, Outcome.completed(1))));
    assertThat(trials(another())).isEqualTo(trials(study));
    assertThat(another().table().state(0)).isEqualTo(TrialState.COMPLETE);
  }

  // ---- A worker that was taken for dead ----

  @Test
  void aReportOfATrialThatAnotherWorkerRunsIsRefused() {
    StudyStorage other = another();
    other.commit(List.of(recovery(Optional.empty())), Durability.DURABLE);
    other.commit(List.of(new StudyChange.ClaimTrial(0, x(0.5), START)), Durability.VISIBLE);
    assertThatThrownBy(
            () ->
                study.commit(
                    List.of(new StudyChange.Report(0, TrialTable.OBJECTIVE, 0, 7)),
                    Durability.VISIBLE))
        .isInstanceOfSatisfying(TrialLostException.class, e -> assertThat(e.number()).isZero());
    other.refresh();
    assertThat(other.table().reports(0, TrialTable.OBJECTIVE).size()).isZero();
    assertThat(other.table().state(0)).isEqualTo(TrialState.RUNNING);
  }

  @Test
  void anEndOfATrialThatWaitsAgainIsRefusedAlsoWhereItIsStaged() {
    another().commit(List.of(recovery(Optional.empty())), Durability.DURABLE);
    assertThatThrownBy(() -> study.stage(List.of(finish(0, Outcome.completed(1)))))
        .isInstanceOf(TrialLostException.class);
    assertThat(study.table().state(0)).isEqualTo(TrialState.WAITING);
  }

  @Test
  void anEndOfATrialThatFailedAsLostIsRefused() {
    Outcome.Failed lost = new Outcome.Failed(FailureReason.LOST, "too often");
    another().commit(List.of(recovery(Optional.of(lost))), Durability.DURABLE);
    assertThatThrownBy(
            () -> study.commit(List.of(finish(0, Outcome.completed(1))), Durability.DURABLE))
        .isInstanceOf(TrialLostException.class);
    assertThat(another().table().outcome(0)).contains(lost);
  }

  @Test
  void aRefusalIsRecordedWithTheStudy() {
    another().commit(List.of(recovery(Optional.empty())), Durability.DURABLE);
    assertThatThrownBy(
            () -> study.commit(List.of(finish(0, Outcome.completed(1))), Durability.DURABLE))
        .isInstanceOf(TrialLostException.class);
    assertThat(another().systemAttributes().get(AttributeKeys.REFUSED + 0))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("worker", storage.workerId())
        .containsEntry("changes", List.of("FinishTrial"));
  }

  @Test
  void aRefusalByTheStudyIsRecordedToo() {
    study.noteRefused(0, List.of(finish(0, Outcome.completed(1))));
    assertThat(another().table().state(0)).isEqualTo(TrialState.RUNNING);
    assertThat(another().systemAttributes().get(AttributeKeys.REFUSED + 0))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("changes", List.of("FinishTrial"));
  }

  /** What goes on reporting for hours does not fill the journal. */
  @Test
  void eachKindThatIsRefusedIsRecordedOnce() throws IOException {
    study.noteRefused(0, List.of(new StudyChange.Report(0, "", 1, 0.5)));
    study.noteRefused(0, List.of(finish(0, Outcome.completed(1))));
    assertThat(another().systemAttributes().get(AttributeKeys.REFUSED + 0))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("changes", List.of("Report", "FinishTrial"));
    long size = Files.size(journal);
    study.noteRefused(0, List.of(new StudyChange.Report(0, "", 2, 0.5)));
    assertThat(Files.size(journal)).isEqualTo(size);
  }

  @Test
  void aTrialThatThisWorkerClaimedAgainIsItsOwn() {
    another().commit(List.of(recovery(Optional.empty())), Durability.DURABLE);
    study.refresh();
    study.commit(List.of(new StudyChange.ClaimTrial(0, x(0.5), START)), Durability.VISIBLE);
    study.commit(List.of(finish(0, Outcome.completed(1))), Durability.DURABLE);
    assertThat(another().table().value(0, 0)).isEqualTo(1);
  }

  @Test
  void aTrialThatWasTakenWhileItsEndWaitedAsksToOpenTheStudyAgain() {
    StudyStorage other = another();
    study.stage(List.of(finish(0, Outcome.completed(1))));
    other.commit(List.of(recovery(Optional.empty())), Durability.DURABLE);
    assertThatThrownBy(() -> study.commit(List.of(start(1, x(0.5))), Durability.VISIBLE))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("trial 0")
        .hasMessageContaining("open the study again");
    other.refresh();
    assertThat(trials(other)).hasSize(1);
    assertThat(other.table().state(0)).isEqualTo(TrialState.WAITING);
  }
}

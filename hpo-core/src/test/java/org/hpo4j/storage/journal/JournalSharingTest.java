package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.contract.TestStudies.x;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts of trials that are promised first, and written with the next append or sync. */
class JournalSharingTest {

  /** Two threads that sync at the same time find each other within a few of these. */
  private static final int MOST_TRIES = 100_000;

  private final Path journal;
  private final JournalStorage storage;
  private final StudyStorage study;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  JournalSharingTest(@TempDir Path folder) {
    journal = folder.resolve("journal.log");
    storage = JournalStorage.open(journal);
    study = storage.create("study", List.of(Direction.MINIMIZE));
  }

  /** Lets two threads share a sync, after which company is expected. */
  @BeforeEach
  void meet() throws Exception {
    for (int i = 0; i < MOST_TRIES && !storage.appends().hasCompany(); i++) {
      List<Future<?>> both = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        both.add(threads.submit(this::appendAndSync));
      }
      for (Future<?> one : both) {
        one.get();
      }
    }
    assertThat(storage.appends().hasCompany()).isTrue();
  }

  private void appendAndSync() {
    synchronized (study) {
      study.commit(List.of(start(study.table().size(), x(0.5))), Durability.VISIBLE);
    }
    study.sync();
  }

  @AfterEach
  void stop() {
    threads.shutdown();
  }

  private StudyStorage another() {
    return JournalStorage.open(journal).find("study").orElseThrow();
  }

  /** Starts a trial that waits for company, and returns its number. */
  private int promise() {
    int number = study.table().size();
    assertThat(study.commit(List.of(start(number, x(0.25))), Durability.SHARED))
        .containsExactly(number);
    return number;
  }

  @Test
  void aPromisedStartIsInTheTableAndNotYetInTheFile() throws IOException {
    byte[] before = Files.readAllBytes(journal);
    int number = promise();
    assertThat(study.table().state(number)).isEqualTo(TrialState.RUNNING);
    assertThat(Files.readAllBytes(journal)).isEqualTo(before);
  }

  @Test
  void aSyncWritesIt() {
    promise();
    promise();
    study.sync();
    assertThat(trials(another())).isEqualTo(trials(study));
  }

  @Test
  void theNextCommitWritesItFirst() {
    int number = promise();
    study.commit(List.of(finish(number, Outcome.completed(3))), Durability.VISIBLE);
    assertThat(trials(another())).isEqualTo(trials(study));
    assertThat(another().table().value(number, 0)).isEqualTo(3);
  }

  @Test
  void aCommitThatIsRefusedWritesIt() {
    int number = promise();
    study.stage(List.of(finish(number, Outcome.completed(1))));
    assertThatThrownBy(
            () -> study.commit(List.of(finish(number, Outcome.completed(2))), Durability.VISIBLE))
        .isInstanceOf(IllegalStateException.class);
    assertThat(trials(another())).isEqualTo(trials(study));
    assertThat(another().table().value(number, 0)).isEqualTo(1);
  }

  @Test
  void aCommitToAnotherStudyOfTheStorageWritesIt() {
    promise();
    storage.create("other", List.of(Direction.MAXIMIZE));
    assertThat(trials(another())).isEqualTo(trials(study));
  }

  @Test
  void closingTheStorageWritesIt() {
    promise();
    storage.close();
    assertThat(trials(another())).isEqualTo(trials(study));
  }

  @Test
  void anotherProgramWaitsForItAndIsTooLateForItsNumber() throws Exception {
    StudyStorage other = another();
    int number = promise();
    Future<int[]> late =
        threads.submit(() -> other.commit(List.of(start(number, x(0.5))), Durability.VISIBLE));
    study.sync();
    assertThat(late.get()).containsExactly(-1);
    study.refresh();
    assertThat(trials(other)).isEqualTo(trials(study));
    assertThat(other.table().configuration(number)).isEqualTo(x(0.25));
  }

  @Test
  void aStartThatCameTooLatePromisesNothing() {
    StudyStorage other = another();
    int number = study.table().size();
    other.commit(List.of(start(number, x(0.5))), Durability.VISIBLE);
    assertThat(study.commit(List.of(start(number, x(0.25))), Durability.SHARED))
        .containsExactly(-1);
    other.commit(List.of(start(number + 1, x(0.5))), Durability.VISIBLE);
    study.refresh();
    assertThat(trials(study)).isEqualTo(trials(other)).hasSize(number + 2);
  }

  @Test
  void aProgramThatBreaksTheLockMakesItVoidWhichIsToldAndNothingElseIsLost() throws IOException {
    int number = promise();
    Files.delete(journal.resolveSibling("journal.log.lock"));
    StudyStorage other = another();
    other.commit(List.of(start(number, x(0.75))), Durability.DURABLE);
    assertThatThrownBy(study::sync)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("another program wrote")
        .hasMessageContaining("open the study again");
    assertThatThrownBy(study::refresh).isInstanceOf(StorageException.class);
    assertThat(trials(another())).isEqualTo(trials(other)).hasSize(number + 1);
  }
}

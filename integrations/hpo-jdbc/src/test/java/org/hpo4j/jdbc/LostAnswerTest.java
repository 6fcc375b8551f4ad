package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.START;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.x;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commits whose answer is lost, while another worker goes on with what they have written. */
@Timeout(120)
class LostAnswerTest {

  private final Path folder;

  LostAnswerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What is done with a study behind a bad network, and the same study seen by another worker. */
  private interface Scene {
    void play(Network network, StudyStorage study, Other other) throws SQLException;
  }

  /** Another worker, on a good network. */
  private record Other(String url, StudyStorage study) {

    int[] commit(StudyChange change) {
      study.refresh();
      return study.commit(List.of(change), Durability.DURABLE);
    }

    /** Takes a trial from its worker, as if its lease had ended, and runs it to an end. */
    void runInstead(int number, String value) {
      takeLeases();
      study.refresh();
      String owner = study.lostTrials().get(0).owner();
      commit(new StudyChange.RecoverTrial(number, owner, Map.of(), Optional.empty(), START));
      run(number, value);
    }

    void run(int number, String value) {
      assertThat(commit(new StudyChange.ClaimTrial(number, Configuration.empty(), START)))
          .containsExactly(number);
      commit(
          new StudyChange.FinishTrial(
              number, Outcome.completed(Double.parseDouble(value)), START.plusSeconds(7)));
    }

    private void takeLeases() {
      try {
        TestDatabase.execute(url, "UPDATE hpo4j_leases SET expires_ms = 1");
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void play(TestDatabase database, Scene scene) throws IOException, SQLException {
    String url = database.create(folder);
    try (Network network = new Network(url);
        JdbcStorage storage = JdbcStorage.open(network.url());
        JdbcStorage direct = JdbcStorage.open(url)) {
      StudyStorage study = storage.create("study", List.of(Direction.MINIMIZE));
      scene.play(network, study, new Other(url, direct.find("study").orElseThrow()));
      assertThat(network.hasFailed()).isTrue();
    }
  }

  private static int[] commit(StudyStorage study, StudyChange change) {
    return study.commit(List.of(change), Durability.DURABLE);
  }

  private static StudyChange.FinishTrial finish(int number, double value) {
    return new StudyChange.FinishTrial(number, Outcome.completed(value), START.plusSeconds(5));
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void aStudyIsCreatedOnce(TestDatabase database) throws Exception {
    String url = database.create(folder);
    try (Network network = new Network(url);
        JdbcStorage storage = JdbcStorage.open(network.url())) {
      for (Network.Fault fault : List.of(Network.Fault.ANSWER_CUT, Network.Fault.COMMIT_CUT)) {
        network.atNextCommit(fault, () -> {});
        assertThat(storage.create(fault.name(), List.of(Direction.MINIMIZE)).name())
            .isEqualTo(fault.name());
        assertThat(network.hasFailed()).isTrue();
      }
      assertThat(storage.studyNames()).containsExactlyInAnyOrder("ANSWER_CUT", "COMMIT_CUT");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void aStudyThatAnotherWorkerHasCreatedMeanwhileIsNotTakenForTheOwn(TestDatabase database)
      throws Exception {
    String url = database.create(folder);
    try (Network network = new Network(url);
        JdbcStorage storage = JdbcStorage.open(network.url());
        JdbcStorage direct = JdbcStorage.open(url)) {
      network.atNextCommit(
          Network.Fault.COMMIT_CUT, () -> direct.create("study", List.of(Direction.MAXIMIZE)));
      assertThatThrownBy(() -> storage.create("study", List.of(Direction.MINIMIZE)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("there is already a study named 'study'");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void aTrialThatAnotherWorkerHasClaimedIsNotEnqueuedTwice(TestDatabase database) throws Exception {
    play(
        database,
        (network, study, other) -> {
          network.atNextCommit(Network.Fault.ANSWER_CUT, () -> other.run(0, "1"));
          StudyChange enqueue = new StudyChange.EnqueueTrial(Map.of("x", 0.5), Map.of("k", "v"));
          assertThat(commit(study, enqueue)).containsExactly(0);
          study.refresh();
          assertThat(study.table().size()).isEqualTo(1);
          assertThat(study.table().state(0)).isEqualTo(TrialState.COMPLETE);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void aTrialThatWasNotEnqueuedIsEnqueuedAgain(TestDatabase database) throws Exception {
    play(
        database,
        (network, study, other) -> {
          StudyChange enqueue = new StudyChange.EnqueueTrial(Map.of("x", 0.5), Map.of());
          network.atNextCommit(
              Network.Fault.COMMIT_CUT,
              () -> other.commit(new StudyChange.EnqueueTrial(Map.of("x", 0.25), Map.of())));
          assertThat(commit(study, enqueue)).containsExactly(1);
          study.refresh();
          assertThat(study.table().size()).isEqualTo(2);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void anEndIsRecordedAlthoughTheTrialThatBeganWithItWasTaken(TestDatabase database)
      throws Exception {
    play(
        database,
        (network, study, other) -> {
          commit(study, start(0, x(0.5)));
          study.stage(List.of(finish(0, 1)));
          network.atNextCommit(Network.Fault.ANSWER_CUT, () -> other.runInstead(1, "2"));
          commit(study, start(1, x(0.25)));
          study.refresh();
          assertThat(study.table().value(0, 0)).isEqualTo(1);
          assertThatThrownBy(() -> commit(study, finish(1, 3)))
              .isInstanceOf(TrialLostException.class);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void anEndIsRecordedAlthoughTheConnectionBreaksAgainAfterTheLookForIt(TestDatabase database)
      throws Exception {
    play(
        database,
        (network, study, other) -> {
          commit(study, start(0, x(0.5)));
          network.atNextCommit(Network.Fault.COMMIT_CUT, () -> network.cutAtNext("ROLLBACK"));
          commit(study, finish(0, 1));
          study.refresh();
          assertThat(study.table().value(0, 0)).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void anEndOfAnotherWorkerIsNotTakenForTheOwn(TestDatabase database) throws Exception {
    play(
        database,
        (network, study, other) -> {
          commit(study, start(0, x(0.5)));
          network.atNextCommit(Network.Fault.COMMIT_CUT, () -> other.runInstead(0, "2"));
          assertThatThrownBy(() -> commit(study, finish(0, 1)))
              .isInstanceOf(TrialLostException.class);
          study.refresh();
          assertThat(study.table().value(0, 0)).isEqualTo(2);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void aTrialThatWaitsAgainAndWasClaimedIsNotLost(TestDatabase database) throws Exception {
    play(
        database,
        (network, study, other) -> {
          commit(study, start(0, x(0.5)));
          network.atNextCommit(Network.Fault.ANSWER_CUT, () -> other.run(0, "1"));
          commit(study, new StudyChange.RequeueTrial(0));
          study.refresh();
          assertThat(study.table().value(0, 0)).isEqualTo(1);
        });
  }
}

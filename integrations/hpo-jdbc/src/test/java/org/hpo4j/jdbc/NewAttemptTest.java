package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hpo4j.contract.TestStudies.START;
import static org.hpo4j.contract.TestStudies.commit;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.newStudy;
import static org.hpo4j.contract.TestStudies.openStudy;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.contract.TestStudies.x;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Outcome;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A trial that began anew while a worker looked elsewhere: nothing is left of the first attempt.
 */
class NewAttemptTest {

  private final Path folder;

  NewAttemptTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static StudyChange report(int step, double value) {
    return new StudyChange.Report(0, "", step, value);
  }

  private static StudyChange claim() {
    return new StudyChange.ClaimTrial(0, x(0.5), START.plusSeconds(60));
  }

  /** Two steps of an attempt that has to be given up, with a report that the next one repeats. */
  private static void begin(StudyStorage study) {
    commit(study, start(0, x(0.5)));
    commit(study, report(0, 1), report(9, 2), new StudyChange.Report(0, "accuracy", 5, 0.5));
  }

  private static void requireSame(StudyStorage follower, JdbcStorage storage) {
    follower.refresh();
    assertThat(trials(follower)).isEqualTo(trials(openStudy(storage)));
  }

  @ParameterizedTest
  @EnumSource
  void ofAnotherWorkerHasEnded(TestDatabase database) {
    String url = database.create(folder);
    try (JdbcStorage second = JdbcStorage.open(url);
        JdbcStorage third = JdbcStorage.open(url)) {
      StudyStorage follower;
      try (JdbcStorage first = JdbcStorage.open(url)) {
        begin(newStudy(first));
        follower = openStudy(third);
      }
      StudyStorage other = openStudy(second);
      commit(
          other,
          new StudyChange.RecoverTrial(
              0, other.lostTrials().get(0).owner(), Map.of(), Optional.empty(), START));
      commit(other, claim());
      commit(other, report(0, 7), finish(0, Outcome.pruned()));
      requireSame(follower, second);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofTheSameWorkerRuns(TestDatabase database) {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url);
        JdbcStorage other = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      begin(study);
      StudyStorage follower = openStudy(other);
      commit(study, new StudyChange.RequeueTrial(0));
      commit(study, claim());
      commit(study, report(0, 7));
      requireSame(follower, storage);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isStillWaitedFor(TestDatabase database) {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url);
        JdbcStorage other = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      commit(study, new StudyChange.EnqueueTrial(Map.of("x", 0.5), Map.of()));
      StudyStorage follower = openStudy(other);
      commit(study, claim());
      commit(study, new StudyChange.SetTrialAttribute(0, "seen", 1L));
      commit(study, new StudyChange.RequeueTrial(0));
      requireSame(follower, storage);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNotEndedByWhatWasStagedOfTheFirst(TestDatabase database) throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage first = newStudy(storage);
      begin(first);
      first.stage(List.of(finish(0, Outcome.completed(1))));
      StudyStorage second = openStudy(storage);
      commit(second, new StudyChange.RequeueTrial(0));
      commit(second, claim());

      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> commit(first, start(1, x(0.5))))
          .withMessageContaining("took trial 0 for ended");
      commit(second, report(0, 7), finish(0, Outcome.completed(2)));
      requireSame(second, storage);
      assertThat(trials(second)).hasSize(1);
      assertThat(second.table().freeze(0).outcome()).contains(Outcome.completed(2));
    }
    assertThat(TestDatabase.texts(url, "SELECT changes FROM hpo4j_late_writes"))
        .hasSize(1)
        .first()
        .asString()
        .contains("FinishTrial");
  }
}

package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.START;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.newStudy;
import static org.hpo4j.contract.TestStudies.openStudy;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.contract.TestStudies.x;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hpo4j.contract.Openings;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.storage.WorkerId;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What several workers on one database are promised. */
abstract class WorkersContract {

  private final List<JdbcStorage> storages = new ArrayList<>();

  /** The URL of the database that this test has for itself. */
  abstract String url();

  private JdbcStorage open() {
    return open(JdbcStorage.builder(url()));
  }

  private JdbcStorage open(JdbcStorage.Builder builder) {
    JdbcStorage storage = builder.open();
    storages.add(storage);
    return storage;
  }

  /** One whose lease ends before its first heartbeat. */
  private JdbcStorage openSilent() {
    JdbcStorage storage =
        open(JdbcStorage.builder(url()).lease(Duration.ofHours(2), Duration.ofHours(1)));
    return storage;
  }

  private static int commit(StudyStorage study, StudyChange... changes) {
    return TestStudies.commit(study, changes)[0];
  }

  /** Lets all leases end, as if their time had passed. */
  private void endLeases() {
    updateLeases("expires_ms = 1");
  }

  private void updateLeases(String assignment) {
    update("UPDATE hpo4j_leases SET " + assignment);
  }

  private void update(String... statements) {
    try (Database database =
        Database.open(
            DatabaseUrl.parse(url()), Optional.empty(), Optional.empty(), 2, Duration.ZERO)) {
      for (String statement : statements) {
        database.write(connection -> Sql.update(connection, statement), connection -> false);
      }
    }
  }

  private int lateWrites() {
    return rows("hpo4j_late_writes");
  }

  private int rows(String table) {
    try (Database database =
        Database.open(
            DatabaseUrl.parse(url()), Optional.empty(), Optional.empty(), 2, Duration.ZERO)) {
      return database.read(
          connection -> {
            try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
              rows.next();
              return rows.getInt(1);
            }
          });
    }
  }

  /** Only memory knows when a trial that waits again had begun before. */
  private static List<FrozenTrial> withoutWaitingStarts(StudyStorage study) {
    return trials(study).stream()
        .map(
            t ->
                t.state() != TrialState.WAITING
                    ? t
                    : new FrozenTrial(
                        t.number(),
                        t.state(),
                        t.configuration(),
                        t.outcome(),
                        t.reports(),
                        t.attributes(),
                        Optional.empty(),
                        t.ended(),
                        t.fidelity(),
                        t.constraints()))
        .toList();
  }

  private static StudyChange recovery(LostTrial lost) {
    return new StudyChange.RecoverTrial(
        lost.number(), lost.owner(), Map.of(), Optional.empty(), START);
  }

  @AfterEach
  void close() {
    storages.forEach(JdbcStorage::close);
  }

  @Test
  void workersWhoAreTheFirstTogetherAllOpen() throws Exception {
    int workers = 4;
    CyclicBarrier start = new CyclicBarrier(workers);
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<Future<JdbcStorage>> opened = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        opened.add(
            threads.submit(
                () -> {
                  start.await();
                  return JdbcStorage.open(url());
                }));
      }
      for (Future<JdbcStorage> one : opened) {
        storages.add(one.get());
      }
    } finally {
      threads.shutdown();
    }
    newStudy(storages.get(0));
    assertThat(storages).allSatisfy(s -> assertThat(s.studyNames()).containsExactly("study"));
  }

  @Test
  void studiesOpenedAtTheSameMomentHaveOneSeed() throws Exception {
    JdbcStorage first = open();
    JdbcStorage second = open();
    for (int i = 0; i < 10; i++) {
      String name = "study " + i;
      List<Study> studies =
          Openings.atOnce(
              List.of(
                  Study.named(name).minimize("loss").storage(first),
                  Study.named(name).minimize("loss").storage(second)));
      assertThat(studies).hasSize(2);
      assertThat(studies.get(0).seed()).as(name).isEqualTo(studies.get(1).seed());
    }
  }

  @Test
  void aCommitMayHaveAnySize() {
    StudyStorage study = newStudy(open());
    StudyChange ended = new StudyChange.ImportTrial(TestStudies.imported());
    study.commit(Collections.nCopies(1_000, ended), Durability.DURABLE);
    assertThat(trials(openStudy(open()))).isEqualTo(trials(study));
  }

  @Test
  void everyKindOfTrialIsReadAsItWasWritten() {
    StudyStorage study = newStudy(open());
    TestStudies.fill(study);
    StudyStorage read = openStudy(open());
    assertThat(withoutWaitingStarts(read)).isEqualTo(withoutWaitingStarts(study));
    assertThat(read.attributes()).isEqualTo(study.attributes());
    assertThat(read.systemAttributes()).isEqualTo(study.systemAttributes());
  }

  @Test
  void anOpenStudyFollowsWhatAnotherWorkerDoes() {
    StudyStorage study = newStudy(open());
    StudyStorage other = openStudy(open());
    commit(study, start(0, x(0.5)));
    other.refresh();
    commit(study, new StudyChange.Report(0, "", 1, 0.25));
    other.refresh();
    assertThat(trials(other)).isEqualTo(trials(study));
    commit(study, new StudyChange.SetTrialAttribute(0, "a", 1L), finish(0, Outcome.completed(2)));
    other.refresh();
    assertThat(trials(other)).isEqualTo(trials(study));
  }

  @Test
  void trialsThatHaveEndedElsewhereRunOnUntilTheyAreRead() {
    StudyStorage study = newStudy(open());
    StudyStorage other = openStudy(open());
    TestStudies.fill(study);
    other.refreshForStart(false);
    int running = study.table().count(TrialState.RUNNING);
    assertThat(other.table().size()).isEqualTo(study.table().size());
    assertThat(other.table().finishedCount()).isZero();
    assertThat(other.table().count(TrialState.WAITING))
        .isEqualTo(study.table().count(TrialState.WAITING));
    assertThat(other.runningElsewhere()).isEqualTo(study.table().finishedCount() + running);

    other.refresh();
    assertThat(withoutWaitingStarts(other)).isEqualTo(withoutWaitingStarts(study));
    assertThat(other.runningElsewhere()).isEqualTo(running);
  }

  @Test
  void aWorkerStartsTrialsBetweenThoseThatItHasNotRead() {
    StudyStorage study = newStudy(open());
    StudyStorage other = openStudy(open());
    commit(study, start(0, x(0.5)));
    study.stage(List.of(finish(0, Outcome.completed(1))));
    commit(study, start(1, x(0.25)));
    other.refreshForStart(false);
    commit(study, finish(1, Outcome.completed(2)));
    assertThat(commit(other, start(2, x(0.125)))).isEqualTo(2);
    study.refreshForStart(false);
    commit(study, start(3, x(0.75)));
    commit(study, finish(3, Outcome.pruned()));
    other.refreshForStart(false);
    other.stage(List.of(finish(2, Outcome.completed(3))));
    assertThat(commit(other, start(4, x(0.375)))).isEqualTo(4);

    assertThat(other.table().state(0)).isEqualTo(TrialState.RUNNING);
    other.refresh();
    study.refresh();
    assertThat(trials(other)).isEqualTo(trials(study));
    assertThat(trials(openStudy(open()))).isEqualTo(trials(study));
    assertThat(study.table().finishedCount()).isEqualTo(4);
    assertThat(study.runningElsewhere()).isEqualTo(1);
  }

  @Test
  void trialsOfAnotherStudyLieBetweenThoseThatAreNotRead() {
    JdbcStorage storage = open();
    StudyStorage study = newStudy(storage);
    StudyStorage between = storage.create("between", List.of(Direction.MINIMIZE));
    StudyStorage other = openStudy(open());
    for (int number = 0; number < 12; number++) {
      commit(study, start(number, x(0.5)));
      if (number % 3 == 0) {
        commit(between, start(number / 3, x(0.25)));
        commit(between, finish(number / 3, Outcome.completed(1)));
      }
      if (number % 5 > 1) {
        commit(study, finish(number, Outcome.completed(number)));
      }
      if (number == 7) {
        other.refreshForStart(false);
      }
    }
    other.refreshForStart(false);
    assertThat(commit(other, start(12, x(0.75)))).isEqualTo(12);
    study.refresh();
    assertThat(other.table().size()).isEqualTo(13);
    assertThat(other.table().finishedCount()).isZero();

    other.refresh();
    assertThat(trials(other)).isEqualTo(trials(study));
  }

  @Test
  void aTrialThatSomebodyDeletedIsMissedAmongThoseThatAreNotRead() {
    StudyStorage study = newStudy(open());
    StudyStorage other = openStudy(open());
    for (int number = 0; number < 4; number++) {
      commit(study, start(number, x(0.5)));
      commit(study, finish(number, Outcome.pruned()));
    }
    update(
        "DELETE FROM trial_params WHERE trial_id = 2",
        "DELETE FROM trial_system_attributes WHERE trial_id = 2",
        "DELETE FROM trials WHERE trial_id = 2");
    assertThatThrownBy(() -> other.refreshForStart(false))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("lacks trials with numbers from 0 to 3");
  }

  @Test
  void workersThatDoNotLookAtOneAnotherMakeTogetherWhatWasAskedFor() throws Exception {
    int count = 60;
    List<Study> studies = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      studies.add(
          Study.named("random")
              .minimize("loss")
              .space(SearchSpace.of(TestStudies.X))
              .sampler(RandomSampler.ofDefaults())
              .seed(1)
              .storage(open())
              .createOrResume());
    }
    ExecutorService threads = Executors.newFixedThreadPool(studies.size());
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (Study study : studies) {
        runs.add(
            threads.submit(
                () ->
                    study.optimize(
                        trial -> trial.suggest(TestStudies.X), RunOptions.trials(count))));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdown();
    }
    for (Study study : studies) {
      assertThat(study.trial(count - 1).state()).isEqualTo(TrialState.COMPLETE);
      assertThat(study.trials()).isEqualTo(studies.get(0).trials()).hasSize(count);
    }
  }

  @Test
  void aNumberIsGivenOutOnce() {
    StudyStorage study = newStudy(open());
    StudyStorage other = openStudy(open());
    assertThat(commit(study, start(0, x(0.5)))).isZero();
    assertThat(commit(other, start(0, x(0.25)))).isEqualTo(-1);
  }

  @Test
  void workersWhoRaceGetNumbersWithoutGaps() throws Exception {
    newStudy(open());
    int workers = 4;
    int each = 15;
    Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    Callable<Integer> worker =
        () -> {
          StudyStorage study = openStudy(openForThread());
          int done = 0;
          while (done < each) {
            study.refresh();
            int number = commit(study, start(study.table().size(), x(0.5)));
            if (number >= 0) {
              assertThat(numbers.add(number)).isTrue();
              commit(study, finish(number, Outcome.completed(number)));
              done++;
            }
          }
          return done;
        };
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        all.add(threads.submit(worker));
      }
      for (Future<Integer> one : all) {
        assertThat(one.get()).isEqualTo(each);
      }
    } finally {
      threads.shutdown();
    }
    StudyStorage study = openStudy(open());
    assertThat(study.table().count(TrialState.COMPLETE)).isEqualTo(workers * each);
    Set<Integer> expected = new HashSet<>();
    for (int i = 0; i < workers * each; i++) {
      expected.add(i);
      assertThat(study.table().value(i, 0)).isEqualTo(i);
    }
    assertThat(numbers).isEqualTo(expected);
  }

  private JdbcStorage openForThread() {
    synchronized (storages) {
      return open();
    }
  }

  @Test
  void whoeverComesTooLateWithBriefTrialsHasATurn() {
    StudyStorage study = newStudy(open());
    StudyStorage other = openStudy(open());
    assertThat(commit(study, start(0, x(0.5)))).isZero();
    assertThat(commit(other, start(0, x(0.5)))).isEqualTo(-1);
    other.refresh();
    assertThat(commit(other, start(1, x(0.5)))).isEqualTo(1);
    assertThat(commit(study, start(1, x(0.5)))).isEqualTo(-1);

    // On a busy machine a trial is not always brief.
    for (int i = 0; i < 40 * Turns.STEADY && !rests(study) && !rests(other); i++) {
      runBriefly(i % 2 == 0 ? study : other, i % 2 == 0 ? other : study);
    }
    Duration rest = rests(study) ? study.turnOfOthers() : other.turnOfOthers();
    assertThat(rest).isBetween(Duration.ofNanos(1), Duration.ofMillis(Turns.LENGTH_MS + 100));
    assertThat(rests(study)).isNotEqualTo(rests(other));
  }

  private static boolean rests(StudyStorage study) {
    return study.turnOfOthers().compareTo(Duration.ZERO) > 0;
  }

  /** Runs a trial that takes no time, and lets another worker come too late for it. */
  private static void runBriefly(StudyStorage study, StudyStorage late) {
    study.refresh();
    int number = commit(study, start(study.table().size(), x(0.5)));
    study.stage(List.of(finish(number, Outcome.completed(1))));
    assertThat(commit(late, start(late.table().size(), x(0.5)))).isEqualTo(-1);
    late.refresh();
  }

  @Test
  void whoeverHasBriefTrialsLeavesAnAskedStart() {
    StudyStorage study = newStudy(open());
    StudyStorage other = openStudy(open());
    int next = 0;
    try (Database database =
        Database.open(
            DatabaseUrl.parse(url()), Optional.empty(), Optional.empty(), 2, Duration.ZERO)) {
      // On a busy machine a trial is not always brief, nor a start tried while it is asked for.
      boolean refused = false;
      while (!refused && next < 40 * Turns.STEADY) {
        ask(database);
        refused = commit(study, start(next, x(0.5))) < 0;
        if (!refused) {
          study.stage(List.of(finish(next++, Outcome.completed(1))));
        }
      }
      assertThat(refused).isTrue();
      // Whoever has longer trials leaves it to nobody.
      other.refresh();
      ask(database);
      assertThat(commit(other, start(next, x(0.5)))).isEqualTo(next);
    }
  }

  @Test
  void whoeverHasMadeTheStartItAskedForLetsTheOthersGoOn() {
    StudyStorage study = newStudy(open());
    StudyStorage other = openStudy(open());
    commit(study, start(0, x(0.5)));
    other.refreshForStart(true);
    commit(study, start(1, x(0.5)));
    while (!other.hasAskedForStart()) {
      assertThat(commit(other, start(1, x(0.5)))).isEqualTo(-1);
    }
    assertThat(rows("hpo4j_asked_starts")).isOne();
    other.refresh();
    assertThat(commit(other, start(2, x(0.5)))).isEqualTo(2);
    assertThat(other.hasAskedForStart()).isFalse();
    assertThat(rows("hpo4j_asked_starts")).isZero();
  }

  /** Asks for the next start as a worker that nobody knows. */
  private static void ask(Database database) {
    database.write(
        connection -> {
          Script script = new Script(database.dialect());
          AskedStarts.ask(script, database.dialect(), 1, "asking", AskedStarts.SHORTEST_MS);
          return script.run(connection);
        },
        connection -> true);
  }

  @Test
  void aWaitingTrialIsClaimedByOneWorker() {
    StudyStorage study = newStudy(open());
    StudyStorage other = openStudy(open());
    commit(study, new StudyChange.EnqueueTrial(Map.of("x", 0.5), Map.of()));
    other.refresh();
    assertThat(commit(study, new StudyChange.ClaimTrial(0, Configuration.empty(), START))).isZero();
    assertThat(commit(other, new StudyChange.ClaimTrial(0, Configuration.empty(), START)))
        .isEqualTo(-1);
  }

  @Test
  void aTrialWithALeaseIsNotLost() {
    StudyStorage study = newStudy(open());
    StudyStorage other = openStudy(open());
    commit(study, start(0, x(0.5)));
    other.refresh();
    assertThat(other.lostTrials()).isEmpty();
  }

  @Test
  void aLateWriteIsRefusedAndNotedAndTheTrialIsDoneOnce() {
    StudyStorage study = newStudy(openSilent());
    commit(study, start(0, x(0.5)));
    endLeases();
    StudyStorage other = openStudy(open());
    List<LostTrial> lost = other.lostTrials();
    assertThat(lost).hasSize(1);
    assertThat(commit(other, recovery(lost.get(0)))).isZero();
    assertThat(commit(other, new StudyChange.ClaimTrial(0, Configuration.empty(), START))).isZero();

    assertThatThrownBy(() -> commit(study, finish(0, Outcome.completed(-1))))
        .isInstanceOf(TrialLostException.class)
        .hasMessageContaining("trial 0");
    commit(other, finish(0, Outcome.completed(2)));
    assertThatThrownBy(() -> commit(study, new StudyChange.Report(0, "", 1, 1)))
        .isInstanceOf(TrialLostException.class);

    study.refresh();
    assertThat(study.table().value(0, 0)).isEqualTo(2);
    assertThat(lateWrites()).isEqualTo(2);
  }

  @Test
  void aTrialThatWasTakenWhileItsEndWaitedAsksToOpenTheStudyAgain() {
    StudyStorage study = newStudy(openSilent());
    commit(study, start(0, x(0.5)));
    study.stage(List.of(finish(0, Outcome.completed(1))));
    endLeases();
    StudyStorage other = openStudy(open());
    assertThat(commit(other, recovery(other.lostTrials().get(0)))).isZero();

    assertThatThrownBy(() -> commit(study, start(1, x(0.5))))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("trial 0")
        .hasMessageContaining("open the study again");
    assertThatThrownBy(study::refresh).isInstanceOf(StorageException.class);
    other.refresh();
    assertThat(trials(other)).extracting(FrozenTrial::state).containsExactly(TrialState.WAITING);
    assertThat(lateWrites()).isOne();
  }

  @Test
  void aLostTrialIsRecoveredByOneWorker() {
    StudyStorage study = newStudy(openSilent());
    commit(study, start(0, x(0.5)));
    endLeases();
    StudyStorage second = openStudy(open());
    StudyStorage third = openStudy(open());
    StudyChange recovery = recovery(second.lostTrials().get(0));
    assertThat(commit(second, recovery)).isZero();
    assertThat(commit(third, recovery)).isEqualTo(-1);
  }

  @Test
  void theTrialsOfAClosedStorageAreLostAtOnce() {
    JdbcStorage storage = open();
    commit(newStudy(storage), start(0, x(0.5)));
    storage.close();
    assertThat(openStudy(open()).lostTrials()).extracting(LostTrial::number).containsExactly(0);
  }

  @Test
  void theTrialsOfAClosedStorageAreLostAtOnceAlsoOnOtherMachines() {
    JdbcStorage storage = open();
    commit(newStudy(storage), start(0, x(0.5)));
    storage.close();
    moveLeases();
    StudyStorage other = openStudy(open());
    List<LostTrial> lost = other.lostTrials();
    assertThat(lost).extracting(LostTrial::number).containsExactly(0);
    assertThat(commit(other, recovery(lost.get(0)))).isZero();
  }

  @Test
  void aLeaseThatWasGivenUpIsNotRenewed() throws Exception {
    StudyStorage study =
        newStudy(
            open(JdbcStorage.builder(url()).lease(Duration.ofHours(1), Duration.ofMillis(10))));
    commit(study, start(0, x(0.5)));
    // As if the storage had been closed while a heartbeat was under way.
    updateLeases("expires_ms = 0");
    Thread.sleep(200);
    moveLeases();
    assertThat(openStudy(open()).lostTrials()).extracting(LostTrial::number).containsExactly(0);
  }

  /** Makes it appear that the workers are of another machine: a kernel started another time. */
  private void moveLeases() {
    WorkerId own = WorkerId.create();
    WorkerId there = new WorkerId(own.host(), "0123456789ab", own.pidSpace(), 1, "1", own.random());
    updateLeases("worker = '" + there + "'");
  }

  @Test
  void anotherMachineOfTheSameNameKeepsItsTrialsUntilItsLeaseEnds() {
    commit(newStudy(openSilent()), start(0, x(0.5)));
    StudyStorage here = openStudy(open());
    moveLeases();
    assertThat(here.lostTrials()).isEmpty();
    endLeases();
    assertThat(here.lostTrials()).extracting(LostTrial::number).containsExactly(0);
  }

  @Test
  void aWorkerThatWritesInTimeKeepsItsTrial() {
    StudyStorage study = newStudy(openSilent());
    commit(study, start(0, x(0.5)));
    endLeases();
    StudyStorage other = openStudy(open());
    StudyChange recovery = recovery(other.lostTrials().get(0));
    commit(study, new StudyChange.Report(0, "", 1, 1));
    assertThat(commit(other, recovery)).isEqualTo(-1);
    commit(study, finish(0, Outcome.completed(1)));
    other.refresh();
    assertThat(other.table().state(0)).isEqualTo(TrialState.COMPLETE);
  }
}

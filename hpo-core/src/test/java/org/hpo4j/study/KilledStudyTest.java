package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hpo4j.storage.Jvm;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process killed at random moments, and resumed, ends with the study of one that was not.
 *
 * <p>{@code -Dhpo4j.kills=200} sets how often.
 */
class KilledStudyTest {

  private static final int KILLS = StudyWorker.KILLS;

  private final Path journal;

  KilledStudyTest(@TempDir Path folder) {
    this.journal = folder.resolve("journal.log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"asap", "ordered", "hyperband", "synchronous", "reuse"})
  void endsWithTheStudyOfAnUninterruptedRun(String mode) throws Exception {
    Random random = new Random(2);
    NavigableSet<Integer> reported = new TreeSet<>();
    for (int i = 0; i < KILLS; i++) {
      int exit = runAndKill(mode, 3 + random.nextInt(8), random.nextInt(3_000_000), reported);
      assertThat(exit).as("exit code of process %d, killed in the middle", i).isNotZero();
    }
    assertThat(reported).hasSizeGreaterThan(3 * KILLS);
    assertResumesToTheUninterruptedStudy(mode);
  }

  /** Without listeners the end of a trial waits for the append of the next start. */
  @ParameterizedTest
  @ValueSource(strings = {"asap", "ordered"})
  void theSameWhereEndsWaitForTheNextStart(String mode) throws Exception {
    Random random = new Random(3);
    int kills = 0;
    for (int i = 0; i < KILLS; i++) {
      kills += growAndKill(mode, 1_000 + random.nextInt(4_000)) ? 1 : 0;
    }
    assertThat(kills).isGreaterThan(KILLS / 2);
    assertResumesToTheUninterruptedStudy(mode);
  }

  /** Kills a process once it has written so many bytes; false if it was done before. */
  private boolean growAndKill(String mode, int bytes) throws Exception {
    long goal = (Files.exists(journal) ? Files.size(journal) : 0) + bytes;
    Process worker = start(mode, "silent");
    while (worker.isAlive() && !(Files.exists(journal) && Files.size(journal) >= goal)) {
      LockSupport.parkNanos(100_000);
    }
    worker.destroyForcibly();
    assertThat(worker.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return worker.exitValue() != 0;
  }

  @Test
  void theAutomaticSamplerChangesAsInAnUninterruptedRun() throws Exception {
    NavigableSet<Integer> reported = new TreeSet<>();
    // Before the change, at the change and after it.
    for (int lines : new int[] {7, 3, 3}) {
      runAndKill("auto", lines, 300_000, reported);
    }
    assertThat(reported.first()).isLessThan(500);
    assertThat(reported.last()).isGreaterThan(500);
    assertResumesToTheUninterruptedStudy("auto");
  }

  private void assertResumesToTheUninterruptedStudy(String mode) {
    Study expected = StudyWorker.run(Storage.inMemory(), mode, Optional.empty());
    try (Storage storage = JournalStorage.open(journal)) {
      Study killed = StudyWorker.run(storage, mode, Optional.empty());
      assertThat(killed.export().canonicalJson()).isEqualTo(expected.export().canonicalJson());
    }
  }

  /** Collects the numbers that a process reported before it was killed, after so many lines. */
  private int runAndKill(String mode, int lines, int nanos, NavigableSet<Integer> reported)
      throws Exception {
    Process worker = start(mode);
    try (BufferedReader reader = worker.inputReader()) {
      for (int i = 0; i < lines; i++) {
        Optional.ofNullable(reader.readLine()).map(Integer::valueOf).ifPresent(reported::add);
      }
      LockSupport.parkNanos(nanos);
      // Process.destroyForcibly would close the stream that is still to be read.
      ProcessHandle.of(worker.pid()).ifPresent(ProcessHandle::destroyForcibly);
      assertThat(worker.waitFor(1, TimeUnit.MINUTES)).isTrue();
      reader.lines().map(Integer::valueOf).forEach(number -> assertFresh(reported, number));
    }
    return worker.exitValue();
  }

  private Process start(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(journal.toString()));
    all.addAll(List.of(arguments));
    return Jvm.start(
        List.of("-Dhpo4j.kills=" + KILLS), StudyWorker.class, all.toArray(String[]::new));
  }

  private static void assertFresh(NavigableSet<Integer> reported, int number) {
    assertThat(reported.add(number)).as("trial %d ended twice", number).isTrue();
  }
}

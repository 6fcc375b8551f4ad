package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Jvm;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one journal, some of which die. */
class JournalProcessesTest {

  private final Path journal;

  JournalProcessesTest(@TempDir Path folder) {
    this.journal = folder.resolve("journal.log");
  }

  @Test
  void processesShareAStudyWithoutALostOrDoubledTrial() throws Exception {
    int count = 240;
    JournalWorker.create(journal, 40);
    List<Process> workers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      workers.add(Jvm.start(JournalWorker.class, journal.toString(), "" + count));
    }
    List<Integer> finished = new ArrayList<>();
    for (Process worker : workers) {
      try (BufferedReader lines = worker.inputReader()) {
        lines.lines().map(Integer::valueOf).forEach(finished::add);
      }
      assertThat(worker.waitFor()).isZero();
    }
    assertThat(finished)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
    assertThat(TestStudies.trials(JournalStorage.open(journal).find("study").orElseThrow()))
        .hasSize(count)
        .allMatch(trial -> trial.value() == 2.0 * trial.number());
  }

  @Test
  void aKilledProcessLosesNoFinishedTrial() throws Exception {
    int kills = 20;
    Random random = new Random(1);
    StudyStorage study = JournalWorker.create(journal, 3);
    List<Integer> finished = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      finished.addAll(runAndKill(random.nextInt(12), random.nextInt(2_000_000)));
      study.refresh();
      List<Integer> running =
          TestStudies.trials(study).stream()
              .filter(trial -> trial.state() == TrialState.RUNNING)
              .map(FrozenTrial::number)
              .toList();
      List<LostTrial> lost = study.lostTrials();
      assertThat(lost).hasSizeLessThan(2).extracting(LostTrial::number).isEqualTo(running);
      // Takes over the lock, should the process have died with it, and heals the last line.
      lost.forEach(trial -> study.commit(List.of(recovery(trial)), Durability.DURABLE));
    }
    StudyStorage again = JournalStorage.open(journal).find("study").orElseThrow();
    assertThat(finished).doesNotHaveDuplicates();
    assertThat(finished).allMatch(n -> again.table().freeze(n).value() == 2.0 * n);
    assertThat(TestStudies.trials(again)).isEqualTo(TestStudies.trials(study));
  }

  /** The trials that a process reported before it was killed, so many lines after its first. */
  private static StudyChange recovery(LostTrial lost) {
    return new StudyChange.RecoverTrial(
        lost.number(), lost.owner(), Map.of(), Optional.empty(), TestStudies.START);
  }

  private List<Integer> runAndKill(int lines, int nanos) throws IOException, InterruptedException {
    Process worker = Jvm.start(JournalWorker.class, journal.toString(), "1000000");
    List<Integer> finished = new ArrayList<>();
    try (BufferedReader reader = worker.inputReader()) {
      for (int i = 0; i <= lines; i++) {
        finished.add(Integer.valueOf(reader.readLine()));
      }
      LockSupport.parkNanos(nanos);
      ProcessHandle.of(worker.pid()).ifPresent(ProcessHandle::destroyForcibly);
      assertThat(worker.waitFor(1, TimeUnit.MINUTES)).isTrue();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        finished.add(Integer.valueOf(line));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return finished;
  }
}

package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.contract.TestStudies.x;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that stands still while it holds the lock, until others take that for left behind. */
class LostLockTest {

  private static final Duration GRACE = Duration.ofMillis(20);

  private final Path journal;

  LostLockTest(@TempDir Path folder) {
    journal = folder.resolve("journal.log");
  }

  @Test
  void aCommitThatLostTheLockGoesByWhatOthersHaveWrittenMeanwhile() {
    try (JournalStorage storage = JournalStorage.open(journal);
        JournalStorage other = JournalStorage.open(journal, GRACE)) {
      StudyStorage study = storage.create("study", List.of(Direction.MINIMIZE));
      study.commit(List.of(start(0, x(0.5))), Durability.VISIBLE);
      StudyStorage elsewhere = other.find("study").orElseThrow();
      Object standsStill =
          whenRead(() -> elsewhere.commit(List.of(start(1, x(0.75))), Durability.DURABLE));

      int[] numbers =
          study.commit(
              List.of(
                  new StudyChange.SetTrialAttribute(0, "slow", standsStill),
                  finish(0, Outcome.completed(1)),
                  start(1, x(0.25))),
              Durability.DURABLE);

      assertThat(numbers[2]).isEqualTo(-1);
      StudyStorage read = JournalStorage.open(journal).find("study").orElseThrow();
      assertThat(trials(read)).isEqualTo(trials(study)).hasSize(2);
      assertThat(study.table().state(0)).isEqualTo(TrialState.COMPLETE);
      assertThat(study.table().freeze(0).attributes()).containsEntry("slow", List.of(1L));
      assertThat(study.table().freeze(1).configuration()).isEqualTo(x(0.75));
    }
  }

  /** A list of the number one, whose first reader does something before. */
  private static List<Long> whenRead(Runnable action) {
    return new AbstractList<>() {

      private Optional<Runnable> once = Optional.of(action);

      @Override
      public Long get(int index) {
        Optional<Runnable> now = once;
        once = Optional.empty();
        now.ifPresent(Runnable::run);
        return 1L;
      }

      @Override
      public int size() {
        return 1;
      }
    };
  }

  @Test
  void aTornTailIsNotCutOffOnceTheLockIsLost() throws IOException {
    Files.writeString(journal, "first\nto");
    try (JournalFile file = JournalFile.open(journal);
        JournalLock lock = new JournalLock(journal, "me", GRACE)) {
      JournalAppends appends = new JournalAppends(file, lock);

      appends.append(new LineAfterOthers(), Durability.DURABLE);

      List<String> lines = Files.readAllLines(journal);
      assertThat(lines).hasSize(3).startsWith("first", "others");
      assertThat(lines.get(2)).contains("\"study_name\":\"ours\"");
    }
  }

  /** While it reads for the first time, others take over the lock, heal the file and append. */
  private final class LineAfterOthers implements JournalAppends.Batch {

    private final JournalWriter lines = new JournalWriter("me");
    private boolean lost;

    @Override
    public void catchUp() {
      // Nothing is remembered.
    }

    @Override
    public long readToEnd() {
      try {
        long end = Files.readString(journal).lastIndexOf('\n') + 1L;
        if (!lost) {
          lost = true;
          try (JournalLock other = new JournalLock(journal, "other", GRACE)) {
            other.acquire(() -> {});
            Files.writeString(journal, "first\nothers\n");
            other.release();
          }
        }
        return end;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public JournalWriter lines() {
      return lines;
    }

    @Override
    public void prepare() {
      lines.createStudy("ours", List.of(Direction.MINIMIZE));
    }

    @Override
    public void undo() {
      lines.cutTo(0, 0);
    }

    @Override
    public void promised() {
      throw new AssertionError("a durable append is not shared");
    }

    @Override
    public void appended() {
      lines.cutTo(0, 0);
    }
  }
}

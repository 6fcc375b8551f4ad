package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.x;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.WorkerId;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files beside a journal have longer names than it, and file systems have a limit. */
class LongFileNameTest {

  private static final String TWO_BYTES = "\u00eb";

  private final Path folder;

  LongFileNameTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path journal(int length) {
    return folder.resolve("j".repeat(length));
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private void write(Path journal) {
    try (Storage storage = JournalStorage.open(journal)) {
      storage
          .create("study", List.of(Direction.MINIMIZE))
          .commit(List.of(start(0, x(0.5)), finish(0, Outcome.completed(1))), Durability.DURABLE);
    }
    try (Storage storage = JournalStorage.open(journal)) {
      StudyStorage study = storage.find("study").orElseThrow();
      study.commit(List.of(start(1, x(0.25))), Durability.DURABLE);
      assertThat(study.table().size()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {150, 190, 219})
  void aLongNameCanBeWrittenToAndNothingIsLeftBehind(int length) throws IOException {
    write(journal(length));
    assertThat(files()).containsExactly(journal(length));
  }

  @Test
  void bytesCountAndNotCharacters() throws IOException {
    Path journal = folder.resolve(TWO_BYTES.repeat(95));
    write(journal);
    assertThat(files()).containsExactly(journal);
  }

  @Test
  void aNameWithoutRoomIsRefusedWithTheLimit() {
    assertThatThrownBy(() -> write(journal(224)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("may have 219 bytes and has 224");
  }

  @Test
  void whatADeadWorkerLeftIsRemovedAlthoughItsNameIsCut() throws IOException {
    Path journal = Files.createFile(journal(190));
    Path lock = journal.resolveSibling(journal.getFileName() + ".lock");
    WorkerId dead = WorkerId.create();
    WorkerId living = WorkerId.create();
    Path ofDead = LeftBehind.nameOf(lock, dead.toString());
    Path ofLiving = LeftBehind.nameOf(lock, living.toString());
    Files.writeString(ofDead, dead.toString());
    Files.writeString(ofLiving, living.toString());
    Path snapshot = JournalSnapshot.pathOf(journal);
    Path ofSnapshot = LeftBehind.nameOf(snapshot, dead.toString());
    Files.write(ofSnapshot, new byte[] {(byte) 0xC3, 0});
    dead.retire();
    try (JournalLock next = new JournalLock(journal, "me", Duration.ofHours(1))) {
      next.acquire(() -> {});
      next.release();
    }
    LeftBehind.remove(snapshot);
    assertThat(files()).containsExactlyInAnyOrder(journal, ofLiving, ofSnapshot);
  }
}

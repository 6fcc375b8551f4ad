package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.hpo4j.contract.TestStudies.START;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.contract.TestStudies.x;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hpo4j.contract.StorageContract;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.space.Configuration;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalStorageTest extends StorageContract {

  private final Path folder;

  JournalStorageTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path path() {
    return folder.resolve("runs").resolve("journal.log");
  }

  @Override
  protected Storage storage() {
    return JournalStorage.open(path());
  }

  private StudyStorage create() {
    return storage().create("study", List.of(Direction.MINIMIZE));
  }

  private StudyStorage reopen() {
    return storage().find("study").orElseThrow();
  }

  private void append(String text) throws IOException {
    Files.writeString(path(), text, StandardOpenOption.APPEND);
  }

  @Test
  void isTheSameWhenOpenedAgain() {
    StudyStorage study = create();
    TestStudies.fill(study);
    StudyStorage again = reopen();
    assertThat(trials(again)).isEqualTo(trials(study));
    assertThat(again.attributes()).isEqualTo(study.attributes());
    assertThat(again.systemAttributes()).isEqualTo(study.systemAttributes());
    assertThat(again.table().parameters()).isEqualTo(study.table().parameters());
  }

  @Test
  void isTheSameAsInMemory() {
    StudyStorage study = create();
    StudyStorage inMemory = Storage.inMemory().create("study", List.of(Direction.MINIMIZE));
    TestStudies.fill(study);
    TestStudies.fill(inMemory);
    assertThat(trials(study)).isEqualTo(trials(inMemory));
    assertThat(study.attributes()).isEqualTo(inMemory.attributes());
    assertThat(study.systemAttributes()).isEqualTo(inMemory.systemAttributes());
    for (int number = 0; number < study.table().size(); number++) {
      assertThat(study.table().joint(number)).isEqualTo(inMemory.table().joint(number));
    }
  }

  @Test
  void survivesACutAtAnyByte() throws IOException {
    StudyStorage study = create();
    study.commit(List.of(start(0, x(0.5))), Durability.VISIBLE);
    study.commit(List.of(finish(0, Outcome.completed(0.25))), Durability.DURABLE);
    byte[] whole = Files.readAllBytes(path());
    for (int length = 0; length <= whole.length; length++) {
      Files.write(path(), Arrays.copyOf(whole, length));
      try (Storage storage = storage()) {
        StudyStorage cut =
            storage
                .find("study")
                .orElseGet(() -> storage.create("study", List.of(Direction.MINIMIZE)));
        int before = cut.table().size();
        int finished = cut.table().finishedCount();
        cut.commit(
            List.of(start(before, x(0.75)), finish(before, Outcome.completed(1))),
            Durability.DURABLE);
        StudyStorage again = storage.find("study").orElseThrow();
        assertThat(again.table().size()).as("cut at %d", length).isEqualTo(before + 1);
        assertThat(again.table().finishedCount()).isEqualTo(finished + 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"learning_rate\": 0.1}", "secret", "{\"op\": 1}"})
  void aFileOfAnotherKindIsNotTakenForATornLine(String text) throws IOException {
    Files.createDirectories(path().getParent());
    Files.writeString(path(), text);
    assertThatThrownBy(this::create)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(path() + ": is no journal")
        .hasMessageContaining("choose another path");
    assertThat(path()).hasContent(text);
  }

  @Test
  void zerosOfACrashedMachineAreATornLine() throws IOException {
    Files.createDirectories(path().getParent());
    Files.write(path(), new byte[100]);
    create();
    assertThat(Files.readString(path())).startsWith("{\"op_code\"");
  }

  @Test
  void aDamagedLineInTheMiddleIsNamed() throws IOException {
    create();
    append("{\"op_code\": nonsense}\n");
    append("{\"op_code\":10}\n");
    assertThatThrownBy(this::reopen)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(path().toString())
        .hasMessageContaining("line 2")
        .hasMessageContaining("nonsense");
  }

  @Test
  void anUnknownCodeIsNamed() throws IOException {
    create();
    append("{\"op_code\":99,\"worker_id\":\"w\"}\n");
    assertThatThrownBy(this::reopen)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("unknown op_code 99");
  }

  @Test
  void aMissingFieldIsNamed() throws IOException {
    create();
    append("{\"op_code\":4,\"worker_id\":\"w\",\"study_id\":0}\n");
    assertThatThrownBy(this::reopen)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("lacks the field datetime_start of op_code 4");
  }

  @Test
  void aBlankLineIsNamed() throws IOException {
    create();
    append("\n");
    assertThatThrownBy(this::reopen)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void aTimeFarFrom1970IsKept() throws IOException {
    create();
    append(creation("2400-01-01T00:00:00.000001+00:00"));
    assertThat(reopen().table().freeze(0).started())
        .contains(Instant.parse("2400-01-01T00:00:00.000001Z"));
  }

  @Test
  void aTimeThatCannotBeKeptIsNamed() throws IOException {
    create();
    append(creation("+400000-01-01T00:00:00+00:00"));
    assertThatThrownBy(this::reopen)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("292,000 years");
  }

  private static String creation(String time) {
    return "{\"op_code\":4,\"worker_id\":\"w\",\"study_id\":0,\"datetime_start\":\""
        + time
        + "\"}\n";
  }

  @Test
  void aTrialOfAClosedStorageIsLost() {
    Storage first = storage();
    StudyStorage study = first.create("study", List.of(Direction.MINIMIZE));
    study.commit(List.of(start(0, x(0.5))), Durability.VISIBLE);
    StudyStorage again = reopen();
    assertThat(again.lostTrials()).isEmpty();
    first.close();
    assertThat(again.lostTrials()).extracting(LostTrial::number).containsExactly(0);
  }

  @Test
  void invalidUtf8IsNamed() throws IOException {
    create();
    Files.write(
        path(),
        new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}', '\n'},
        StandardOpenOption.APPEND);
    assertThatThrownBy(this::reopen)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void acceptsWhatOptunaAccepts() throws IOException {
    Files.createDirectories(path().getParent());
    Files.writeString(
        path(),
        "\uFEFF{\"op_code\": 0.0, \"worker_id\": \"w\", \"study_name\": \"study\", \"directions\":"
            + " [1], \"crc\": \"deadbeef\"}\r\n"
            + "{\"op_code\":10,\"anything\":[1,{\"a\":null}]}\n"
            + "{\"op_code\":4,\"worker_id\":\"\u00eb\",\"study_id\":0,\"datetime_start\":null}\n"
            + "{\"op_code\":4,\"worker_id\":\"w\",\"study_id\":7,\"datetime_start\":null}\n"
            + "{\"op_code\":9,\"worker_id\":\"w\",\"trial_id\":5,\"system_attr\":{\"a\":1}}\n",
        StandardCharsets.UTF_8);
    assertThat(reopen().table().size()).isOne();
  }

  @Test
  void aFolderIsNoJournal() {
    assertThatThrownBy(() -> JournalStorage.open(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("is a directory");
  }

  @Test
  void aFileIsNoFolderOfAJournal() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> JournalStorage.open(file.resolve("journal.log")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("journal.log")
        .hasMessageContaining(file + " is a file, where a folder is needed");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() {
    Path proc = Path.of("/proc");
    assumeThat(proc).as("a file system in which nobody can create a file").isDirectory();
    assertThatThrownBy(() -> JournalStorage.open(proc.resolve("journal.log")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("/proc/journal.log")
        .hasMessageContaining("choose a path in a folder that can be written");
  }

  @Test
  void aJournalThatWasDeletedMeanwhileIsAnError() throws IOException {
    StudyStorage study = create();
    Files.delete(path());
    assertThatThrownBy(() -> study.commit(List.of(start(0, x(0.5))), Durability.DURABLE))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("deleted");
  }

  @Test
  void aJournalThatWasCutMeanwhileIsAnError() throws IOException {
    StudyStorage study = create();
    study.commit(List.of(start(0, x(0.5))), Durability.DURABLE);
    Files.write(path(), new byte[0]);
    assertThatThrownBy(() -> study.commit(List.of(start(1, x(0.5))), Durability.DURABLE))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("was cut");
  }

  @Test
  void aClosedStorageIsAnError() {
    Storage storage = storage();
    storage.close();
    assertThatThrownBy(() -> storage.find("study"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aDeletedStudyIsGoneAndItsNameFree() throws IOException {
    StudyStorage study = create();
    study.commit(List.of(start(0, x(0.5))), Durability.DURABLE);
    append("{\"op_code\":1,\"worker_id\":\"w\",\"study_id\":0}\n");
    assertThat(storage().studyNames()).isEmpty();
    StudyStorage next = create();
    next.commit(List.of(start(0, x(0.25))), Durability.DURABLE);
    assertThat(reopen().table().configuration(0)).isEqualTo(x(0.25));
    assertThatThrownBy(study::refresh)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("was deleted");
  }

  @Test
  void twoStoragesOfOneFileSeeEachOther() {
    StudyStorage first = create();
    StudyStorage second = reopen();
    for (int i = 0; i < 20; i++) {
      StudyStorage writer = i % 2 == 0 ? first : second;
      writer.refresh();
      assertThat(writer.commit(List.of(start(i, x(0.5))), Durability.VISIBLE)).containsExactly(i);
    }
    first.refresh();
    second.refresh();
    assertThat(trials(first)).isEqualTo(trials(second)).hasSize(20);
  }

  @Test
  void aClaimIsDecidedByTheFile() {
    StudyStorage first = create();
    StudyStorage second = reopen();
    first.commit(List.of(new StudyChange.EnqueueTrial(Map.of(), Map.of())), Durability.DURABLE);
    second.refresh();
    StudyChange claim = new StudyChange.ClaimTrial(0, Configuration.empty(), START);
    assertThat(first.commit(List.of(claim), Durability.VISIBLE)).containsExactly(0);
    assertThat(second.commit(List.of(claim), Durability.VISIBLE)).containsExactly(-1);
    assertThat(second.table().state(0)).isEqualTo(TrialState.RUNNING);
  }

  @Test
  void anInterruptedThreadStillRecords() {
    StudyStorage study = create();
    Thread.currentThread().interrupt();
    try {
      study.commit(List.of(start(0, x(0.5))), Durability.DURABLE);
      study.commit(List.of(finish(0, Outcome.completed(1))), Durability.DURABLE);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(reopen().table().freeze(0).value()).isEqualTo(1);
  }

  @Test
  void aFailedCommitWritesNothing() throws IOException {
    StudyStorage study = create();
    study.commit(List.of(start(0, x(0.5)), finish(0, Outcome.completed(1))), Durability.DURABLE);
    byte[] before = Files.readAllBytes(path());
    assertThatThrownBy(
            () ->
                study.commit(
                    List.of(start(1, x(0.5)), finish(0, Outcome.completed(2))), Durability.DURABLE))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Files.readAllBytes(path())).isEqualTo(before);
  }

  @Test
  void leavesNoLockBehind() throws IOException {
    try (Storage storage = storage()) {
      storage
          .create("study", List.of(Direction.MINIMIZE))
          .commit(List.of(start(0, x(0.5))), Durability.DURABLE);
    }
    try (var files = Files.list(path().getParent())) {
      assertThat(files).containsExactly(path());
    }
  }

  @Test
  void opensAJournalOfTheFirstVersion() throws IOException {
    Files.createDirectories(path().getParent());
    try (InputStream kept = getClass().getResourceAsStream("/journal/version-0.1.log")) {
      Files.copy(Objects.requireNonNull(kept), path());
    }
    StudyStorage expected = Storage.inMemory().create("study", List.of(Direction.MINIMIZE));
    TestStudies.fill(expected);
    StudyStorage study = reopen();
    assertThat(trials(study)).isEqualTo(trials(expected));
    assertThat(study.attributes()).isEqualTo(expected.attributes());
    assertThat(study.systemAttributes()).isEqualTo(expected.systemAttributes());
  }

  @Test
  void aFullDiskLosesNothing() throws Exception {
    Path disk = mount("size=64k");
    try (Storage storage = JournalStorage.open(disk.resolve("journal.log"))) {
      StudyStorage study = storage.create("study", List.of(Direction.MINIMIZE));
      int number = 0;
      StorageException failure = null;
      while (failure == null) {
        try {
          study.commit(
              List.of(start(number, x(0.5)), finish(number, Outcome.completed(number))),
              Durability.DURABLE);
          number++;
        } catch (StorageException e) {
          failure = e;
        }
      }
      assertThat(failure).hasMessageContaining("journal.log").hasMessageContaining("No space");
      StudyStorage again = storage.find("study").orElseThrow();
      assertThat(trials(again)).hasSize(number).isEqualTo(trials(study));
      // Space is made: the same study goes on.
      run("mount", "-o", "remount,size=1m", disk.toString());
      study.commit(List.of(start(number, x(0.5))), Durability.DURABLE);
      assertThat(storage.find("study").orElseThrow().table().size()).isEqualTo(number + 1);
    } finally {
      run("umount", disk.toString());
    }
  }

  @Test
  void aReadOnlyDiskCanBeReadOnly() throws Exception {
    Path disk = mount("size=1m");
    try {
      Path journal = disk.resolve("journal.log");
      try (Storage storage = JournalStorage.open(journal)) {
        storage
            .create("study", List.of(Direction.MINIMIZE))
            .commit(List.of(start(0, x(0.5))), Durability.DURABLE);
      }
      run("mount", "-o", "remount,ro", disk.toString());
      try (Storage storage = JournalStorage.open(journal)) {
        StudyStorage study = storage.find("study").orElseThrow();
        assertThat(study.table().size()).isOne();
        assertThatThrownBy(() -> study.commit(List.of(start(1, x(0.5))), Durability.DURABLE))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("journal.log")
            .hasMessageContaining("Read-only");
      }
      assertThatThrownBy(() -> JournalStorage.open(disk.resolve("new").resolve("journal.log")))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("Read-only");
    } finally {
      run("umount", disk.toString());
    }
  }

  /** A small file system in memory; the test is skipped where this process may not have one. */
  private Path mount(String options) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeThat(System.getProperty("os.name")).as("tmpfs is Linux's").isEqualTo("Linux");
    assumeThat(run("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString()))
        .as("mounting a file system takes a privileged process")
        .isZero();
    return disk;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}

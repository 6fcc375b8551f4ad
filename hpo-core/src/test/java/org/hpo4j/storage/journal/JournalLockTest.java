package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.hpo4j.storage.Jvm;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.WorkerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalLockTest {

  /** A process that ends at once. */
  static final class Nothing {
    private Nothing() {}

    public static void main(String[] arguments) {
      // Its being dead is all that is asked of it.
    }
  }

  private static final Duration LONG = Duration.ofHours(1);

  private final Path journal;
  private final Path file;

  JournalLockTest(@TempDir Path folder) throws IOException {
    this.journal = Files.createFile(folder.resolve("journal.log"));
    this.file = folder.resolve("journal.log.lock");
  }

  private JournalLock lock(String token, Duration grace) {
    return new JournalLock(journal, token, grace);
  }

  @Test
  void isAFileBesideTheJournalThatNamesItsHolder() throws IOException {
    JournalLock lock = lock("me", LONG);
    lock.acquire(() -> {});
    assertThat(file).isRegularFile().hasContent("me");
    lock.release();
    assertThat(file).doesNotExist();
  }

  @Test
  void excludesOthers() throws InterruptedException {
    int count = 200;
    int[] counter = new int[1];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      JournalLock lock = lock("thread" + i, LONG);
      Thread thread =
          new Thread(
              () -> {
                for (int k = 0; k < count; k++) {
                  lock.acquire(() -> {});
                  counter[0]++;
                  lock.release();
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(counter[0]).isEqualTo(4 * count);
  }

  @Test
  void waitsForAHolder() throws IOException, InterruptedException {
    Files.writeString(file, "another");
    CountDownLatch done = new CountDownLatch(1);
    JournalLock lock = lock("me", LONG);
    Thread waiter =
        new Thread(
            () -> {
              lock.acquire(() -> {});
              done.countDown();
            });
    waiter.start();
    while (waiter.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(done.getCount()).isOne();
    Files.delete(file);
    done.await();
    assertThat(file).hasContent("me");
  }

  @Test
  void takesOverTheLockOfADeadProcessAtOnce() throws Exception {
    Process process = Jvm.start(Nothing.class);
    WorkerId living = WorkerId.create();
    String dead =
        new WorkerId(
                living.host(),
                living.boot(),
                living.pidSpace(),
                process.pid(),
                "1",
                living.random())
            .toString();
    process.waitFor();
    Files.writeString(file, dead);
    JournalLock lock = lock("me", LONG);
    lock.acquire(() -> {});
    assertThat(file).hasContent("me");
  }

  @Test
  void waitsForAHolderOfAnotherMachineOfTheSameName() throws IOException {
    WorkerId here = WorkerId.create();
    WorkerId there =
        new WorkerId(here.host(), "0123456789ab", here.pidSpace(), 1, "1", here.random());
    Files.writeString(file, there.toString());
    long began = System.nanoTime();
    AtomicInteger looks = new AtomicInteger();
    lock("me", LONG)
        .acquire(
            () -> {
              // By now the first look would have taken over the lock of a dead process.
              boolean late = System.nanoTime() - began > Duration.ofMillis(50).toNanos();
              if (late && looks.incrementAndGet() == 3) {
                assertThat(file.toFile().delete()).isTrue();
              }
            });
    assertThat(looks).hasValue(3);
    assertThat(file).hasContent("me");
  }

  @Test
  void takesOverALockThatDoesNotChange() throws IOException {
    Files.createFile(file);
    JournalLock lock = lock("me", Duration.ofMillis(50));
    lock.acquire(() -> {});
    assertThat(file).hasContent("me");
  }

  /** As another user makes it whose files are nobody else's; its time can be seen all the same. */
  @Test
  void takesOverALockThatItMayNotRead() throws IOException {
    Files.createFile(file, PosixFilePermissions.asFileAttribute(Set.of()));
    assumeThat(Files.isReadable(file)).as("root may read all files").isFalse();
    JournalLock lock = lock("me", Duration.ofMillis(50));
    lock.acquire(() -> {});
    assertThat(file).hasContent("me");
    lock.release();
  }

  @Test
  void takesOverADanglingLink() throws IOException {
    Files.createSymbolicLink(file, Path.of("no", "such", "file"));
    JournalLock lock = lock("me", Duration.ofMillis(50));
    lock.acquire(() -> {});
    assertThat(file).hasContent("me");
  }

  @Test
  void doesNotReleaseTheLockOfAnother() throws IOException {
    JournalLock lock = lock("me", LONG);
    lock.acquire(() -> {});
    Files.delete(file);
    Files.writeString(file, "another");
    lock.release();
    assertThat(file).hasContent("another");
  }

  @Test
  void anInterruptDoesNotEndTheWait() throws Exception {
    Files.writeString(file, "another");
    CountDownLatch interrupted = new CountDownLatch(1);
    JournalLock lock = lock("me", LONG);
    Thread waiter =
        new Thread(
            () -> {
              lock.acquire(() -> {});
              if (Thread.interrupted()) {
                interrupted.countDown();
              }
            });
    waiter.start();
    waiter.interrupt();
    Files.delete(file);
    interrupted.await();
    assertThat(file).hasContent("me");
  }

  @Test
  void anInterruptedThreadTakesOverALock() throws IOException {
    Files.createFile(file);
    JournalLock lock = lock("me", Duration.ZERO);
    Thread.currentThread().interrupt();
    try {
      lock.acquire(() -> {});
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(file).hasContent("me");
  }

  @Test
  void aFolderThatIsGoneIsAnError() throws IOException {
    JournalLock lock = new JournalLock(journal.resolveSibling("gone").resolve("j"), "me", LONG);
    assertThatThrownBy(() -> lock.acquire(() -> {}))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot create the lock file");
  }

  @Test
  void aTokenThatSomebodyTidiedAwayIsMadeAgain() throws IOException {
    JournalLock lock = lock("me", LONG);
    lock.acquire(() -> {});
    lock.release();
    Files.delete(file.resolveSibling(file.getFileName() + "me.token"));
    lock.acquire(() -> {});
    assertThat(file).hasContent("me");
    assertThat(lock.isOurs()).isTrue();
  }

  @Test
  void thisProcessIsAlive() {
    assertThat(WorkerId.create().isDead()).isFalse();
  }

  @Test
  void whoBeganBeforeTheMachineWasStartedIsDead() {
    WorkerId here = WorkerId.create();
    WorkerId before =
        new WorkerId(here.host(), "0123456789ab", here.pidSpace(), here.pid(), "1", here.random());
    assertThat(before.isDead()).isTrue();
    assertThat(before.hasDiedHere()).isFalse();
  }

  @Test
  void nothingIsKnownOfAnotherMachine() {
    WorkerId here = WorkerId.create();
    WorkerId there =
        new WorkerId(here.host() + "x", here.boot(), here.pidSpace(), 1, "1", here.random());
    assertThat(there.isDead()).isFalse();
  }

  @Test
  void aWorkerIsReadBackFromItsText() {
    WorkerId here = WorkerId.create();
    assertThat(WorkerId.parse(here.toString())).contains(here);
    assertThat(WorkerId.parse("15b4cd11-140634689884224")).isEmpty();
  }
}

package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.hpo4j.storage.StorageException;
import org.junit.jupiter.api.Test;

class GroupSyncTest {

  private static final int THREADS = 4;
  private static final int EACH = 100;

  private final AtomicInteger appends = new AtomicInteger();
  private final AtomicInteger durable = new AtomicInteger();
  private final AtomicInteger syncs = new AtomicInteger();
  private final GroupSync group = new GroupSync(() -> {}, this::sync);

  private void sync() {
    int seen = appends.get();
    syncs.incrementAndGet();
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    durable.set(seen);
  }

  @Test
  void whatAThreadAppendedIsOnTheDiskWhenItGoesOnAndThreadsShareSyncs() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(threads.submit(this::appendAndWait));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(appends).hasValue(THREADS * EACH);
    assertThat(syncs.get()).isLessThan(THREADS * EACH);
  }

  private void appendAndWait() {
    for (int i = 0; i < EACH; i++) {
      int mine = appends.incrementAndGet();
      group.appended(false);
      group.await();
      assertThat(durable.get()).isGreaterThanOrEqualTo(mine);
    }
  }

  @Test
  void whatIsDurableAlreadyNeedsNoSync() {
    group.appended(true);
    group.await();
    assertThat(syncs).hasValue(0);
  }

  @Test
  void aSyncThatFailedIsNotRepeated() {
    AtomicInteger tried = new AtomicInteger();
    GroupSync broken =
        new GroupSync(
            () -> {},
            () -> {
              tried.incrementAndGet();
              throw new StorageException("no disk");
            });
    broken.appended(false);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(broken::await)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("no disk")
          .hasMessageContaining("open the journal again");
    }
    assertThat(tried).hasValue(1);
  }
}

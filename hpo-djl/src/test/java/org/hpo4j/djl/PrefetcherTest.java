package org.hpo4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PrefetcherTest {

  @Test
  void batchesComeInOrderAlthoughTheyAreLoadedTogether() throws Exception {
    // The first batch is not done before the second one has begun.
    CountDownLatch second = new CountDownLatch(1);
    BatchSource source =
        source(
            3,
            (epoch, batch) -> {
              if (epoch == 0 && batch == 0) {
                assertThat(second.await(1, TimeUnit.MINUTES)).isTrue();
              }
              if (batch == 1) {
                second.countDown();
              }
            });
    List<Integer> examples = new ArrayList<>();
    try (Prefetcher batches = new Prefetcher(source, 2, 2)) {
      for (int i = 0; i < 6; i++) {
        examples.add(batches.next().examples());
      }
    }
    assertThat(examples).containsExactly(1, 2, 3, 11, 12, 13);
  }

  @Test
  void noMoreThanTwiceTheThreadsAreLoadedAhead() throws Exception {
    AtomicInteger loaded = new AtomicInteger();
    BatchSource source = source(100, (epoch, batch) -> loaded.incrementAndGet());
    try (Prefetcher batches = new Prefetcher(source, 1, 2)) {
      batches.next();
      // One was taken, four more may be under way.
      assertThat(loaded.get()).isLessThanOrEqualTo(5);
    }
    assertThat(loaded.get()).isLessThanOrEqualTo(5);
  }

  @Test
  void aSourceWithoutBatchesIsRefused() {
    assertThatThrownBy(() -> new Prefetcher(source(0, (epoch, batch) -> {}), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the source has 0 batches an epoch, must have at least 1");
  }

  private interface OnLoad {
    void run(int epoch, int batch) throws InterruptedException;
  }

  /** Batches whose number of examples says which they are. */
  private static BatchSource source(int batches, OnLoad onLoad) {
    return new BatchSource() {
      @Override
      public int batches() {
        return batches;
      }

      @Override
      public Batch load(int epoch, int batch) {
        try {
          onLoad.run(epoch, batch);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        int examples = 10 * epoch + batch + 1;
        return Batch.of(
            ArrayData.of(new float[examples], examples, 1),
            ArrayData.of(new long[examples], examples));
      }
    };
  }
}

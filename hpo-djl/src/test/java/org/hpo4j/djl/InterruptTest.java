package org.hpo4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A study gives an interrupted trial back; it must be able to tell it from a failed one. */
class InterruptTest {

  private interface OnLoad {
    void run() throws IOException;
  }

  @AfterEach
  void clearFlag() {
    Thread.interrupted();
  }

  @Test
  void anInterruptBetweenBatchesGivesTheTrialBack() throws IOException {
    Study study = optimize(5, Thread.currentThread()::interrupt);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(study.trials()).extracting(FrozenTrial::state).containsExactly(TrialState.WAITING);
  }

  @Test
  void anInterruptThatClosesAFileGivesTheTrialBack() throws IOException {
    Study study =
        optimize(
            1,
            () -> {
              throw new ClosedByInterruptException();
            });
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(study.trials()).extracting(FrozenTrial::state).containsExactly(TrialState.WAITING);
  }

  @Test
  void aTimeoutOfTheFirstBatchIsNone() {
    assertThatThrownBy(
            () ->
                optimize(
                    1,
                    () -> {
                      throw new SocketTimeoutException("too slow");
                    }))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("too slow");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aTimeoutOfALoadingThreadIsNone() {
    assertThatThrownBy(
            () -> run(DjlObjectiveTest.failingAt(3, new SocketTimeoutException("too slow"))))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("too slow");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  /** Runs one trial; {@code onLoad} runs on its own thread. */
  private static Study optimize(int batches, OnLoad onLoad) throws IOException {
    Thread trialThread = Thread.currentThread();
    BatchSource source = Points.batches(batches, 1);
    return run(
        new BatchSource() {
          @Override
          public int batches() {
            return batches;
          }

          @Override
          public Batch load(int epoch, int batch) throws IOException {
            if (Thread.currentThread() == trialThread) {
              onLoad.run();
            }
            return source.load(epoch, batch);
          }
        });
  }

  private static Study run(BatchSource training) throws IOException {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.optimize(Points.objective().training(training).build(), RunOptions.trials(1));
    return study;
  }
}

package org.hpo4j.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.TrialPrunedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TInt32;

/** However a training ends, its native memory and its threads are gone when it has. */
class ResourceTest {
  private long nativeObjects;

  @BeforeEach
  void countNativeObjects() throws IOException {
    // The engine keeps a few objects for ever once it has run.
    run(Points.objective().build());
    nativeObjects = Pointer.totalCount();
  }

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(nativeObjects);
    assertThat(loaderThreads()).isEmpty();
  }

  @Test
  void theCountShowsAnOpenSession() throws IOException {
    try (NetworkSession<TInt32> session = open(Points.network(Points::line))) {
      assertThat(session.parameterCount()).isEqualTo(4);
      assertThat(Pointer.totalCount()).isGreaterThan(nativeObjects);
    }
  }

  @Test
  void afterACompleteTraining() throws IOException {
    run(Points.objective().build());
  }

  @Test
  void afterPruning() throws IOException {
    Training<TInt32> training = training(Points.batches(5, 1));
    try (NetworkSession<TInt32> session = open(Points.network(Points::line))) {
      assertThatThrownBy(
              () ->
                  training.run(
                      session,
                      epoch -> {
                        throw new TrialPrunedException("pruned");
                      }))
          .isInstanceOf(TrialPrunedException.class);
    }
  }

  @Test
  void afterAnUnreadableBatch() {
    assertThatThrownBy(
            () ->
                run(
                    Points.objective()
                        .training(TensorFlowObjectiveTest.failingAt(3, new IOException("damaged")))
                        .build()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void afterABatchOfAnotherShape() {
    BatchSource<TInt32> wrong =
        new BatchSource<>() {
          @Override
          public int batches() {
            return 2;
          }

          @Override
          public Batch<TInt32> load(int epoch, int batch) {
            int width = 2 + batch;
            return new Batch<>(
                TensorData.of(new float[width], 1, width), TensorData.of(new int[1], 1));
          }
        };
    assertThatThrownBy(() -> run(Points.objective().training(wrong).build()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void afterAModelThatCannotBeBuilt() {
    assertThatThrownBy(
            () ->
                open(
                    Points.network(
                        variables -> {
                          Points.line(variables);
                          return Points.line(variables);
                        })))
        .hasMessage("variable 'line/weights' was already added");
  }

  @Test
  void afterAnInterrupt() throws IOException {
    Training<TInt32> training = training(Points.batches(5, 1));
    try (NetworkSession<TInt32> session = open(Points.network(Points::line))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> training.run(session, epoch -> true))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void run(TensorFlowObjective<TInt32> objective) throws IOException {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.optimize(objective, RunOptions.trials(1));
  }

  private static Training<TInt32> training(BatchSource<TInt32> batches) {
    return new Training<>(batches, Points.batches(1, 2), LearningRate.constant(0.01), 3, 2);
  }

  private static NetworkSession<TInt32> open(Network<TInt32> network) throws IOException {
    return NetworkSession.open(
        network,
        Points.batches(1, 1).load(0, 0),
        name -> new SplittableRandom(1),
        DeviceOptions.cpu());
  }

  /** A thread whose pool has ended may take a moment to end itself, on a busy machine. */
  private static List<String> loaderThreads() throws InterruptedException {
    List<Thread> loaders =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("hpo4j-loader"))
            .toList();
    for (Thread loader : loaders) {
      loader.join(1_000);
    }
    return loaders.stream().filter(Thread::isAlive).map(Thread::getName).toList();
  }
}

package org.hpo4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.loss.Loss;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.SplittableRandom;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.TrialPrunedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However a training ends, its native memory and its threads are gone when it has. */
class ResourceTest {
  private int arrays;

  @BeforeEach
  void countArrays() throws IOException {
    // The engine keeps a few objects for ever once it has run.
    run(Points.objective().build());
    arrays = arrays();
  }

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    assertThat(arrays()).isEqualTo(arrays);
    assertThat(loaderThreads()).isEmpty();
  }

  @Test
  void theCountShowsAnOpenModel() throws IOException {
    try (DjlModel model = open(Points.line())) {
      assertThat(model.parameterCount()).isEqualTo(4);
      assertThat(arrays()).isGreaterThan(arrays);
    }
  }

  @Test
  void afterACompleteTraining() throws IOException {
    run(Points.objective().build());
  }

  @Test
  void afterPruning() throws IOException {
    Training training = training(Points.batches(5, 1));
    try (DjlModel model = open(Points.line())) {
      assertThatThrownBy(
              () ->
                  training.run(
                      model,
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
                        .training(DjlObjectiveTest.failingAt(3, new IOException("damaged")))
                        .build()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void afterABatchOfAnotherShape() {
    BatchSource wrong =
        new BatchSource() {
          @Override
          public int batches() {
            return 2;
          }

          @Override
          public Batch load(int epoch, int batch) {
            int width = 2 + batch;
            return Batch.of(ArrayData.of(new float[width], 1, width), ArrayData.of(new long[1], 1));
          }
        };
    assertThatThrownBy(() -> run(Points.objective().training(wrong).build()))
        .isInstanceOf(EngineException.class);
  }

  @Test
  void afterAModelThatCannotBeBuilt() {
    Block block =
        new SequentialBlock()
            .add(Points.line())
            .add(Linear.builder().setUnits(Long.MAX_VALUE / 8).build());
    assertThatThrownBy(() -> open(block)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void afterAnInterrupt() throws IOException {
    Training training = training(Points.batches(5, 1));
    try (DjlModel model = open(Points.line())) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> training.run(model, epoch -> true))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void run(DjlObjective objective) throws IOException {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.optimize(objective, RunOptions.trials(1));
  }

  private static Training training(BatchSource batches) {
    return Training.builder(batches, Points.batches(1, 2), Loss.softmaxCrossEntropyLoss())
        .epochs(3)
        .loaders(2)
        .build();
  }

  private static DjlModel open(Block block) {
    return DjlModel.open(block, name -> new SplittableRandom(1), Device.cpu(), new Shape(1, 2));
  }

  /** All arrays of the engine, whoever has them. */
  private static int arrays() {
    try (NDManager manager = NDManager.newBaseManager()) {
      return manager.getParentManager().getManagedArrays().size();
    }
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

package org.hpo4j.djl;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.loss.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Trains for some hundred steps and prints the process's resident memory, in kB, on the way. */
final class MemoryProbe {
  private static final int BATCH = 16;
  private static final int SIDE = 48;
  private static final int STEPS_OF_AN_EPOCH = 50;

  private MemoryProbe() {}

  public static void main(String[] args) throws IOException {
    BatchSource batches = batches(STEPS_OF_AN_EPOCH);
    Training training =
        Training.builder(batches, batches(1), Loss.l2Loss()).epochs(Integer.parseInt(args[0])).build();
    try (DjlModel model =
        DjlModel.open(
            network(),
            name -> new SplittableRandom(1),
            Device.cpu(),
            new Shape(BATCH, 3, SIDE, SIDE))) {
      training.run(
          model,
          epoch -> {
            System.out.println("steps " + epoch.number() * STEPS_OF_AN_EPOCH + " kB " + resident());
            return true;
          });
    }
  }

  private static Block network() {
    return new SequentialBlock()
        .add(conv(8))
        .add(BatchNorm.builder().build())
        .add(Activation::relu)
        .add(conv(1));
  }

  private static Block conv(int filters) {
    return Conv2d.builder()
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(1, 1))
        .setFilters(filters)
        .build();
  }

  /** A batch takes 0.6 MB: 500 of them would be seen. */
  private static BatchSource batches(int count) {
    return new BatchSource() {
      @Override
      public int batches() {
        return count;
      }

      @Override
      public Batch load(int epoch, int batch) {
        return Batch.of(
            ArrayData.of(new float[BATCH * 3 * SIDE * SIDE], BATCH, 3, SIDE, SIDE),
            ArrayData.of(new float[BATCH * SIDE * SIDE], BATCH, 1, SIDE, SIDE));
      }
    };
  }

  private static long resident() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }
  }
}

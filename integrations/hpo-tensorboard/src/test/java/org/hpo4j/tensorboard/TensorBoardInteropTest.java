package org.hpo4j.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialPrunedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event files, read by the real TensorBoard. */
@Tag("interop")
class TensorBoardInteropTest {

  private final Path folder;
  private final TensorBoardPeer tensorBoard;

  TensorBoardInteropTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.tensorBoard = TensorBoardPeer.install();
  }

  private SummaryWriter open() {
    return SummaryWriter.open(folder.resolve("run"));
  }

  private static Object at(Object map, Object... path) {
    Object place = map;
    for (Object key : path) {
      place =
          place instanceof List<?> list
              ? list.get((Integer) key)
              : Objects.requireNonNull(((Map<?, ?>) place).get(key), () -> key + " in " + map);
    }
    return place;
  }

  private Object loaded(Object... path) throws IOException {
    return at(at(tensorBoard.load(folder), "run"), path);
  }

  // ---- The event loader ----

  @Test
  void scalarsAreEqual() throws IOException {
    try (SummaryWriter writer = open()) {
      writer.scalar("loss", 0, 0.1);
      writer.scalar("loss", 5_000_000_000L, -1e-20);
      writer.scalar("loss", 5_000_000_001L, Double.POSITIVE_INFINITY);
    }

    assertThat(loaded("scalars", "loss"))
        .isEqualTo(
            List.of(
                List.of(0L, (double) 0.1f),
                List.of(5_000_000_000L, (double) -1e-20f),
                List.of(5_000_000_001L, Double.POSITIVE_INFINITY)));
  }

  @Test
  void histogramsAreEqual() throws IOException {
    double[] values = new Random(3).doubles(1000, -0.3, 0.7).toArray();
    try (SummaryWriter writer = open()) {
      writer.histogram("kernel", 4, values);
    }

    Object histogram = loaded("histograms", "kernel", 0);
    assertThat(at(histogram, "step")).isEqualTo(4L);
    assertThat(at(histogram, "min")).isEqualTo(Arrays.stream(values).min().orElseThrow());
    assertThat(at(histogram, "max")).isEqualTo(Arrays.stream(values).max().orElseThrow());
    assertThat(at(histogram, "num")).isEqualTo(1000.0);
    assertThat((Double) at(histogram, "sum")).isCloseTo(Arrays.stream(values).sum(), within(1e-9));
    assertThat((Double) at(histogram, "sum_squares"))
        .isCloseTo(Arrays.stream(values).map(v -> v * v).sum(), within(1e-9));
    List<?> limits = (List<?>) at(histogram, "bucket_limit");
    List<Double> counts = new ArrayList<>();
    double lower = Double.NEGATIVE_INFINITY;
    for (Object limit : limits) {
      double from = lower;
      double to = (Double) limit;
      counts.add((double) Arrays.stream(values).filter(v -> v >= from && v < to).count());
      lower = to;
    }
    assertThat(at(histogram, "bucket")).isEqualTo(counts);
  }

  @Test
  void imagesAreEqual() throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 0, 0xff8001);
    try (SummaryWriter writer = open()) {
      writer.image("picture", 2, image);
    }

    assertThat(loaded("images", "picture", 0))
        .isEqualTo(
            Map.of(
                "step", 2L,
                "width", 2L,
                "height", 2L,
                "pixels",
                    List.of(
                        List.of(0L, 0L, 0L),
                        List.of(255L, 128L, 1L),
                        List.of(0L, 0L, 0L),
                        List.of(0L, 0L, 0L))));
  }

  @Test
  void textIsEqual() throws IOException {
    try (SummaryWriter writer = open()) {
      writer.text("note", 1, "**größer** \u4e2d");
    }

    assertThat(loaded("texts", "note")).isEqualTo(List.of(List.of(1L, "**größer** \u4e2d")));
  }

  @Test
  void theGraphIsEqual() throws IOException {
    try (SummaryWriter writer = open()) {
      writer.graph(
          List.of(
              GraphNode.of("input", "Input").withOutputShape(-1, 3),
              GraphNode.of("dense", "Dense", "input")
                  .with("units", 8)
                  .with("rate", 0.5)
                  .with("bias", true)
                  .with("activation", "relu")
                  .with("shape", new long[] {3, 8})));
    }

    assertThat(loaded("graph"))
        .isEqualTo(
            List.of(
                Map.of(
                    "name",
                    "input",
                    "op",
                    "Input",
                    "inputs",
                    List.of(),
                    "attributes",
                    Map.of("_output_shapes", List.of(List.of(-1L, 3L)))),
                Map.of(
                    "name",
                    "dense",
                    "op",
                    "Dense",
                    "inputs",
                    List.of("input"),
                    "attributes",
                    Map.of(
                        "units",
                        8L,
                        "rate",
                        0.5,
                        "bias",
                        true,
                        "activation",
                        "relu",
                        "shape",
                        List.of(3L, 8L)))));
  }

  @Test
  void aTornRecordIsPassedOver() throws IOException {
    try (SummaryWriter writer = open()) {
      writer.scalar("loss", 0, 1);
      writer.scalar("loss", 1, 2);
    }
    Path killed = RunReader.files(folder.resolve("run")).get(0);
    byte[] bytes = Files.readAllBytes(killed);
    Files.write(killed, Arrays.copyOf(bytes, bytes.length - 7));
    try (SummaryWriter writer = open()) {
      writer.scalar("loss", 2, 3);
    }

    assertThat(loaded("scalars", "loss")).isEqualTo(List.of(List.of(0L, 1.0), List.of(2L, 3.0)));
  }

  @Test
  void aRestartForgetsTheStepsFromThereOn() throws IOException {
    try (SummaryWriter writer = open()) {
      for (int step = 0; step < 5; step++) {
        writer.scalar("loss", step, step);
        writer.scalar("other", step, step);
      }
    }
    try (SummaryWriter writer = open()) {
      writer.restart(2);
      writer.scalar("loss", 2, 20);
    }

    assertThat(loaded("scalars", "loss"))
        .isEqualTo(List.of(List.of(0L, 0.0), List.of(1L, 1.0), List.of(2L, 20.0)));
    assertThat(loaded("scalars", "other")).isEqualTo(List.of(List.of(0L, 0.0), List.of(1L, 1.0)));
  }

  // ---- The server ----

  private static Study study(boolean declared) {
    var builder = Study.named("net").minimize("loss").sampler(RandomSampler.ofDefaults()).seed(5);
    return declared
        ? builder
            .space(
                SearchSpace.of(
                    Parameters.logUniform("rate", 1e-4, 1),
                    Parameters.integer("units", 4, 64),
                    Parameters.bool("bias"),
                    Parameters.choice("kind", "tanh", "relu")))
            .create()
        : builder.create();
  }

  private static double train(Trial trial) {
    double rate = trial.logUniform("rate", 1e-4, 1);
    trial.integer("units", 4, 64);
    trial.bool("bias");
    trial.choice("kind", "tanh", "relu");
    for (int epoch = 0; epoch < 3; epoch++) {
      trial.report(epoch, rate / (1 + epoch));
      trial.report("accuracy", epoch, epoch);
    }
    if (trial.number() == 1) {
      throw new TrialPrunedException("enough");
    }
    if (trial.number() == 2) {
      throw new IllegalStateException("broken");
    }
    return rate;
  }

  private Study run(boolean declared) {
    Study study = study(declared);
    try (TensorBoardListener listener = TensorBoardListener.of(folder)) {
      study.optimize(
          TensorBoardInteropTest::train,
          RunOptions.trials(4).tolerating(IllegalStateException.class).withListener(listener));
    }
    return study;
  }

  private void requireRows(Study study) throws IOException {
    List<?> rows = (List<?>) at(tensorBoard.serve(folder), "rows");
    assertThat(rows).hasSize(study.trialCount());
    for (Object row : rows) {
      String name = (String) at(row, "name");
      FrozenTrial trial = study.trial(Integer.parseInt(name.replaceFirst("\\D+", "")));
      for (Map.Entry<String, Object> value : trial.configuration().toMap().entrySet()) {
        assertThat(at(row, "hparams", value.getKey()))
            .as("%s of %s", value.getKey(), name)
            .isEqualTo(
                value.getValue() instanceof Number number
                    ? number.doubleValue()
                    : value.getValue());
      }
      assertThat(at(row, "metrics", "accuracy")).isEqualTo(2.0);
      assertThat(at(row, "status"))
          .isEqualTo(
              switch (trial.state()) {
                case COMPLETE -> "STATUS_SUCCESS";
                case FAILED -> "STATUS_FAILURE";
                default -> "STATUS_UNKNOWN";
              });
      if (trial.outcome().orElseThrow().state().isRanked() && trial.number() != 1) {
        assertThat((Double) at(row, "metrics", "final/loss"))
            .isCloseTo(trial.value(), within(1e-6));
      }
    }
  }

  @Test
  void theTableHasARowATrialOfADeclaredSpace() throws IOException {
    requireRows(run(true));
  }

  @Test
  void theTableHasARowATrialDefinedByRunning() throws IOException {
    requireRows(run(false));
  }

  @Test
  void theServerShowsEveryKindOfData() throws IOException {
    try (SummaryWriter writer = open()) {
      writer.scalar("loss", 0, 1);
      writer.histogram("kernel", 7, new float[] {0.5f, 0.5f, -2});
      writer.image("picture", 0, new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY));
      writer.text("note", 0, "text");
      writer.graph(List.of(GraphNode.of("input", "Input")));
    }

    Map<?, ?> shown = tensorBoard.serve(folder);
    assertThat(at(shown, "runs")).isEqualTo(List.of("run"));
    assertThat(at(shown, "scalars", "run", "loss")).isNotNull();
    assertThat(at(shown, "images", "run", "picture")).isNotNull();
    assertThat(at(shown, "texts", "run")).isEqualTo(List.of("note"));
    assertThat(at(shown, "graphs", "run", "run_graph")).isEqualTo(true);
    List<?> buckets = (List<?>) at(shown, "histograms", "run", "kernel", 0, 2);
    // From the minimum to the maximum, with a gap between.
    assertThat(buckets).hasSize(3);
    assertThat(at(buckets, 0, 0)).isEqualTo(-2.0);
    assertThat(at(buckets, 0, 2)).isEqualTo(1.0);
    assertThat(at(buckets, 1, 2)).isEqualTo(0.0);
    assertThat(at(buckets, 2, 1)).isEqualTo(0.5);
    assertThat(at(buckets, 2, 2)).isEqualTo(2.0);
  }
}

package org.hpo4j.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryWriterTest {

  private final Path folder;

  SummaryWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private SummaryWriter open() {
    return SummaryWriter.open(folder);
  }

  @Test
  void theFileIsNamedAsTensorBoardExpects() throws IOException {
    open().close();

    assertThat(RunReader.files(folder))
        .singleElement()
        .extracting(file -> file.getFileName().toString())
        .asString()
        .matches("events\\.out\\.tfevents\\.\\d{10}\\.[A-Za-z0-9-]+\\.\\d+");
  }

  @Test
  void theFirstEventIsTheVersionOfTheFormat() throws IOException {
    open().close();

    assertThat(
            RunReader.bytes(RunReader.eventsOf(folder).get(0), Fields.EVENT_FILE_VERSION)
                .toStringUtf8())
        .isEqualTo("brain.Event:2");
  }

  @Test
  void anEventIsThereBeforeTheWriterIsClosed() throws IOException {
    try (SummaryWriter writer = open()) {
      writer.scalar("loss", 3, 0.5);

      assertThat(RunReader.values(folder, "loss"))
          .singleElement()
          .satisfies(value -> assertThat(value.step()).isEqualTo(3))
          .satisfies(value -> assertThat(value.scalar()).isEqualTo(0.5));
    }
  }

  @Test
  void aSecondWriterTakesAFileThatSortsAfterTheFirst() throws IOException {
    Path later = folder.resolve("events.out.tfevents.9000000000.host.1");
    Files.createFile(later);

    open().close();

    assertThat(RunReader.files(folder)).hasSize(2).first().isEqualTo(later);
  }

  @Test
  void writersAtTheSameTimeTakeDifferentFiles() throws IOException {
    try (SummaryWriter first = open();
        SummaryWriter second = open()) {
      first.scalar("a", 0, 1);
      second.scalar("b", 0, 2);
    }

    assertThat(RunReader.files(folder)).hasSize(2);
    assertThat(RunReader.tags(folder)).containsExactly("a", "b");
  }

  @Test
  void severalThreadsWriteWholeRecords() throws Exception {
    int threads = 4;
    int each = 500;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> tasks = new ArrayList<>();
    try (SummaryWriter writer = open()) {
      for (int t = 0; t < threads; t++) {
        String tag = "thread" + t;
        tasks.add(
            pool.submit(
                () -> {
                  for (int step = 0; step < each; step++) {
                    writer.scalar(tag, step, step);
                  }
                }));
      }
      for (Future<?> task : tasks) {
        task.get(1, TimeUnit.MINUTES);
      }
    } finally {
      pool.shutdownNow();
    }

    for (int t = 0; t < threads; t++) {
      assertThat(RunReader.values(folder, "thread" + t).stream().map(RunReader.Value::scalar))
          .hasSize(each)
          .isSorted();
    }
  }

  @Test
  void aThreadThatIsInterruptedWritesOn() throws IOException {
    try (SummaryWriter writer = open()) {
      Thread.currentThread().interrupt();
      writer.scalar("a", 0, 1);
      assertThat(Thread.interrupted()).isTrue();
      writer.scalar("a", 1, 1);
    }

    assertThat(RunReader.values(folder, "a")).hasSize(2);
  }

  @Test
  void anImageComesBackPixelByPixel() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(2, 1, 0x12fe80);
    try (SummaryWriter writer = open()) {
      writer.image("picture", 0, image);
    }

    var fields =
        RunReader.message(RunReader.values(folder, "picture").get(0).fields(), Fields.VALUE_IMAGE);
    assertThat(fields.getField(Fields.IMAGE_HEIGHT).getVarintList()).containsExactly(2L);
    assertThat(fields.getField(Fields.IMAGE_WIDTH).getVarintList()).containsExactly(3L);
    assertThat(fields.getField(Fields.IMAGE_COLORSPACE).getVarintList()).containsExactly(3L);
    BufferedImage read =
        ImageIO.read(
            new ByteArrayInputStream(RunReader.bytes(fields, Fields.IMAGE_ENCODED).toByteArray()));
    assertThat(read.getRGB(2, 1) & 0xffffff).isEqualTo(0x12fe80);
  }

  @Test
  void weightsThatAreNotFiniteAreCountedBesideTheHistogram() throws IOException {
    try (SummaryWriter writer = open()) {
      writer.histogram("w", 1, new float[] {1, Float.NaN, Float.POSITIVE_INFINITY});
      writer.histogram("lost", 1, new double[] {Double.NaN});
    }

    assertThat(RunReader.tags(folder)).containsExactly("w", "w/not_finite", "lost/not_finite");
    assertThat(RunReader.values(folder, "w/not_finite").get(0).scalar()).isEqualTo(2);
  }

  @Test
  void aBlankTagIsRefused() {
    try (SummaryWriter writer = open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.scalar(" ", 0, 1))
          .withMessage("tag must not be blank; got ' '");
    }
  }

  @Test
  void aNegativeStepIsRefused() {
    try (SummaryWriter writer = open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.text("note", -1, "text"))
          .withMessage("step must be at least 0, got -1");
    }
  }

  @Test
  void aGraphWithAnUnknownInputIsRefused() {
    try (SummaryWriter writer = open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.graph(List.of(GraphNode.of("conv", "Conv2d", "input"))))
          .withMessage("node 'conv': no node is called 'input', its input");
    }
  }

  @Test
  void twoNodesOfOneNameAreRefused() {
    try (SummaryWriter writer = open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> writer.graph(List.of(GraphNode.of("a", "Input"), GraphNode.of("a", "Relu"))))
          .withMessage("two nodes are called 'a'");
    }
  }

  @Test
  void anAttributeOfAnotherTypeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GraphNode.of("a", "Input").with("k", new int[1]))
        .withMessage(
            "node 'a': attribute 'k' must be text, a number, a boolean or a shape (long[]); got"
                + " [I");
  }

  @Test
  void aClosedWriterRefuses() {
    SummaryWriter writer = open();
    writer.close();
    writer.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> writer.scalar("a", 0, 1))
        .withMessage("the writer of " + folder + " is closed");
  }

  @Test
  void aFolderThatIsAFileIsTold() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> SummaryWriter.open(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("could not write the event file in " + file);
  }
}

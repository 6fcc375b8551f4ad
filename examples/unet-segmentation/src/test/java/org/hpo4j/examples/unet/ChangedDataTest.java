package org.hpo4j.examples.unet;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study goes on with the images that it was begun on, and with no others. */
class ChangedDataTest {
  private static final int SIZE = 32;

  private Path folder = Path.of("");

  /** A study that has looked at its data; its one trial failed, so that nothing is trained here. */
  @BeforeEach
  void aStudyOnThreeTiles(@TempDir Path empty) throws IOException {
    folder = empty;
    for (String name : new String[] {"a", "b", "c"}) {
      tile(name, 0x808080, 255);
    }
    Path run = Files.createDirectories(folder.resolve("run"));
    try (Storage journal = JournalStorage.open(RunFolder.journal(run))) {
      Study.named("building-footprints")
          .minimize("validation_loss")
          .sampler(TpeSampler.ofDefaults())
          .seed(42)
          .storage(journal)
          .createOrResume()
          .optimize(
              trial -> {
                throw new TrialFailedException(FailureReason.NOT_A_NUMBER, "loss is NaN");
              },
              RunOptions.trials(1));
    }
    assertGoesOn();
  }

  private void tile(String name, int colour, int mark) throws IOException {
    Path images = Files.createDirectories(folder.resolve("data/images"));
    Path masks = Files.createDirectories(folder.resolve("data/masks"));
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    image.setRGB(9, 9, colour);
    ImageIO.write(image, "png", images.resolve(name + ".png").toFile());
    BufferedImage mask = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    mask.getRaster().setSample(9, 9, 0, mark);
    ImageIO.write(mask, "png", masks.resolve(name + ".png").toFile());
  }

  @Test
  void theSameDataGoOn() {
    assertGoesOn();
  }

  @Test
  void aChangedPixelIsRefused() throws IOException {
    tile("b", 0x808180, 255);
    assertRefused();
    tile("b", 0x808080, 255);
    assertGoesOn();
  }

  @Test
  void aChangedMaskIsRefused() throws IOException {
    tile("b", 0x808080, 0);
    assertRefused();
  }

  @Test
  void anAddedTileIsRefused() throws IOException {
    tile("d", 0x808080, 255);
    assertRefused();
  }

  private void assertGoesOn() {
    assertThat(run().err).contains("none of 1 trials was completed");
  }

  private void assertRefused() {
    Run run = run();
    assertThat(run.code).isEqualTo(2);
    assertThat(run.err.lines()).hasSize(1);
    assertThat(run.err).contains("can't be resumed", "its data have changed", "--out");
  }

  private record Run(int code, String err) {}

  private Run run() {
    String[] arguments = {
      "--profile",
      "smoke",
      "--trials",
      "1",
      "--data",
      folder.resolve("data").toString(),
      "--out",
      folder.resolve("run").toString()
    };
    StringWriter err = new StringWriter();
    int code =
        UnetStudy.execute(
            arguments, new PrintWriter(new StringWriter()), new PrintWriter(err, true));
    return new Run(code, err.toString());
  }
}

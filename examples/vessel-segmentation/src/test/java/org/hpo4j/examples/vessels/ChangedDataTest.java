package org.hpo4j.examples.vessels;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study goes on with the photographs that it was begun on, and with no others. */
class ChangedDataTest {
  private static final int SIZE = 64;

  private Path folder = Path.of("");

  /** A study that has looked at its data; its one trial failed, so that nothing is trained here. */
  @BeforeEach
  void aStudyOnThreePatients(@TempDir Path empty) throws IOException {
    folder = empty;
    for (String patient : new String[] {"01", "02", "03"}) {
      photograph(patient, 0x808080, 0xFFFFFF);
    }
    Path run = Files.createDirectories(folder.resolve("run"));
    try (Storage journal = JournalStorage.open(RunFolder.journal(run))) {
      Profile sizes = Profile.of(Profile.Name.SMOKE);
      StudyRun.study(journal, new VesselSpace(sizes.levels(), sizes.residual()), 42)
          .optimize(
              trial -> {
                throw new TrialFailedException(FailureReason.NOT_A_NUMBER, "loss is NaN");
              },
              RunOptions.trials(1));
    }
    assertGoesOn();
  }

  private void photograph(String patient, int colour, int mark) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    int[] pixels = new int[SIZE * SIZE];
    Arrays.fill(pixels, 0x808080);
    pixels[9] = colour;
    write(pixels, data.resolve("Image_" + patient + "L.png"));
    Arrays.fill(pixels, 0);
    pixels[9] = mark;
    write(pixels, data.resolve("Image_" + patient + "L_1stHO.png"));
  }

  private static void write(int[] pixels, Path file) throws IOException {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, SIZE, SIZE, pixels, 0, SIZE);
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void theSameDataGoOn() {
    assertGoesOn();
  }

  @Test
  void aChangedPixelIsRefused() throws IOException {
    photograph("02", 0x808180, 0xFFFFFF);
    assertRefused();
    photograph("02", 0x808080, 0xFFFFFF);
    assertGoesOn();
  }

  @Test
  void aChangedMaskIsRefused() throws IOException {
    photograph("02", 0x808080, 0);
    assertRefused();
  }

  @Test
  void anAddedPhotographIsRefused() throws IOException {
    photograph("04", 0x808080, 0xFFFFFF);
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
      "--profile", "smoke",
      "--trials", "1",
      "--reduction", "1",
      "--data", folder.resolve("data").toString(),
      "--out", folder.resolve("run").toString()
    };
    StringWriter err = new StringWriter();
    int code =
        VesselStudy.execute(
            arguments, new PrintWriter(new StringWriter()), new PrintWriter(err, true));
    return new Run(code, err.toString());
  }
}

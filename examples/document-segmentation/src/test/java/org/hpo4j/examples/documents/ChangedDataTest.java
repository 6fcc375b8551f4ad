package org.hpo4j.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangedDataTest {
  private static final int SIZE = 32;

  @Test
  void aStudyGoesOnWithTheScansThatItWasBegunOnAlone(@TempDir Path folder) throws IOException {
    for (String name : new String[] {"a", "b", "c"}) {
      scan(folder, name, 0x808080, 255);
    }
    assertThat(run(folder).code).isZero();
    byte[] results = Files.readAllBytes(folder.resolve("run/results.json"));

    scan(folder, "b", 0x808180, 255);
    assertRefused(folder, "a changed pixel");
    scan(folder, "b", 0x808080, 0);
    assertRefused(folder, "a changed mask");
    scan(folder, "b", 0x808080, 255);
    scan(folder, "d", 0x808080, 255);
    assertRefused(folder, "an added scan");

    Files.delete(folder.resolve("data/images/d.png"));
    Files.delete(folder.resolve("data/masks/stamp/d.png"));
    Run same = run(folder);
    assertThat(same.code).as(same.err).isZero();
    assertThat(folder.resolve("run/results.json")).hasBinaryContent(results);
  }

  private static void scan(Path folder, String name, int colour, int mark) throws IOException {
    Path images = Files.createDirectories(folder.resolve("data/images"));
    Path masks = Files.createDirectories(folder.resolve("data/masks/stamp"));
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    image.setRGB(9, 9, colour);
    ImageIO.write(image, "png", images.resolve(name + ".png").toFile());
    BufferedImage mask = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    mask.getRaster().setSample(9, 9, 0, mark);
    mask.getRaster().setSample(20, 9, 0, 255);
    ImageIO.write(mask, "png", masks.resolve(name + ".png").toFile());
  }

  private static void assertRefused(Path folder, String why) {
    Run run = run(folder);
    assertThat(run.code).as(why).isEqualTo(2);
    assertThat(run.err.lines()).as(why).hasSize(1);
    assertThat(run.err).as(why).contains("can't be resumed", "its data have changed", "--out");
  }

  private record Run(int code, String err) {}

  private static Run run(Path folder) {
    String[] arguments = {
      "--profile",
      "smoke",
      "--repetitions",
      "1",
      "--data",
      folder.resolve("data").toString(),
      "--out",
      folder.resolve("run").toString()
    };
    StringWriter err = new StringWriter();
    int code =
        DocumentStudy.execute(
            arguments, new PrintWriter(new StringWriter()), new PrintWriter(err, true));
    return new Run(code, err.toString());
  }
}

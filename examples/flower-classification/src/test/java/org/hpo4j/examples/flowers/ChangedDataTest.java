package org.hpo4j.examples.flowers;

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
  void aStudyGoesOnWithThePicturesThatItWasBegunOnAlone(@TempDir Path folder) throws IOException {
    for (String name :
        new String[] {"roses/a", "roses/b", "roses/c", "tulips/d", "tulips/e", "tulips/f"}) {
      picture(folder, name, 0x808080);
    }
    assertThat(run(folder).code).isZero();
    byte[] results = Files.readAllBytes(folder.resolve("run/results.json"));

    picture(folder, "roses/b", 0x808180);
    assertRefused(folder, "a changed pixel");
    picture(folder, "roses/b", 0x808080);
    Path renamed = folder.resolve("data/roses/z.png");
    Files.move(folder.resolve("data/roses/a.png"), renamed);
    assertRefused(folder, "another order");
    Files.move(renamed, folder.resolve("data/roses/a.png"));
    picture(folder, "tulips/g", 0x808080);
    assertRefused(folder, "an added picture");

    Files.delete(folder.resolve("data/tulips/g.png"));
    Run same = run(folder);
    assertThat(same.code).as(same.err).isZero();
    assertThat(folder.resolve("run/results.json")).hasBinaryContent(results);
  }

  private static void picture(Path folder, String name, int colour) throws IOException {
    Path file = folder.resolve("data").resolve(name + ".png");
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    image.setRGB(9, 9, colour);
    ImageIO.write(image, "png", file.toFile());
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
      "--backbone",
      "none",
      "--per-class",
      "5",
      "--data",
      folder.resolve("data").toString(),
      "--cache",
      folder.resolve("cache").toString(),
      "--out",
      folder.resolve("run").toString()
    };
    StringWriter err = new StringWriter();
    int code =
        FlowerStudy.execute(
            arguments, new PrintWriter(new StringWriter()), new PrintWriter(err, true));
    return new Run(code, err.toString());
  }
}

package org.hpo4j.examples.vessels.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaseFolderTest {

  @Test
  void photographsAreReadWithTheirPatientsAndTheFirstGradersMasks(@TempDir Path folder)
      throws Exception {
    write(folder, "Image_07L.jpg", 8, 8);
    write(folder, "Image_07R.jpg", 8, 8);
    for (String name : List.of("Image_07L_1stHO.png", "Image_07R_1stHO.png")) {
      BufferedImage mask = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_BINARY);
      mask.setRGB(3, 2, 0xFFFFFF);
      ImageIO.write(mask, "png", folder.resolve(name).toFile());
    }
    write(folder, "Image_07L_2ndHO.png", 8, 8);
    List<Photograph> photographs = ChaseFolder.read(folder);
    assertThat(photographs).extracting(Photograph::name).containsExactly("Image_07L", "Image_07R");
    assertThat(photographs).extracting(Photograph::patient).containsOnly("07");
    for (int i = 0; i < 64; i++) {
      assertThat(photographs.get(0).isVessel(i)).isEqualTo(i == 2 * 8 + 3);
    }
  }

  @Test
  void aPhotographWithoutMaskIsNamed(@TempDir Path folder) throws IOException {
    write(folder, "Image_01L.jpg", 8, 8);
    assertRefused(folder, "Image_01L.jpg' has no mask", "Image_01L_1stHO.png' is missing");
  }

  @Test
  void aMaskOfAnotherSizeIsNamed(@TempDir Path folder) throws IOException {
    write(folder, "Image_01L.jpg", 8, 8);
    write(folder, "Image_01L_1stHO.png", 9, 8);
    assertRefused(folder, "is 9x8 pixels, must be as its photograph", "8x8");
  }

  @Test
  void aDamagedPhotographIsNamed(@TempDir Path folder) throws IOException {
    write(folder, "Image_01L.jpg", 64, 64);
    write(folder, "Image_01L_1stHO.png", 64, 64);
    byte[] bytes = Files.readAllBytes(folder.resolve("Image_01L.jpg"));
    Files.write(folder.resolve("Image_01L.jpg"), Arrays.copyOf(bytes, 40));
    assertRefused(folder, "Image_01L.jpg");
  }

  @Test
  void aPhotographThatLacksItsEndIsNamed(@TempDir Path folder) throws IOException {
    write(folder, "Image_01L.jpg", 128, 128);
    write(folder, "Image_01L_1stHO.png", 128, 128);
    byte[] bytes = Files.readAllBytes(folder.resolve("Image_01L.jpg"));
    Files.write(folder.resolve("Image_01L.jpg"), Arrays.copyOf(bytes, bytes.length - 20));
    assertRefused(folder, "Image_01L.jpg' can't be read: it is damaged");
  }

  @Test
  void aGreyPhotographKeepsItsBrightness(@TempDir Path folder) throws Exception {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(3, 2, 0, 90);
    ImageIO.write(image, "png", folder.resolve("Image_01L.png").toFile());
    write(folder, "Image_01L_1stHO.png", 8, 8);
    Photograph photograph = ChaseFolder.read(folder).get(0);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(photograph.colour(2 * 8 + 3, channel)).isEqualTo(90);
      assertThat(photograph.colour(3 * 8 + 2, channel)).isZero();
    }
  }

  @Test
  void theFingerprintChangesWithAPixel(@TempDir Path folder) throws Exception {
    for (int patient = 1; patient <= 3; patient++) {
      write(folder, "Image_0" + patient + "L.png", 8, 8);
      write(folder, "Image_0" + patient + "L_1stHO.png", 8, 8);
    }
    String before = RetinaSplit.of(ChaseFolder.read(folder), 1).fingerprint();
    assertThat(RetinaSplit.of(ChaseFolder.read(folder), 1).fingerprint()).isEqualTo(before);
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 2, 1);
    ImageIO.write(image, "png", folder.resolve("Image_03L.png").toFile());
    assertThat(RetinaSplit.of(ChaseFolder.read(folder), 1).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void aFolderWithoutPhotographsIsNamed(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "none");
    assertRefused(folder, "has no photographs", "Image_01L_1stHO.png");
    assertRefused(folder.resolve("nowhere"), "nowhere' is not a folder");
  }

  @Test
  void allOfTheRealPhotographsAreUsable() throws RetinaReadException {
    String folder = System.getenv("HPO4J_VESSELS");
    assumeTrue(folder != null, "HPO4J_VESSELS doesn't name a folder with CHASE_DB1: skipped");
    List<Photograph> photographs = ChaseFolder.read(Path.of(folder));
    assertThat(photographs).hasSize(28);
    assertThat(photographs.stream().map(Photograph::patient).distinct()).hasSize(14);
    for (Photograph photograph : photographs) {
      Retina retina = Retina.of(photograph.scaledDown(3));
      int inside = 0;
      int vessels = 0;
      int outside = 0;
      for (int i = 0; i < retina.width() * retina.height(); i++) {
        inside += retina.isInside(i) ? 1 : 0;
        vessels += retina.isVessel(i) ? 1 : 0;
        outside += retina.isVessel(i) && !retina.isInside(i) ? 1 : 0;
      }
      assertThat((double) inside / (retina.width() * retina.height())).isBetween(0.62, 0.72);
      assertThat((double) vessels / inside).as(photograph.name()).isBetween(0.05, 0.16);
      assertThat(outside).isLessThan(vessels / 50);
    }
  }

  private static void assertRefused(Path folder, String... words) {
    assertThatThrownBy(() -> ChaseFolder.read(folder))
        .isInstanceOf(RetinaReadException.class)
        .message()
        .contains(words);
  }

  private static void write(Path folder, String name, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    String format = name.endsWith("png") ? "png" : "jpg";
    assertThat(ImageIO.write(image, format, folder.resolve(name).toFile())).isTrue();
  }
}

package org.hpo4j.examples.documents.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanFolderTest {
  private Path folder = Path.of("");

  @BeforeEach
  void threeScansOfTwoClasses(@TempDir Path empty) throws IOException {
    folder = empty;
    for (String name : new String[] {"a", "b", "c"}) {
      image("images/" + name + ".jpg", BufferedImage.TYPE_INT_RGB, 20, 16);
      image("masks/table/" + name + ".png", BufferedImage.TYPE_BYTE_GRAY, 20, 16, 255);
      image("masks/stamp/" + name + ".png", BufferedImage.TYPE_BYTE_BINARY, 20, 16, 1);
    }
  }

  /** Writes a picture that is 0 but for one pixel in the middle per value. */
  private void image(String name, int type, int width, int height, int... values)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int i = 0; i < values.length; i++) {
      image.getRaster().setSample(width / 2 + i, height / 2, 0, values[i]);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
  }

  @Test
  void masksOverlap() throws ScanReadException {
    ScanSplit read = ScanFolder.read(folder, 1);
    assertThat(read.classes()).containsExactly("stamp", "table");
    assertThat(read.train()).hasSize(1);
    Scan scan = read.train().get(0);
    assertThat(scan.is(10, 8, 0)).isTrue();
    assertThat(scan.is(10, 8, 1)).isTrue();
    assertThat(scan.is(9, 8, 1)).isFalse();
  }

  @Test
  void aMissingMaskMeansNothingOfThatClass() throws IOException, ScanReadException {
    String trained = ScanFolder.read(folder, 1).train().get(0).name();
    Files.delete(folder.resolve("masks/stamp/" + trained + ".png"));
    assertThat(ScanFolder.read(folder, 1).train().get(0).is(10, 8, 0)).isFalse();
  }

  @Test
  void aClassFolderWithoutMasksIsRefused() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("masks/signature"));
    assertRefused(folder, "class folder '" + empty + "' has no masks");
  }

  @Test
  void aGreyImageKeepsItsBrightness() throws IOException, ScanReadException {
    for (String name : new String[] {"a", "b", "c"}) {
      Files.delete(folder.resolve("images/" + name + ".jpg"));
      image("images/" + name + ".png", BufferedImage.TYPE_BYTE_GRAY, 20, 16, 90);
    }
    Scan scan = ScanFolder.read(folder, 1).train().get(0);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(scan.colour(10, 8, channel)).isEqualTo(90);
      assertThat(scan.colour(9, 8, channel)).isZero();
    }
  }

  @Test
  void theFingerprintChangesWithAMark() throws IOException, ScanReadException {
    String before = ScanFolder.read(folder, 1).fingerprint();
    assertThat(ScanFolder.read(folder, 1).fingerprint()).isEqualTo(before);
    image("masks/table/b.png", BufferedImage.TYPE_BYTE_GRAY, 20, 16, 255, 255);
    assertThat(ScanFolder.read(folder, 1).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void aFolderThatIsNoneIsRefused() {
    assertRefused(folder.resolve("nowhere"), "nowhere' is not a folder");
  }

  @Test
  void anImageWithoutAnyMaskIsRefused() throws IOException {
    image("images/d.jpg", BufferedImage.TYPE_INT_RGB, 20, 16);
    assertRefused(folder, "d.jpg' has no mask", "d.png");
  }

  @Test
  void aMaskWithoutAnImageIsRefused() throws IOException {
    image("masks/table/d.png", BufferedImage.TYPE_BYTE_GRAY, 20, 16, 255);
    assertRefused(folder, "d.png' has no image");
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() throws IOException {
    image("masks/table/b.png", BufferedImage.TYPE_BYTE_GRAY, 20, 15, 255);
    assertRefused(folder, "b.png' is 20x15 pixels", "20x16");
  }

  @Test
  void aMaskWithSeveralMarksIsRefused() throws IOException {
    image("masks/table/b.png", BufferedImage.TYPE_BYTE_GRAY, 20, 16, 100, 255);
    assertRefused(folder, "b.png' has 2 pixel values besides 0", "[100, 255]");
  }

  @Test
  void twoScansAreTooFew() throws IOException {
    for (String name : new String[] {"images/c.jpg", "masks/table/c.png", "masks/stamp/c.png"}) {
      Files.delete(folder.resolve(name));
    }
    assertRefused(folder, "has 2 scans, needs at least 3");
  }

  @Test
  void aDamagedImageIsNamed() throws IOException {
    Files.writeString(folder.resolve("images/a.jpg"), "not an image");
    assertRefused(folder, "a.jpg' is not an image");
  }

  @Test
  void anImageThatLacksItsEndIsNamed() throws IOException {
    Path scan = folder.resolve("images/a.jpg");
    image("images/a.jpg", BufferedImage.TYPE_INT_RGB, 128, 128);
    image("masks/table/a.png", BufferedImage.TYPE_BYTE_GRAY, 128, 128, 255);
    image("masks/stamp/a.png", BufferedImage.TYPE_BYTE_BINARY, 128, 128, 1);
    byte[] bytes = Files.readAllBytes(scan);
    Files.write(scan, Arrays.copyOf(bytes, bytes.length - 20));
    assertRefused(folder, "a.jpg' can't be read: it is damaged");
  }

  @Test
  void noClassesAreRefused(@TempDir Path other) throws IOException {
    Files.createDirectories(other.resolve("images"));
    Files.createDirectories(other.resolve("masks"));
    assertRefused(other, "masks' has 0 folders, must have one for each class");
  }

  @Test
  void partsMustHaveTheSameClasses(@TempDir Path other) throws IOException {
    for (String part : new String[] {"train", "val", "test"}) {
      Files.createDirectories(other.resolve(part).resolve("images"));
      Files.createDirectories(other.resolve(part).resolve("masks").resolve("table"));
    }
    Files.createDirectories(other.resolve("val/masks/stamp"));
    assertRefused(other, "[stamp, table]", "[table]", "all parts must have the same");
  }

  private static void assertRefused(Path read, String... words) {
    assertThatThrownBy(() -> ScanFolder.read(read, 1))
        .isInstanceOf(ScanReadException.class)
        .hasMessageContainingAll(words);
  }
}

package org.hpo4j.examples.unet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileFolderTest {
  private static final int SIZE = 32;

  @Test
  void foldersDecideTheParts(@TempDir Path folder) throws Exception {
    for (String part : List.of("train", "val", "test")) {
      image(folder.resolve(part + "/images/" + part + "1.jpg"), SIZE, 90);
      mask(folder.resolve(part + "/masks/" + part + "1.png"), SIZE, 255);
    }
    TileSplit split = TileFolder.read(folder, 1);
    assertThat(split.train()).extracting(Tile::name).containsExactly("train1");
    assertThat(split.validation()).extracting(Tile::name).containsExactly("val1");
    assertThat(split.test()).extracting(Tile::name).containsExactly("test1");
  }

  @Test
  void filesAreSplit70To15To15(@TempDir Path folder) throws Exception {
    for (int i = 0; i < 20; i++) {
      image(folder.resolve("images/t" + i + ".png"), SIZE, 10 * i);
      mask(folder.resolve("masks/t" + i + ".png"), SIZE, 1);
    }
    TileSplit split = TileFolder.read(folder, 7);
    assertThat(split.train()).hasSize(14);
    assertThat(split.validation()).hasSize(3);
    assertThat(split.test()).hasSize(3);
    assertThat(TileFolder.read(folder, 7).test())
        .extracting(Tile::name)
        .isEqualTo(split.test().stream().map(Tile::name).toList());
  }

  @Test
  void aMaskOfOneValueGetsADerivedBorder(@TempDir Path folder) throws Exception {
    Tile tile = readOne(folder, 255);
    assertThat(tile.colour(5, 5, 0)).isEqualTo(90);
    // The mask's left half is a building.
    assertThat(tile.label(4, 10)).isEqualTo(Label.BUILDING);
    assertThat(tile.label(SIZE / 2 - 1, 10)).isEqualTo(Label.BORDER);
    assertThat(tile.label(SIZE / 2, 10)).isEqualTo(Label.BACKGROUND);
  }

  private static Tile readOne(Path folder, int value) throws Exception {
    for (int i = 0; i < 3; i++) {
      image(folder.resolve("images/t" + i + ".png"), SIZE, 90);
      mask(folder.resolve("masks/t" + i + ".png"), SIZE, value);
    }
    return TileFolder.read(folder, 1).train().get(0);
  }

  @Test
  void spaceNetTilesBringTheirBorders(@TempDir Path folder) throws Exception {
    for (int i = 0; i < 3; i++) {
      image(folder.resolve("RGB-PanSharpen_img" + i + ".jpg"), SIZE, 90);
      BufferedImage mask = gray(SIZE, SIZE);
      mask.getRaster().setSample(3, 3, 0, 100);
      mask.getRaster().setSample(4, 3, 0, 255);
      write(mask, folder.resolve("RGB-PanSharpen_img" + i + "segcls.tif"));
    }
    Tile tile = TileFolder.read(folder, 1).train().get(0);
    assertThat(tile.label(2, 3)).isEqualTo(Label.BACKGROUND);
    assertThat(tile.label(3, 3)).isEqualTo(Label.BUILDING);
    assertThat(tile.label(4, 3)).isEqualTo(Label.BORDER);
  }

  @Test
  void anUnreadableImageIsNamed(@TempDir Path folder) throws Exception {
    readOne(folder, 1);
    Path damaged = folder.resolve("images/t1.png");
    Files.writeString(damaged, "not a picture");
    refused(() -> TileFolder.read(folder, 1), damaged, "must be JPEG, PNG, TIFF, BMP or GIF");
  }

  @Test
  void aTruncatedImageIsNamed(@TempDir Path folder) throws Exception {
    readOne(folder, 1);
    Path damaged = folder.resolve("images/t1.png");
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));
    refused(() -> TileFolder.read(folder, 1), damaged, "can't be read");
  }

  @Test
  void aTruncatedJpegIsNamed(@TempDir Path folder) throws Exception {
    readOne(folder, 1);
    Files.delete(folder.resolve("images/t1.png"));
    Path damaged = folder.resolve("images/t1.jpg");
    image(damaged, 128, 90);
    mask(folder.resolve("masks/t1.png"), 128, 1);
    TileFolder.read(folder, 1);
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length - 20));
    refused(() -> TileFolder.read(folder, 1), damaged, "can't be read: it is damaged");
  }

  @Test
  void aGreyPhotographKeepsItsBrightness(@TempDir Path folder) throws Exception {
    readOne(folder, 1);
    for (int i = 0; i < 3; i++) {
      BufferedImage image = gray(SIZE, SIZE);
      image.getRaster().setSample(3, 2, 0, 90);
      write(image, folder.resolve("images/t" + i + ".png"));
    }
    Tile tile = TileFolder.read(folder, 1).train().get(0);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(tile.colour(3, 2, channel)).isEqualTo(90);
      assertThat(tile.colour(2, 3, channel)).isZero();
    }
  }

  @Test
  void theSameFilesHaveTheSameFingerprint(@TempDir Path folder) throws Exception {
    readOne(folder, 1);
    assertThat(TileFolder.read(folder, 1).fingerprint())
        .hasSize(64)
        .isEqualTo(TileFolder.read(folder, 1).fingerprint());
  }

  @Test
  void aMarkMoreIsAnotherFingerprint(@TempDir Path folder) throws Exception {
    readOne(folder, 1);
    String before = TileFolder.read(folder, 1).fingerprint();
    Path file = folder.resolve("masks/t0.png");
    BufferedImage mask = ImageIO.read(file.toFile());
    mask.getRaster().setSample(SIZE - 1, SIZE - 1, 0, 1);
    write(mask, file);
    assertThat(TileFolder.read(folder, 1).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void anotherNameIsAnotherFingerprint(@TempDir Path folder) throws Exception {
    readOne(folder, 1);
    String before = TileFolder.read(folder, 1).fingerprint();
    // The tiles are alike and their order stays.
    Files.move(folder.resolve("images/t2.png"), folder.resolve("images/t9.png"));
    Files.move(folder.resolve("masks/t2.png"), folder.resolve("masks/t9.png"));
    assertThat(TileFolder.read(folder, 1).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void anImageWithoutMaskIsNamed(@TempDir Path folder) throws Exception {
    readOne(folder, 1);
    Files.delete(folder.resolve("masks/t2.png"));
    refused(() -> TileFolder.read(folder, 1), folder.resolve("images/t2.png"), "has no mask");
  }

  @Test
  void twoImagesOfOneNameAreNamed(@TempDir Path folder) throws Exception {
    readOne(folder, 255);
    image(folder.resolve("images/t1.bmp"), SIZE, 10);
    refused(
        () -> TileFolder.read(folder, 1), folder.resolve("images/t1.bmp"), "which one is meant?");
  }

  @Test
  void aMaskOfAnotherSizeIsNamed(@TempDir Path folder) throws Exception {
    readOne(folder, 1);
    Path mask = folder.resolve("masks/t0.png");
    mask(mask, SIZE + 16, 1);
    refused(() -> TileFolder.read(folder, 1), mask, "is 48x48 pixels, must be as its image");
  }

  @Test
  void aMaskOfUnknownValuesIsNamed(@TempDir Path folder) throws Exception {
    readOne(folder, 1);
    Path file = folder.resolve("masks/t0.png");
    BufferedImage mask = gray(SIZE, SIZE);
    mask.getRaster().setSample(0, 0, 0, 17);
    mask.getRaster().setSample(1, 0, 0, 18);
    write(mask, file);
    refused(() -> TileFolder.read(folder, 1), file, "has pixel values [0, 17, 18]");
  }

  @Test
  void anEmptyFolderAndAMissingOneAreNamed(@TempDir Path folder) {
    refused(() -> TileFolder.read(folder, 1), folder, "has no tiles");
    Path missing = folder.resolve("nowhere");
    refused(() -> TileFolder.read(missing, 1), missing, "is not a folder");
  }

  @Test
  void aFolderWithoutMasksIsNamed(@TempDir Path folder) throws Exception {
    image(folder.resolve("images/a.png"), SIZE, 1);
    refused(() -> TileFolder.read(folder, 1), folder.resolve("masks"), "is missing");
  }

  @Test
  void realPhotographsAreRead() throws Exception {
    Optional<String> folder = Optional.ofNullable(System.getenv("HPO4J_BUILDINGS"));
    assumeTrue(folder.isPresent(), "HPO4J_BUILDINGS names no folder with real tiles");
    TileSplit split = TileFolder.read(Path.of(folder.orElseThrow()), 1);
    assertThat(split.train()).hasSizeGreaterThan(split.test().size());
    assertThat(split.test()).allMatch(tile -> tile.width() >= SIZE);
  }

  private static void refused(ThrowingCallable call, Path named, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(TileReadException.class)
        .hasMessageContaining(named.toString())
        .hasMessageContaining(message);
  }

  private static void image(Path file, int size, int value) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < size * size; i++) {
      image.setRGB(i % size, i / size, value << 16 | value << 8 | value);
    }
    write(image, file);
  }

  /** The left half has the value. */
  private static void mask(Path file, int size, int value) throws IOException {
    BufferedImage mask = gray(size, size);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size / 2; x++) {
        mask.getRaster().setSample(x, y, 0, value);
      }
    }
    write(mask, file);
  }

  private static BufferedImage gray(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    String name = file.getFileName().toString();
    String format = name.substring(name.lastIndexOf('.') + 1).replace("tif", "tiff");
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
  }
}

package org.hpo4j.examples.flowers.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowerFolderTest {

  @Test
  void foldersAreClasses(@TempDir Path folder) throws IOException {
    classFolder(folder.resolve("roses"), 4, BufferedImage.TYPE_INT_RGB);
    classFolder(folder.resolve("daisy"), 3, BufferedImage.TYPE_INT_RGB);
    Files.writeString(folder.resolve("LICENSE.txt"), "whose they are");
    Files.writeString(folder.resolve("roses/notes.txt"), "not a picture");
    Files.createDirectories(folder.resolve("roses/old.png"));
    PictureSet set = FlowerFolder.read(folder);
    assertThat(set.classes()).containsExactly("daisy", "roses");
    assertThat(set.count(0)).isEqualTo(3);
    assertThat(set.count(1)).isEqualTo(4);
    assertThat(set.pictures().get(0).name()).isEqualTo("daisy/0.png");
  }

  @Test
  void theDigestChangesWithAPixel(@TempDir Path folder) throws IOException {
    classFolder(folder.resolve("daisy"), 3, BufferedImage.TYPE_INT_RGB);
    classFolder(folder.resolve("roses"), 3, BufferedImage.TYPE_INT_RGB);
    String before = FlowerFolder.read(folder).digest();
    assertThat(FlowerFolder.read(folder).digest()).isEqualTo(before).hasSize(64);
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 3, 0x010000);
    ImageIO.write(image, "png", folder.resolve("roses/1.png").toFile());
    assertThat(FlowerFolder.read(folder).digest()).isNotEqualTo(before);
  }

  @Test
  void anEmptyClassFolderIsRefused(@TempDir Path folder) throws IOException {
    classFolder(folder.resolve("daisy"), 3, BufferedImage.TYPE_INT_RGB);
    Files.createDirectories(folder.resolve("roses"));
    assertThatThrownBy(() -> FlowerFolder.read(folder))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith("class folder '" + folder.resolve("roses") + "' has no pictures");
  }

  @Test
  void oneImageOfAClassIsTooFew(@TempDir Path folder) throws IOException {
    classFolder(folder.resolve("daisy"), 3, BufferedImage.TYPE_INT_RGB);
    classFolder(folder.resolve("roses"), 1, BufferedImage.TYPE_INT_RGB);
    assertThatThrownBy(() -> FlowerFolder.read(folder))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("has 1 picture, needs at least 3 to train, validate and test");
  }

  @Test
  void oneClassIsTooFew(@TempDir Path folder) throws IOException {
    classFolder(folder.resolve("daisy"), 3, BufferedImage.TYPE_INT_RGB);
    assertThatThrownBy(() -> FlowerFolder.read(folder))
        .hasMessageContaining("has 1 class folders, needs at least 2");
  }

  @Test
  void aFileThatIsNoImageIsNamed(@TempDir Path folder) throws IOException {
    classFolder(folder.resolve("daisy"), 3, BufferedImage.TYPE_INT_RGB);
    classFolder(folder.resolve("roses"), 3, BufferedImage.TYPE_INT_RGB);
    Files.writeString(folder.resolve("roses/2.png"), "<html>not found</html>");
    assertThatThrownBy(() -> FlowerFolder.read(folder))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith("'" + folder.resolve("roses/2.png") + "' is not an image");
  }

  @Test
  void aTruncatedImageIsNamed(@TempDir Path folder) throws IOException {
    classFolder(folder.resolve("daisy"), 3, BufferedImage.TYPE_INT_RGB);
    classFolder(folder.resolve("roses"), 3, BufferedImage.TYPE_INT_RGB);
    Path file = folder.resolve("roses/2.png");
    ImageIO.write(GeneratedFlowers.of(1, 5).pictures().get(0).pixels(), "png", file.toFile());
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> FlowerFolder.read(folder))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith("'" + file + "' can't be read");
  }

  @Test
  void aPhotographThatLacksItsEndIsNamed(@TempDir Path folder) throws IOException {
    classFolder(folder.resolve("daisy"), 3, BufferedImage.TYPE_INT_RGB);
    classFolder(folder.resolve("roses"), 3, BufferedImage.TYPE_INT_RGB);
    Path file = folder.resolve("roses/3.jpg");
    ImageIO.write(GeneratedFlowers.of(1, 5).pictures().get(0).pixels(), "jpg", file.toFile());
    assertThat(FlowerFolder.read(folder).count(1)).isEqualTo(4);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 100));
    assertThatThrownBy(() -> FlowerFolder.read(folder))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith("'" + file + "' can't be read: it is damaged");
  }

  @Test
  void aGreyImageHasItsSamplesInAllThreeChannels(@TempDir Path folder) throws IOException {
    classFolder(folder.resolve("daisy"), 3, BufferedImage.TYPE_INT_RGB);
    classFolder(folder.resolve("roses"), 3, BufferedImage.TYPE_INT_RGB);
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(2, 1, 0, 90);
    ImageIO.write(grey, "png", folder.resolve("roses/1.png").toFile());
    PictureSet set = FlowerFolder.read(folder);
    assertThat(set.grey()).isEqualTo(1);
    Color colour = new Color(set.pictures().get(4).pixels().getRGB(2, 1));
    assertThat(colour).isEqualTo(new Color(90, 90, 90));
  }

  @Test
  void aGreyImageWithOpacityIsNotBrightened(@TempDir Path folder) throws IOException {
    classFolder(folder.resolve("daisy"), 3, BufferedImage.TYPE_INT_RGB);
    classFolder(folder.resolve("roses"), 3, BufferedImage.TYPE_INT_RGB);
    ColorModel greyWithAlpha =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    BufferedImage grey =
        new BufferedImage(
            greyWithAlpha, greyWithAlpha.createCompatibleWritableRaster(16, 16), false, null);
    grey.getRaster().setPixel(2, 1, new int[] {90, 255});
    ImageIO.write(grey, "png", folder.resolve("roses/1.png").toFile());
    PictureSet set = FlowerFolder.read(folder);
    assertThat(set.grey()).isEqualTo(1);
    assertThat(new Color(set.pictures().get(4).pixels().getRGB(2, 1)))
        .isEqualTo(new Color(90, 90, 90));
  }

  @Test
  void theRealFlowersCanBeRead() throws IOException {
    Optional<String> real = Optional.ofNullable(System.getenv("HPO4J_FLOWERS"));
    assumeTrue(real.isPresent(), "HPO4J_FLOWERS names no folder with photographs of flowers");
    PictureSet set = FlowerFolder.read(Path.of(real.orElseThrow()));
    assertThat(set.classes()).containsExactly("daisy", "roses", "sunflowers", "tulips");
    for (Picture picture : set.pictures()) {
      BufferedImage pixels = picture.pixels();
      assertThat(Math.min(pixels.getWidth(), pixels.getHeight()))
          .as("short side of %s", picture.name())
          .isGreaterThanOrEqualTo(64);
    }
  }

  private static void classFolder(Path folder, int count, int type) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(16, 16, type);
      ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
    }
  }
}

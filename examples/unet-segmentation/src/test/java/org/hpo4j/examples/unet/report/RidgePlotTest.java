package org.hpo4j.examples.unet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RidgePlotTest {

  @Test
  void everyLayerHasAPanel(@TempDir Path folder) throws IOException {
    Random random = new Random(1);
    List<RidgePlot.Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < 3; layer++) {
      List<float[]> epochs = new ArrayList<>();
      for (int epoch = 0; epoch <= 8; epoch++) {
        float[] weights = new float[2000];
        for (int i = 0; i < weights.length; i++) {
          weights[i] = (float) (random.nextGaussian() * (0.1 + 0.02 * epoch) + 0.01 * epoch);
        }
        epochs.add(weights);
      }
      layers.add(new RidgePlot.Layer("layer " + layer, epochs));
    }
    Path file = folder.resolve("ridges.png");
    RidgePlot.write(layers, file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getHeight()).isEqualTo(2 * 420);
    // The panel of the fourth place stays empty, that of the third doesn't.
    assertThat(inked(image, 0, 420)).isPositive();
    assertThat(inked(image, 760, 420)).isZero();
  }

  @Test
  void aLayerWithoutWeightsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RidgePlot.Layer("head", List.of()))
        .withMessageContaining("'head' has no weights");
  }

  private static long inked(BufferedImage image, int left, int top) {
    long count = 0;
    for (int y = top; y < top + 420; y++) {
      for (int x = left; x < left + 760; x++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == 0xFFFFFF ? 0 : 1;
      }
    }
    return count;
  }
}

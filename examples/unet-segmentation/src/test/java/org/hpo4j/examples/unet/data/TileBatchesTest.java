package org.hpo4j.examples.unet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TileBatchesTest {
  private static final List<Tile> TILES = GeneratedTiles.of(3, 48, 3, 1).train();

  @Test
  void trainingBatchesHaveTheSizeOfTheCrop() {
    var batches = TileBatches.training(TILES, 32, 5, 7, 1);
    assertThat(batches.batches()).isEqualTo(7);
    Crops crops = batches.load(2, 3);
    assertThat(crops.count()).isEqualTo(5);
    assertThat(crops.height()).isEqualTo(32);
    assertThat(crops.width()).isEqualTo(32);
  }

  @Test
  void evaluationTakesWholeTilesUpToTheMultiple() {
    var batches = TileBatches.evaluation(TILES, 32);
    assertThat(batches.batches()).isEqualTo(3);
    assertThat(batches.load(0, 0).colours()).hasSize(32 * 32 * 3);
  }

  @Test
  void aTileSmallerThanTheCropIsNamed() {
    assertThatThrownBy(() -> TileBatches.training(TILES, 64, 1, 1, 1))
        .hasMessage("tile 'generated-0' is 48x48 pixels, must be at least 64x64");
  }
}

package org.hpo4j.examples.unet.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Aerial photographs that were never taken: seeded scenes of roads, cars, trees, bare soil, grass
 * and buildings.
 *
 * <p>Roofs share their materials with the ground on purpose: concrete and bitumen look like roads,
 * clay tiles like soil, white membranes like vans. What gives a building away is its outline, its
 * shading and its shadow, so that a classifier of single pixels fails and a network has something
 * to learn. One pixel is about half a metre.
 */
public final class GeneratedTiles {
  private GeneratedTiles() {}

  /**
   * Returns tiles; the same arguments give the same pixels.
   *
   * @param seed decides every scene
   * @param size height and width of a tile in pixels, at least 32
   * @param train number of tiles to train on, at least 1
   * @param held number of tiles each to validate and to test on, at least 1
   */
  public static TileSplit of(long seed, int size, int train, int held) {
    return new TileSplit(
        scenes(seed, size, 0, train),
        scenes(seed, size, train, held),
        scenes(seed, size, train + held, held));
  }

  private static List<Tile> scenes(long seed, int size, int first, int count) {
    // Each scene has a generator of its own, so they may be painted in any order.
    return IntStream.range(first, first + count)
        .parallel()
        .mapToObj(i -> new Scene(Seeds.generator(seed, i, "scene"), size).render("generated-" + i))
        .toList();
  }
}

package org.hpo4j.examples.unet.data;

import java.util.List;
import java.util.random.RandomGenerator;

/** Tiles as batches: random square crops to train on, whole tiles to evaluate. */
public final class TileBatches {
  private TileBatches() {}

  /**
   * Returns random crops, turned and mirrored at random: a building seen from above has no right
   * way up.
   *
   * @param tiles each at least {@code size} pixels high and wide
   * @param size height and width of a crop
   * @param batchSize crops in a batch
   * @param batches batches in an epoch
   * @param seed decides every crop together with epoch and batch number
   */
  public static CropSource training(
      List<Tile> tiles, int size, int batchSize, int batches, long seed) {
    List<Tile> checked = requireSize(tiles, size);
    return new CropSource() {
      @Override
      public int batches() {
        return batches;
      }

      @Override
      public Crops load(int epoch, int batch) {
        RandomGenerator random = Seeds.generator(seed, (long) epoch * batches + batch, "crops");
        CropBuffer buffer = new CropBuffer(batchSize, size);
        for (int i = 0; i < batchSize; i++) {
          Tile tile = checked.get(random.nextInt(checked.size()));
          int x = random.nextInt(tile.width() - size + 1);
          int y = random.nextInt(tile.height() - size + 1);
          buffer.add(tile, x, y, random.nextInt(8), Light.draw(random));
        }
        return buffer.toCrops();
      }
    };
  }

  /**
   * Returns whole tiles, each a batch of its own: its upper left part whose sides are multiples of
   * {@code multiple}.
   *
   * @param tiles each at least {@code multiple} pixels high and wide
   * @param multiple what the network needs height and width to be multiples of
   */
  public static CropSource evaluation(List<Tile> tiles, int multiple) {
    List<Tile> checked = requireSize(tiles, multiple);
    return new CropSource() {
      @Override
      public int batches() {
        return checked.size();
      }

      @Override
      public Crops load(int epoch, int batch) {
        Tile tile = checked.get(batch);
        int width = tile.width() / multiple * multiple;
        int height = tile.height() / multiple * multiple;
        int[] labels = new int[width * height];
        for (int i = 0; i < labels.length; i++) {
          labels[i] = tile.label(i % width, i / width);
        }
        return new Crops(colours(tile, width, height), labels, 1, height, width);
      }
    };
  }

  /** Returns the upper left part of a tile in [-1, 1], {@code [height, width, 3]}. */
  public static float[] colours(Tile tile, int width, int height) {
    float[] colours = new float[3 * width * height];
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < 3; channel++) {
          colours[to++] = Light.AS_TAKEN.apply(tile.colour(x, y, channel), channel);
        }
      }
    }
    return colours;
  }

  /**
   * Returns the tiles.
   *
   * @throws IllegalArgumentException if one is less than {@code size} pixels high or wide
   */
  public static List<Tile> requireSize(List<Tile> tiles, int size) {
    for (Tile tile : tiles) {
      if (tile.width() < size || tile.height() < size) {
        throw new IllegalArgumentException(
            "tile '%s' is %dx%d pixels, must be at least %dx%d"
                .formatted(tile.name(), tile.width(), tile.height(), size, size));
      }
    }
    return List.copyOf(tiles);
  }

  /**
   * Exposure and tint of a crop.
   *
   * @param red what that channel is multiplied by
   */
  private record Light(float red, float green, float blue) {
    static final Light AS_TAKEN = new Light(1, 1, 1);

    static Light draw(RandomGenerator random) {
      double exposure = Math.exp(0.25 * (2 * random.nextDouble() - 1));
      return new Light(tint(exposure, random), tint(exposure, random), tint(exposure, random));
    }

    private static float tint(double exposure, RandomGenerator random) {
      return (float) (exposure * (0.94 + 0.12 * random.nextDouble()));
    }

    /** Returns a colour of [0, 255] in [-1, 1], as far as the light leaves it there. */
    float apply(int colour, int channel) {
      float gain = channel == 0 ? red : channel == 1 ? green : blue;
      return gain * colour / 127.5f - 1;
    }
  }

  /** Collects crops until a batch is full. */
  private static final class CropBuffer {
    private final int size;
    private final int capacity;
    private final float[] colours;
    private final int[] labels;
    private int count;

    CropBuffer(int capacity, int size) {
      this.size = size;
      this.capacity = capacity;
      this.colours = new float[capacity * size * size * 3];
      this.labels = new int[capacity * size * size];
    }

    /** Adds a crop in one of the eight orientations of a square. */
    void add(Tile tile, int left, int top, int orientation, Light light) {
      int to = count * size * size;
      for (int v = 0; v < size; v++) {
        for (int u = 0; u < size; u++) {
          int a = (orientation & 1) == 0 ? u : size - 1 - u;
          int b = (orientation & 2) == 0 ? v : size - 1 - v;
          boolean transposed = (orientation & 4) != 0;
          int x = left + (transposed ? b : a);
          int y = top + (transposed ? a : b);
          labels[to] = tile.label(x, y);
          for (int channel = 0; channel < 3; channel++) {
            colours[3 * to + channel] = light.apply(tile.colour(x, y, channel), channel);
          }
          to++;
        }
      }
      count++;
    }

    Crops toCrops() {
      return new Crops(colours, labels, capacity, size, size);
    }
  }
}

package org.hpo4j.examples.vessels.data;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hpo4j.examples.vessels.data.PatchBatch.Corner;

/** Batches of patches by epoch and number; loading is a pure function of both. */
public interface PatchSource {

  /** Returns the number of batches of an epoch. */
  int batches();

  /** Returns one batch. */
  PatchBatch load(int epoch, int batch);

  /**
   * Returns random patches, each about a random pixel of a field of view, moved as far as the
   * picture's edge asks for.
   *
   * @param size height and width in pixels
   * @param perBatch patches in a batch
   * @param batches batches in an epoch
   * @param seed decides all patches
   */
  static PatchSource random(List<Retina> retinas, int size, int perBatch, int batches, long seed) {
    requireRoom(retinas, size);
    return new PatchSource() {
      @Override
      public int batches() {
        return batches;
      }

      @Override
      public PatchBatch load(int epoch, int batch) {
        RandomGenerator random = Seeds.generator(seed, (long) epoch * batches + batch, "patches");
        Corner[] corners = new Corner[perBatch];
        for (int i = 0; i < perBatch; i++) {
          corners[i] = corner(retinas.get(random.nextInt(retinas.size())), size, random);
        }
        return PatchBatch.of(corners, size);
      }
    };
  }

  private static Corner corner(Retina retina, int size, RandomGenerator random) {
    int pixel;
    do {
      pixel = random.nextInt(retina.width() * retina.height());
    } while (!retina.isInside(pixel));
    int x = pixel % retina.width() - size / 2;
    int y = pixel / retina.width() - size / 2;
    return new Corner(
        retina,
        Math.max(0, Math.min(retina.width() - size, x)),
        Math.max(0, Math.min(retina.height() - size, y)));
  }

  /**
   * Returns the same patches in every epoch: some of those that tile the pictures without overlap
   * and have their middle in the field of view.
   *
   * @param limit largest number of patches
   * @param seed decides which, where there are more
   */
  static PatchSource fixed(List<Retina> retinas, int size, int perBatch, int limit, long seed) {
    requireRoom(retinas, size);
    List<Corner> all = new ArrayList<>();
    for (Retina retina : retinas) {
      for (int y = 0; y + size <= retina.height(); y += size) {
        for (int x = 0; x + size <= retina.width(); x += size) {
          if (retina.isInside((y + size / 2) * retina.width() + x + size / 2)) {
            all.add(new Corner(retina, x, y));
          }
        }
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "no patch of %dx%d pixels has its middle in a field of view".formatted(size, size));
    }
    List<Corner> order = Seeds.shuffled(all, seed, "fixed patches");
    List<Corner> chosen = List.copyOf(order.subList(0, Math.min(limit, order.size())));
    return new PatchSource() {
      @Override
      public int batches() {
        return (chosen.size() + perBatch - 1) / perBatch;
      }

      @Override
      public PatchBatch load(int epoch, int batch) {
        int end = Math.min(chosen.size(), (batch + 1) * perBatch);
        return PatchBatch.of(chosen.subList(batch * perBatch, end).toArray(Corner[]::new), size);
      }
    };
  }

  static void requireRoom(List<Retina> retinas, int size) {
    if (retinas.isEmpty()) {
      throw new IllegalArgumentException("got no photographs, needs at least one");
    }
    for (Retina retina : retinas) {
      retina.photograph().requireSide(size);
      boolean any = false;
      for (int i = 0; i < retina.width() * retina.height() && !any; i++) {
        any = retina.isInside(i);
      }
      if (!any) {
        throw new IllegalArgumentException(
            "'%s' has no field of view: every pixel is darker than %d of 255"
                .formatted(retina.name(), FieldOfView.THRESHOLD));
      }
    }
  }
}

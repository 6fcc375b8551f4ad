package org.hpo4j.examples.flowers.features;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hpo4j.examples.flowers.data.Picture;
import org.hpo4j.examples.flowers.data.PictureSplit;

/**
 * Features that were computed once and are kept in a file: 32-bit floats, little-endian, a row for
 * each view in the order of the plan. The file's name is a digest of all that decides on its
 * values. One that was not finished goes on where it stopped. Of several processes that want the
 * same features one computes them, and the others wait.
 */
public final class CachedFeatures implements Features {
  private final int size;
  private final Map<String, Integer> firstRows;
  private final FeaturePlan plan;
  private final float[] values;

  private CachedFeatures(int size, FeaturePlan plan, float[] values) {
    this.size = size;
    this.plan = plan;
    this.values = values;
    firstRows = new HashMap<>();
    int row = 0;
    for (Map.Entry<String, Integer> entry : plan.views().entrySet()) {
      firstRows.put(entry.getKey(), row);
      row += entry.getValue();
    }
  }

  /** Makes the features, for which a network may have to be loaded. */
  @FunctionalInterface
  public interface Source {
    ComputedFeatures open() throws IOException;
  }

  /** Is told how far the computation is. */
  @FunctionalInterface
  public interface Progress {
    void computed(int views, int of);

    /** Another process computes these features: what it makes of the file is waited for. */
    default void waiting(Path file) {}
  }

  /**
   * Reads the features of a split, and computes first what the file lacks.
   *
   * @param folder of the cache; made if missing
   * @param key says all that decides on the features, in words
   * @param split the pictures
   * @param augmented number of augmented views of each picture to train on, at least 1
   * @param size number of features
   * @param source is asked only if something is missing, and its extractor closed
   */
  public static CachedFeatures open(
      Path folder,
      String key,
      PictureSplit split,
      int augmented,
      int size,
      Source source,
      Progress progress)
      throws IOException {
    FeaturePlan plan = FeaturePlan.of(split, augmented);
    Path file = folder.resolve("features-" + digest(key, plan) + ".f32");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      make(file, plan, size, source, progress);
    }
    byte[] bytes = Files.readAllBytes(file);
    int wanted = plan.rows() * size;
    if (bytes.length != (long) wanted * Float.BYTES) {
      throw new IOException(
          "features '%s' have %d bytes, must have %d; delete the file to compute them anew"
              .formatted(file, bytes.length, (long) wanted * Float.BYTES));
    }
    float[] values = new float[wanted];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return new CachedFeatures(size, plan, values);
  }

  /** Locks of files keep out other processes, not threads of this one: these wait at the method. */
  private static synchronized void make(
      Path file, FeaturePlan plan, int size, Source source, Progress progress) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel out =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // The lock is held until the channel is closed, or the process has died.
      if (out.tryLock() == null) {
        progress.waiting(file);
        out.lock();
      }
      if (Files.exists(file)) {
        // Another process made it after this one had looked, and this part may be a new, empty one.
        Files.deleteIfExists(part);
        return;
      }
      compute(out, plan, size, source, progress);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void compute(
      FileChannel out, FeaturePlan plan, int size, Source source, Progress progress)
      throws IOException {
    ComputedFeatures features = source.open();
    try (Extractor extractor = features.extractor()) {
      if (extractor.size() != size) {
        throw new IllegalArgumentException(
            "the network makes %d features, expected %d".formatted(extractor.size(), size));
      }
      long done = out.size();
      long position = 0;
      int computed = 0;
      for (Picture picture : plan.pictures().values()) {
        List<Integer> views = plan.viewsOf(picture);
        int bytes = views.size() * size * Float.BYTES;
        // A picture that was not written whole is written anew.
        if (position + bytes > done) {
          List<float[]> rows = features.of(picture, views);
          requireFinite(picture, rows);
          write(out, position, bytes, rows);
        }
        position += bytes;
        computed += views.size();
        progress.computed(computed, plan.rows());
      }
      out.truncate(position);
      out.force(true);
    }
  }

  private static void requireFinite(Picture picture, List<float[]> rows) throws IOException {
    for (float[] row : rows) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          throw new IOException(
              "a feature of picture '%s' is %s: the weights are not those of this network"
                  .formatted(picture.name(), value));
        }
      }
    }
  }

  private static void write(FileChannel out, long position, int bytes, List<float[]> rows)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float value : row) {
        buffer.putFloat(value);
      }
    }
    buffer.flip();
    long place = position;
    while (buffer.hasRemaining()) {
      place += out.write(buffer, place);
    }
  }

  private static String digest(String key, FeaturePlan plan) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(key.getBytes(StandardCharsets.UTF_8));
      plan.views()
          .forEach(
              (name, views) ->
                  digest.update(("\n" + name + " " + views).getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public float[] of(Picture picture, int view) {
    Integer first = firstRows.get(picture.name());
    int views = plan.views().getOrDefault(picture.name(), 0);
    if (first == null || view < 0 || view >= views) {
      throw new IllegalArgumentException(
          "view %d of picture '%s' is not kept, there are %d"
              .formatted(view, picture.name(), views));
    }
    float[] row = new float[size];
    System.arraycopy(values, (first + view) * size, row, 0, size);
    return row;
  }
}

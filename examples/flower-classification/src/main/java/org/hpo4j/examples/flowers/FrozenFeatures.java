package org.hpo4j.examples.flowers;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.hpo4j.examples.flowers.data.PictureSplit;
import org.hpo4j.examples.flowers.data.Views;
import org.hpo4j.examples.flowers.features.Backbone;
import org.hpo4j.examples.flowers.features.CachedFeatures;
import org.hpo4j.examples.flowers.features.ComputedFeatures;
import org.hpo4j.examples.flowers.features.Extractor;
import org.hpo4j.examples.flowers.head.HeadData;

/** What the frozen backbone makes of the pictures, computed once and kept in the cache. */
record FrozenFeatures(FlowerRun.Setting setting, PictureSplit split, PrintWriter out) {

  /**
   * Returns the data of the heads on one backbone.
   *
   * @param weights of the backbone; without a file they are random
   */
  HeadData data(Optional<Path> weights) throws IOException {
    Profile profile = setting.profile();
    Backbone backbone = profile.backbone();
    Views views = new Views(setting.seed(), profile.crop());
    String key =
        "backbone %s, weights %s, seed %d, crop %d, pictures %s"
            .formatted(
                backbone,
                weights.isPresent() ? digest(weights.get()) : "random",
                setting.seed(),
                profile.crop(),
                setting.pictures().digest());
    FeatureProgress progress = new FeatureProgress(backbone.toString(), out);
    CachedFeatures features =
        CachedFeatures.open(
            setting.cache(),
            key,
            split,
            profile.views(),
            backbone.features(),
            () ->
                new ComputedFeatures(
                    views,
                    backbone.normalization(weights.isPresent()),
                    backbone.open(weights, setting.seed(), profile.crop(), setting.device())),
            progress);
    return new HeadData(
        split, setting.pictures().classes().size(), profile.perClass(), profile.views(), features);
  }

  /**
   * Hands on the backbone's weights and biases by their names.
   *
   * @param weights of the backbone; without a file they are random
   */
  void weights(Optional<Path> weights, BiConsumer<String, float[]> sink) throws IOException {
    int crop = setting.profile().crop();
    try (Extractor extractor =
        setting.profile().backbone().open(weights, setting.seed(), crop, setting.device())) {
      extractor.weights(sink);
    }
  }

  /** Returns the SHA-256 sum of a file, 64 hexadecimal digits. */
  static String digest(Path file) throws IOException {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package org.hpo4j.examples.flowers;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.hpo4j.examples.flowers.features.Backbone;
import org.hpo4j.examples.flowers.weights.WeightsDownload;
import picocli.CommandLine.Option;

/** Options that say where the backbone's weights come from. */
final class WeightsOptions {
  /** Names a file with SqueezeNet's weights where no option does. */
  static final String SQUEEZENET_VARIABLE = "HPO4J_SQUEEZENET";

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "The backbone's weights in Keras' HDF5 format, without top. Default: those of VGG-16 are"
              + " fetched once into --cache; those of SqueezeNet 1.1 are in the file that "
              + SQUEEZENET_VARIABLE
              + " names, else random.")
  private Optional<Path> weights = Optional.empty();

  @Option(names = "--random-weights", description = "Leaves the backbone its random weights.")
  private boolean randomWeights;

  /**
   * Returns the file with a backbone's weights; nothing if they are random.
   *
   * @param cache where a fetched file is kept
   * @throws IllegalArgumentException if a file is named where none is used
   */
  Optional<Path> file(Backbone network, Path cache, PrintWriter out) throws IOException {
    if (weights.isPresent() && (randomWeights || !network.takesWeights())) {
      throw new IllegalArgumentException(
          "--weights is given, but %s"
              .formatted(
                  randomWeights ? "so is --random-weights" : "backbone " + network + " has none"));
    }
    if (randomWeights || !network.takesWeights()) {
      return Optional.empty();
    }
    if (weights.isPresent()) {
      return weights;
    }
    if (network == Backbone.VGG16) {
      return Optional.of(fetch(cache, out));
    }
    Optional<Path> named = Optional.ofNullable(System.getenv(SQUEEZENET_VARIABLE)).map(Path::of);
    if (named.isEmpty()) {
      out.println(
          "No pretrained weights: neither --weights nor %s names a file. The backbone is random."
              .formatted(SQUEEZENET_VARIABLE));
    }
    return named;
  }

  private static Path fetch(Path cache, PrintWriter out) throws IOException {
    Path target = cache.resolve("vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5");
    long[] shown = {-1};
    return WeightsDownload.VGG16.fetch(
        target,
        (received, of) -> {
          long percent = 100 * received / of;
          if (percent / 10 > shown[0]) {
            shown[0] = percent / 10;
            out.printf(
                "VGG-16 from %s: %d %% of %d bytes%n",
                WeightsDownload.VGG16.source().getHost(), percent, of);
          }
        });
  }
}

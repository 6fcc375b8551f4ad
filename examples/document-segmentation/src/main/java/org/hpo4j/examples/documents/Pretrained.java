package org.hpo4j.examples.documents;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;

/**
 * Width and depth of a network whose weights are kept: {@code network.properties} in the folder of
 * the weights. A trial that starts from them can't choose these.
 */
final class Pretrained {
  private static final String FILE = "network.properties";

  private Pretrained() {}

  static void write(Path folder, UNetDesign design) throws IOException {
    // Not Properties.store, which writes the time.
    Files.writeString(
        folder.resolve(FILE),
        "start_neurons=%d%nnet_depth=%d%n".formatted(design.startNeurons(), design.netDepth()));
  }

  /**
   * Returns the space of networks that the weights in a folder fit.
   *
   * @throws IllegalArgumentException if a file is missing or says nothing usable
   */
  static NetworkSpace read(Path folder, Engine engine) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "'%s' is missing: pretrained weights need it, with start_neurons and net_depth"
              .formatted(file));
    }
    for (String name : engine.weightFiles()) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        throw new IllegalArgumentException(
            "'%s' is missing: weights of this engine are in %s"
                .formatted(folder.resolve(name), engine.weightFiles()));
      }
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return NetworkSpace.only(
        number(file, properties, "start_neurons"), number(file, properties, "net_depth"));
  }

  /** Returns the SHA-256 sum of the weights in a folder, 64 hexadecimal digits. */
  static String digest(Path folder, Engine engine) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name : engine.weightFiles()) {
        digest.update(Files.readAllBytes(folder.resolve(name)));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Opens the task's pretrained weights once, to see that they are those of its networks.
   *
   * @throws IllegalArgumentException if they are not
   */
  static void requireUsable(Engine engine, Task task) throws IOException {
    if (task.pretrained().isPresent()) {
      NetworkSpace space = task.profile().space();
      // What else a trial chooses changes no weight's name or shape.
      UNetDesign design =
          new UNetDesign(
              space.fewestNeurons(),
              space.leastDepth(),
              false,
              true,
              UNetDesign.Nonlinearity.LEAKY_RELU);
      engine.open(task, design, task.pretrained().get()).close();
    }
  }

  private static int number(Path file, Properties properties, String name) {
    String value = properties.getProperty(name, "");
    try {
      return Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s in '%s' is '%s', must be a whole number".formatted(name, file, value), e);
    }
  }
}

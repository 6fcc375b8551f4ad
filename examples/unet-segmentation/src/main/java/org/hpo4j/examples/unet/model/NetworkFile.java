package org.hpo4j.examples.unet.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a network is built from, as a file beside its weights. */
public final class NetworkFile {
  /** The usual name. */
  public static final String NAME = "network.json";

  private static final String SCALE = "scale";
  private static final String CHANNELS = "head_channels";
  private static final String MOMENTUM = "batch_norm_momentum";

  private NetworkFile() {}

  /** Writes a network. */
  public static void write(UNet unet, Path file) throws IOException {
    Map<String, Object> fields = new TreeMap<>();
    fields.put(SCALE, unet.scale());
    fields.put(CHANNELS, unet.headChannels());
    fields.put(MOMENTUM, unet.batchNormMomentum());
    Files.writeString(file, JsonMapper.shared().writeValueAsString(fields) + "\n");
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the file is missing or says something else
   */
  public static UNet read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "no model in '%s': '%s' is missing".formatted(file.toAbsolutePath().getParent(), file));
    }
    String text = Files.readString(file);
    try {
      JsonNode fields = JsonMapper.shared().readTree(text);
      return new UNet(
          fields.required(SCALE).intValue(),
          fields.required(CHANNELS).intValue(),
          fields.required(MOMENTUM).doubleValue());
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "'%s' is no description of a network: it has %s, must have the numbers %s, %s and %s"
              .formatted(file, text.strip(), SCALE, CHANNELS, MOMENTUM),
          e);
    }
  }
}

package org.hpo4j.tensorboard;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The events of a file, as bytes. */
final class Events {

  private static final double NANOS = 1e9;

  private Events() {}

  static byte[] fileVersion() {
    return event(0).put(Fields.EVENT_FILE_VERSION, Fields.FILE_VERSION).toBytes();
  }

  /** What the run's earlier files say about this step and those after it counts no longer. */
  static byte[] restart(long step) {
    Message log = new Message().put(Fields.SESSION_LOG_STATUS, Fields.SESSION_LOG_START);
    return event(step).put(Fields.EVENT_SESSION_LOG, log).toBytes();
  }

  static byte[] scalar(String tag, long step, double value) {
    return summary(step, value(tag).put(Fields.VALUE_SIMPLE_VALUE, (float) value));
  }

  static byte[] histogram(String tag, long step, Histogram histogram) {
    return summary(step, value(tag).put(Fields.VALUE_HISTO, histogram.toMessage()));
  }

  static byte[] image(String tag, long step, BufferedImage image) {
    Message png =
        new Message()
            .put(Fields.IMAGE_HEIGHT, image.getHeight())
            .put(Fields.IMAGE_WIDTH, image.getWidth())
            // Grey, grey and alpha, RGB, RGBA.
            .put(Fields.IMAGE_COLORSPACE, image.getColorModel().getNumComponents())
            .put(Fields.IMAGE_ENCODED, png(image));
    return summary(step, value(tag).put(Fields.VALUE_IMAGE, png));
  }

  static byte[] text(String tag, long step, String markdown) {
    Message scalar =
        new Message()
            .put(Fields.TENSOR_DTYPE, Fields.DT_STRING)
            .put(Fields.TENSOR_SHAPE, new Message())
            .put(Fields.TENSOR_STRING_VAL, markdown.getBytes(StandardCharsets.UTF_8));
    return tensor(tag, step, "text", new Message(), scalar);
  }

  static byte[] graph(List<GraphNode> nodes) {
    return event(0).put(Fields.EVENT_GRAPH_DEF, GraphMessage.of(nodes)).toBytes();
  }

  /** What the HParams plugin keeps is in the metadata; the tensor is empty. */
  static byte[] hparams(String tag, int field, Message content) {
    Message none =
        new Message()
            .put(Fields.TENSOR_DTYPE, Fields.DT_FLOAT)
            .put(
                Fields.TENSOR_SHAPE,
                new Message().put(Fields.SHAPE_DIM, new Message().put(Fields.DIM_SIZE, 0)));
    return tensor(tag, 0, Fields.HPARAMS, new Message().put(field, content), none);
  }

  static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / NANOS;
  }

  private static byte[] tensor(
      String tag, long step, String plugin, Message content, Message tensor) {
    Message metadata =
        new Message()
            .put(
                Fields.METADATA_PLUGIN_DATA,
                new Message()
                    .put(Fields.PLUGIN_DATA_NAME, plugin)
                    .put(Fields.PLUGIN_DATA_CONTENT, content))
            .put(Fields.METADATA_DATA_CLASS, Fields.DATA_CLASS_TENSOR);
    return summary(
        step, value(tag).put(Fields.VALUE_METADATA, metadata).put(Fields.VALUE_TENSOR, tensor));
  }

  private static Message value(String tag) {
    return new Message().put(Fields.VALUE_TAG, tag);
  }

  private static byte[] summary(long step, Message value) {
    return event(step)
        .put(Fields.EVENT_SUMMARY, new Message().put(Fields.SUMMARY_VALUE, value))
        .toBytes();
  }

  private static Message event(long step) {
    return new Message()
        .put(Fields.EVENT_WALL_TIME, seconds(Instant.now()))
        .put(Fields.EVENT_STEP, step);
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // ImageIO's own stream would go through a temporary file.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalArgumentException("image cannot be written as PNG: " + image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory does not fail", e);
    }
    return bytes.toByteArray();
  }
}

package org.hpo4j.tensorflow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * Finds out whether the engine can use a GPU by placing one operation on it.
 *
 * <p>Networks run with soft placement, which puts operations without a kernel for the GPU on the
 * CPU; it does the same to all of them, without a word, where there is no such GPU.
 */
final class DeviceCheck {
  private static final Pattern PRESENT = Pattern.compile("available devices are \\[(.*?)\\]");
  private static final Pattern LOCAL = Pattern.compile("/job:localhost/replica:0/task:0/device:");

  private DeviceCheck() {}

  /** Throws an {@link IllegalArgumentException} that names the devices present. */
  static void requireGpu(int number, ConfigProto config) {
    NativeLibrary.load();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      DeviceSpec first =
          DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.GPU).deviceIndex(0).build();
      // The visible GPU has number 0 among the session's devices, whichever it is.
      Operand<TFloat32> probe = tf.withDevice(first).constant(1f);
      ConfigProto strict = config.toBuilder().setAllowSoftPlacement(false).build();
      try (Session session = new Session(graph, strict);
          var result = session.runner().fetch(probe).run()) {
        result.get(0);
      }
    } catch (TFInvalidArgumentException e) {
      throw new IllegalArgumentException(
          "gpu is %d, must be one that the engine can use: %s"
              .formatted(number, reason(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /** The engine lists devices by full names, or counts the GPUs where it has others. */
  static String reason(String message) {
    Matcher present = PRESENT.matcher(message);
    return present.find()
        ? "it has " + LOCAL.matcher(present.group(1).strip()).replaceAll("")
        : message.lines().findFirst().orElse(message);
  }
}

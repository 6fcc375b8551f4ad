package org.hpo4j.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A protocol buffer that is written field by field. Generated classes would need the very version
 * of the runtime that they were generated for, while an application may bring another one, such as
 * that of TensorFlow Java; {@link CodedOutputStream} is the same in all of them.
 */
final class Message {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  @FunctionalInterface
  private interface Write {
    void run() throws IOException;
  }

  private Message write(Write write) {
    try {
      write.run();
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory does not fail", e);
    }
    return this;
  }

  Message put(int field, String value) {
    return write(() -> out.writeString(field, value));
  }

  Message put(int field, byte[] value) {
    return write(() -> out.writeByteArray(field, value));
  }

  Message put(int field, Message value) {
    return put(field, value.toBytes());
  }

  Message put(int field, double value) {
    return write(() -> out.writeDouble(field, value));
  }

  Message put(int field, float value) {
    return write(() -> out.writeFloat(field, value));
  }

  /** An integer or an enum's number. */
  Message put(int field, long value) {
    return write(() -> out.writeInt64(field, value));
  }

  Message put(int field, boolean value) {
    return write(() -> out.writeBool(field, value));
  }

  /** A packed list. */
  Message put(int field, double[] values) {
    return write(
        () -> {
          out.writeTag(field, 2);
          out.writeUInt32NoTag(values.length * Double.BYTES);
          for (double value : values) {
            out.writeDoubleNoTag(value);
          }
        });
  }

  /** An entry of a map with text keys. */
  Message putEntry(int field, String key, Message value) {
    return put(field, new Message().put(Fields.MAP_KEY, key).put(Fields.MAP_VALUE, value));
  }

  byte[] toBytes() {
    write(out::flush);
    return bytes.toByteArray();
  }
}

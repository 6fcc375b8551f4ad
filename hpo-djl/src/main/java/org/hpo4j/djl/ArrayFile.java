package org.hpo4j.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.json.Json;
import tools.jackson.core.JacksonException;

/**
 * Arrays by name in a file in the safetensors format: the length of a JSON header in eight bytes,
 * the header with type, shape and place of each array, and the values, all little-endian.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
final class ArrayFile {
  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;
  private static final int LONGEST_HEADER = 100_000_000;

  private ArrayFile() {}

  private record Entry(String name, DataType type, Shape shape, long begin, long end) {}

  /** Writes arrays in the map's order. */
  static void write(Path file, Map<String, ArrayData> arrays) throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    long offset = 0;
    for (Map.Entry<String, ArrayData> entry : arrays.entrySet()) {
      ArrayData array = entry.getValue();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("dtype", array.type().asSafetensors());
      fields.put("shape", Arrays.stream(array.shape().getShape()).boxed().toList());
      fields.put("data_offsets", List.of(offset, offset + array.bytes()));
      header.put(entry.getKey(), fields);
      offset += array.bytes();
    }
    String json = Json.write(header);
    // Spaces fill it up to a multiple of eight, so that the values are aligned.
    byte[] text =
        (json + " ".repeat(Math.floorMod(-json.length(), ALIGNMENT)))
            .getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      byte[] length = new byte[Long.BYTES];
      littleEndian(length).putLong(text.length);
      out.write(length);
      out.write(text);
      for (ArrayData array : arrays.values()) {
        byte[] values = new byte[Math.toIntExact(array.bytes())];
        array.write(littleEndian(values));
        out.write(values);
      }
    }
  }

  /**
   * Reads all arrays.
   *
   * @throws IllegalArgumentException if the file isn't in the format or is cut off; the message
   *     names it
   */
  static Map<String, ArrayData> read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "no weights at '" + file + "': the file is missing or can't be read");
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      Map<String, ArrayData> arrays = new LinkedHashMap<>();
      long position = 0;
      for (Entry entry : header(in)) {
        in.skipNBytes(entry.begin() - position);
        arrays.put(entry.name(), values(in, entry));
        position = entry.end();
      }
      return arrays;
    } catch (EOFException e) {
      throw new IllegalArgumentException("'" + file + "' is cut off", e);
    } catch (MalformedException | JacksonException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + file + "' is no file of weights in the safetensors format: " + e.getMessage(), e);
    }
  }

  /** Says what is wrong with a header. */
  private static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }

  private static List<Entry> header(DataInputStream in) throws IOException, MalformedException {
    long length = Long.reverseBytes(in.readLong());
    if (length < 2 || length > LONGEST_HEADER) {
      throw new MalformedException("its header would be " + length + " bytes long");
    }
    byte[] text = new byte[(int) length];
    in.readFully(text);
    Object parsed = Json.parse(new String(text, StandardCharsets.UTF_8)).orElse(List.of());
    if (!(parsed instanceof Map<?, ?> header)) {
      throw new MalformedException("its header is no JSON object");
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<?, ?> field : header.entrySet()) {
      if (!METADATA.equals(field.getKey())) {
        entries.add(entry(String.valueOf(field.getKey()), field.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin));
    long position = 0;
    for (Entry entry : entries) {
      if (entry.begin() < position) {
        throw new MalformedException("'" + entry.name() + "' overlaps another array");
      }
      position = entry.end();
    }
    return entries;
  }

  private static Entry entry(String name, Object value) throws MalformedException {
    if (value instanceof Map<?, ?> fields
        && fields.get("dtype") instanceof String type
        && fields.get("shape") instanceof List<?> shape
        && fields.get("data_offsets") instanceof List<?> offsets
        && offsets.size() == 2) {
      long[] dimensions = longs(name, shape);
      long[] place = longs(name, offsets);
      DataType dataType = dataType(name, type);
      long size = dataType.getNumOfBytes();
      for (long dimension : dimensions) {
        size = Math.multiplyExact(size, dimension);
      }
      if (place[1] - place[0] != size) {
        throw new MalformedException("'" + name + "' has another size than its shape says");
      }
      return new Entry(name, dataType, new Shape(dimensions), place[0], place[1]);
    }
    throw new MalformedException("'" + name + "' lacks a type, a shape or a place");
  }

  private static long[] longs(String name, List<?> values) throws MalformedException {
    long[] longs = new long[values.size()];
    for (int i = 0; i < longs.length; i++) {
      if (!(values.get(i) instanceof Long number) || number < 0) {
        throw new MalformedException("'" + name + "' has a number that is none: " + values.get(i));
      }
      longs[i] = number;
    }
    return longs;
  }

  private static DataType dataType(String name, String type) throws MalformedException {
    return switch (type) {
      case "F32" -> DataType.FLOAT32;
      case "I32" -> DataType.INT32;
      case "I64" -> DataType.INT64;
      case "U8" -> DataType.UINT8;
      default ->
          throw new MalformedException(
              "'" + name + "' is of type " + type + ", must be F32, I32, I64 or U8");
    };
  }

  private static ArrayData values(DataInputStream in, Entry entry) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(entry.end() - entry.begin())];
    in.readFully(bytes);
    return ArrayData.read(littleEndian(bytes), entry.type(), entry.shape().getShape());
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

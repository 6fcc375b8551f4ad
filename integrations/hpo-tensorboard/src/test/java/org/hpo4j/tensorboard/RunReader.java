package org.hpo4j.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads event files by their framing and field numbers, up to the first record that is torn. */
final class RunReader {

  private RunReader() {}

  /** A value of a summary; a NaN scalar where it is none. */
  record Value(String tag, long step, double scalar, UnknownFieldSet fields) {}

  static List<Path> files(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.filter(f -> f.getFileName().toString().contains("tfevents")).sorted().toList();
    }
  }

  static List<UnknownFieldSet> events(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<UnknownFieldSet> events = new ArrayList<>();
    while (bytes.remaining() >= 12) {
      int start = bytes.position();
      byte[] head = new byte[8];
      bytes.get(head);
      int length = (int) bytes.getLong(start);
      if (bytes.getInt() != TfRecord.maskedCrc(head, head.length)) {
        throw new IOException("the length at " + start + " has another checksum");
      }
      if (bytes.remaining() < length + 4) {
        break;
      }
      byte[] data = new byte[length];
      bytes.get(data);
      if (bytes.getInt() != TfRecord.maskedCrc(data, length)) {
        throw new IOException("the record at " + start + " has another checksum");
      }
      events.add(UnknownFieldSet.parseFrom(data));
    }
    return events;
  }

  static List<UnknownFieldSet> eventsOf(Path run) throws IOException {
    List<UnknownFieldSet> events = new ArrayList<>();
    for (Path file : files(run)) {
      events.addAll(events(file));
    }
    return events;
  }

  static List<Value> values(Path run) throws IOException {
    List<Value> values = new ArrayList<>();
    for (UnknownFieldSet event : eventsOf(run)) {
      if (!event.hasField(Fields.EVENT_SUMMARY)) {
        continue;
      }
      UnknownFieldSet summary = message(event, Fields.EVENT_SUMMARY);
      UnknownFieldSet value = message(summary, Fields.SUMMARY_VALUE);
      List<Integer> scalars = value.getField(Fields.VALUE_SIMPLE_VALUE).getFixed32List();
      values.add(
          new Value(
              bytes(value, Fields.VALUE_TAG).toStringUtf8(),
              event.getField(Fields.EVENT_STEP).getVarintList().get(0),
              scalars.isEmpty() ? Double.NaN : Float.intBitsToFloat(scalars.get(0)),
              value));
    }
    return values;
  }

  static List<Value> values(Path run, String tag) throws IOException {
    return values(run).stream().filter(value -> value.tag().equals(tag)).toList();
  }

  static List<String> tags(Path run) throws IOException {
    return values(run).stream().map(Value::tag).distinct().toList();
  }

  /** What the HParams plugin keeps with a value. */
  static UnknownFieldSet hparams(Value value, int field) throws IOException {
    UnknownFieldSet metadata = message(value.fields(), Fields.VALUE_METADATA);
    UnknownFieldSet plugin = message(metadata, Fields.METADATA_PLUGIN_DATA);
    return message(message(plugin, Fields.PLUGIN_DATA_CONTENT), field);
  }

  static List<String> mapKeys(UnknownFieldSet message, int field) throws IOException {
    List<String> keys = new ArrayList<>();
    for (ByteString entry : message.getField(field).getLengthDelimitedList()) {
      keys.add(bytes(UnknownFieldSet.parseFrom(entry), Fields.MAP_KEY).toStringUtf8());
    }
    return keys;
  }

  static UnknownFieldSet message(UnknownFieldSet message, int field) throws IOException {
    return UnknownFieldSet.parseFrom(bytes(message, field));
  }

  static ByteString bytes(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().get(0);
  }
}

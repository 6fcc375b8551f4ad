package org.hpo4j.storage.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.json.Json;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RecordEncoder} has written. */
final class RecordDecoder {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private int at;
  private final List<String> texts = new ArrayList<>();

  private String[] names = new String[0];
  private String[] distributionNames = new String[0];
  private String[] distributions = new String[0];

  /** A decoder of the bytes between two positions, which must be whole records. */
  RecordDecoder(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  boolean hasNext() {
    return at < end;
  }

  /** Fills the record with the next one. */
  void read(JournalRecord record) {
    record.clear();
    record.opCode = integer();
    if (record.opCode == RecordEncoder.LEFT_OUT_STEP) {
      record.leftOutStep = text();
      record.opCode = integer();
    }
    record.workerId = text();
    switch (record.opCode) {
      case JournalRecord.CREATE_STUDY -> {
        record.studyName = text();
        for (int count = integer(); count > 0; count--) {
          record.directions.add(integer());
        }
      }
      case JournalRecord.DELETE_STUDY -> record.studyId = integer();
      case JournalRecord.STUDY_USER_ATTRIBUTE, JournalRecord.STUDY_SYSTEM_ATTRIBUTE -> {
        record.studyId = integer();
        attributes(record);
      }
      case JournalRecord.CREATE_TRIAL -> trial(record);
      case JournalRecord.SET_PARAMETER -> {
        record.trialId = integer();
        String name = text();
        record.addParameter(name, number());
        record.addDistribution(name, text());
      }
      case JournalRecord.SET_STATE -> {
        record.trialId = integer();
        outcome(record);
      }
      case JournalRecord.SET_INTERMEDIATE_VALUE -> {
        record.trialId = integer();
        record.step = integer();
        record.intermediateValue = number();
      }
      case JournalRecord.TRIAL_USER_ATTRIBUTE, JournalRecord.TRIAL_SYSTEM_ATTRIBUTE -> {
        record.trialId = integer();
        attributes(record);
      }
      default -> {
        // Without effect, and so without fields.
      }
    }
  }

  private void trial(JournalRecord record) {
    record.studyId = integer();
    outcome(record);
    if (integer() == 1) {
      layout();
    }
    for (String name : names) {
      record.addParameter(name, number());
    }
    for (int i = 0; i < distributions.length; i++) {
      record.addDistribution(distributionNames[i], distributions[i]);
    }
    attributes(record);
    for (int count = integer(); count > 0; count--) {
      record.intermediateValues.put(integer(), number());
    }
  }

  private void layout() {
    names = new String[integer()];
    distributions = new String[integer()];
    distributionNames = new String[distributions.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = text();
    }
    for (int i = 0; i < distributions.length; i++) {
      distributionNames[i] = text();
      distributions[i] = text();
    }
  }

  private void outcome(JournalRecord record) {
    record.state = integer();
    for (int count = integer(); count > 0; count--) {
      record.values.add(number());
    }
    record.started = time();
    record.completed = time();
  }

  private void attributes(JournalRecord record) {
    attributes(record.userAttributes);
    attributes(record.systemAttributes);
  }

  private void attributes(Map<String, @Nullable Object> attributes) {
    for (int count = integer(); count > 0; count--) {
      String key = text();
      attributes.put(key, Json.parse(characters()).orElse(null));
    }
  }

  private Optional<Instant> time() {
    return integer() == 0
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(eightBytes(), integer()));
  }

  private String text() {
    int place = integer();
    if (place > 0) {
      return texts.get(place - 1);
    }
    String text = characters();
    texts.add(text);
    return text;
  }

  private String characters() {
    char[] characters = new char[integer()];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = (char) integer();
    }
    return new String(characters);
  }

  private double number() {
    return Double.longBitsToDouble(eightBytes());
  }

  private long eightBytes() {
    long bits = (long) LONG.get(bytes, at);
    at += Long.BYTES;
    return bits;
  }

  private int integer() {
    int octet = bytes[at++];
    int value = octet & 0x7F;
    for (int shift = 7; octet < 0; shift += 7) {
      octet = bytes[at++];
      value |= (octet & 0x7F) << shift;
    }
    return value;
  }
}

package org.hpo4j.storage.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Writes records in the short form that {@link RecordDecoder} reads. A record is its code and the
 * fields of that code, as they are when the line was taken apart; {@link #LEFT_OUT_STEP} and a text
 * may stand before it.
 *
 * <pre>
 * int         7 bits a byte, the lowest first; the highest bit says that there are more
 * double      8 bytes, the highest first
 * characters  their count, each as an int
 * text        0 and its characters when it is new, else the place of the equal one, from 1
 * json        the characters of its JSON text
 * time        0 for none, or 1, the seconds since 1970 in 8 bytes, and the nanoseconds as an int
 * list, map   the count, and its elements
 * layout      names and distributions of a trial's parameters: 0 for those of the layout before, or 1
 *             and two lists
 * </pre>
 */
final class RecordEncoder {

  /** In place of a code, which follows: before that, there is the step that was left out. */
  static final int LEFT_OUT_STEP = 11;

  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 16];
  private int size;
  private long flushed;

  /** The places of the texts that were written, from 1. */
  private final Map<String, Integer> texts = new HashMap<>();

  /**
   * The parameters of a trial without their values.
   *
   * @param names of the parameters
   * @param distributions the name and the text of each
   */
  private record Layout(List<String> names, List<String> distributions) {}

  private Layout layout = new Layout(List.of(), List.of());

  RecordEncoder(OutputStream out) {
    this.out = out;
  }

  /** How many bytes all records have so far. */
  long length() {
    return flushed + size;
  }

  /** Adds a record. */
  void write(JournalRecord record) throws IOException {
    if (!record.leftOutStep.isEmpty()) {
      integer(LEFT_OUT_STEP);
      text(record.leftOutStep);
    }
    integer(record.opCode);
    text(record.workerId);
    switch (record.opCode) {
      case JournalRecord.CREATE_STUDY -> {
        text(record.studyName);
        integer(record.directions.size());
        for (int direction : record.directions) {
          integer(direction);
        }
      }
      case JournalRecord.DELETE_STUDY -> integer(record.studyId);
      case JournalRecord.STUDY_USER_ATTRIBUTE, JournalRecord.STUDY_SYSTEM_ATTRIBUTE -> {
        integer(record.studyId);
        attributes(record);
      }
      case JournalRecord.CREATE_TRIAL -> trial(record);
      case JournalRecord.SET_PARAMETER -> {
        integer(record.trialId);
        text(record.parameterName(0));
        number(record.parameterValue(0));
        text(record.distributionText(0));
      }
      case JournalRecord.SET_STATE -> {
        integer(record.trialId);
        outcome(record);
      }
      case JournalRecord.SET_INTERMEDIATE_VALUE -> {
        integer(record.trialId);
        integer(record.isLeftOutReport() ? 0 : record.step);
        number(record.intermediateValue);
      }
      case JournalRecord.TRIAL_USER_ATTRIBUTE, JournalRecord.TRIAL_SYSTEM_ATTRIBUTE -> {
        integer(record.trialId);
        attributes(record);
      }
      default -> {
        // Without effect, and so without fields.
      }
    }
  }

  private void trial(JournalRecord record) throws IOException {
    integer(record.studyId);
    outcome(record);
    layout(record);
    for (int i = 0; i < record.parameterCount(); i++) {
      number(record.parameterValue(i));
    }
    attributes(record);
    integer(record.intermediateValues.size());
    for (Map.Entry<Integer, Double> report : record.intermediateValues.entrySet()) {
      integer(report.getKey());
      number(report.getValue());
    }
  }

  private void outcome(JournalRecord record) throws IOException {
    integer(record.state);
    integer(record.values.size());
    for (double value : record.values) {
      number(value);
    }
    time(record.started);
    time(record.completed);
  }

  private void layout(JournalRecord record) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < record.parameterCount(); i++) {
      names.add(record.parameterName(i));
    }
    List<String> distributions = new ArrayList<>();
    for (int i = 0; i < record.distributionCount(); i++) {
      distributions.add(record.distributionName(i));
      distributions.add(record.distributionText(i));
    }
    Layout present = new Layout(names, distributions);
    if (present.equals(layout)) {
      integer(0);
      return;
    }
    layout = present;
    integer(1);
    integer(names.size());
    integer(record.distributionCount());
    for (String text : names) {
      text(text);
    }
    for (String text : distributions) {
      text(text);
    }
  }

  private void attributes(JournalRecord record) throws IOException {
    attributes(record.userAttributes);
    attributes(record.systemAttributes);
  }

  private void attributes(Map<String, @Nullable Object> attributes) throws IOException {
    integer(attributes.size());
    for (Map.Entry<String, @Nullable Object> attribute : attributes.entrySet()) {
      text(attribute.getKey());
      characters(Json.write(attribute.getValue()));
    }
  }

  private void time(Optional<Instant> time) throws IOException {
    integer(time.isPresent() ? 1 : 0);
    if (time.isPresent()) {
      Instant instant = time.get();
      eightBytes(instant.getEpochSecond());
      integer(instant.getNano());
    }
  }

  private void text(String text) throws IOException {
    Integer place = texts.putIfAbsent(text, texts.size() + 1);
    if (place != null) {
      integer(place);
    } else {
      integer(0);
      characters(text);
    }
  }

  private void characters(String text) throws IOException {
    integer(text.length());
    for (int i = 0; i < text.length(); i++) {
      integer(text.charAt(i));
    }
  }

  private void number(double value) throws IOException {
    // The very bits: the sign of zero counts.
    eightBytes(Double.doubleToRawLongBits(value));
  }

  private void eightBytes(long bits) throws IOException {
    for (int shift = 56; shift >= 0; shift -= 8) {
      octet((int) (bits >>> shift));
    }
  }

  private void integer(int value) throws IOException {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      octet((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    octet(rest);
  }

  private void octet(int value) throws IOException {
    if (size == buffer.length) {
      flush();
    }
    buffer[size++] = (byte) value;
  }

  /** Hands on what waits. */
  void flush() throws IOException {
    out.write(buffer, 0, size);
    flushed += size;
    size = 0;
  }
}

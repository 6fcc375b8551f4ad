package org.hpo4j.storage.journal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hpo4j.json.Json;
import org.hpo4j.storage.optuna.RecordWriter;
import org.hpo4j.storage.optuna.TrialTemplate;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialState;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/** Builds lines of a journal in a buffer. */
final class JournalWriter implements RecordWriter {

  /** Far more than a study has parameters; only programs that change ranges may have more. */
  private static final int MOST_LITERALS = 4096;

  /** How many bytes a line may have: readers, those of other programs too, hold it in memory. */
  static final int LONGEST_LINE = 1 << 26;

  private static final class Buffer extends ByteArrayOutputStream {
    byte[] bytes() {
      return buf;
    }

    void cutTo(int size) {
      count = size;
    }
  }

  /** As JSON: backslash, u and four digits. */
  private static final int MOST_BYTES_A_CHARACTER = 6;

  private final String workerId;
  private final Buffer buffer = new Buffer();
  private final LineChecksum checksum = new LineChecksum();

  /** The JSON strings of distributions, which each trial repeats. */
  private final Map<String, SerializedString> literals = new HashMap<>();

  private int lines;

  /** Ids are not written: they are positions in the file. */
  private int nextTrialId;

  JournalWriter(String workerId) {
    this.workerId = workerId;
  }

  /** Tells the id of the next trial that is created in any study. */
  void setNextTrialId(int id) {
    nextTrialId = id;
  }

  // ---- The buffer ----

  byte[] bytes() {
    return buffer.bytes();
  }

  int size() {
    return buffer.size();
  }

  /** How many lines there are. */
  int lines() {
    return lines;
  }

  /** Keeps the first lines only. */
  void cutTo(int size, int lineCount) {
    buffer.cutTo(size);
    lines = lineCount;
  }

  private void line(int opCode, Consumer<JsonGenerator> fields) {
    int start = buffer.size();
    try (JsonGenerator json = Json.generator(buffer)) {
      json.writeStartObject();
      json.writeNumberProperty("op_code", opCode);
      json.writeStringProperty("worker_id", workerId);
      fields.accept(json);
      json.writeEndObject();
    }
    int length = buffer.size() - start;
    if (length > LONGEST_LINE) {
      buffer.cutTo(start);
      throw new IllegalArgumentException(
          "a line of a journal must have at most " + LONGEST_LINE + " bytes, got " + length);
    }
    buffer.cutTo(buffer.size() - 1);
    buffer.writeBytes(checksum.end(buffer.bytes(), start, buffer.size() - start));
    buffer.write('\n');
    lines++;
  }

  /**
   * Checks an attribute before it is written, with half a line for all that stands beside it.
   *
   * @throws IllegalArgumentException if a line cannot hold it
   */
  static void requireStorable(String key, Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      return;
    }
    long length = value instanceof String text ? text.length() : 0;
    if (!(value instanceof String) || isBetween(length)) {
      length = Json.write(value).getBytes(StandardCharsets.UTF_8).length;
    }
    if (length > LONGEST_LINE / 2) {
      throw new IllegalArgumentException(
          "attribute '"
              + key
              + "' must have at most "
              + LONGEST_LINE / 2
              + " bytes as JSON in a journal, got "
              + length);
    }
  }

  /** Whether a text of so many characters may be too long, and is not so in any case. */
  private static boolean isBetween(long characters) {
    return characters > LONGEST_LINE / 2 / MOST_BYTES_A_CHARACTER && characters <= LONGEST_LINE / 2;
  }

  // ---- Studies ----

  void createStudy(String name, List<Direction> directions) {
    line(
        JournalRecord.CREATE_STUDY,
        json -> {
          json.writeStringProperty("study_name", name);
          json.writeArrayPropertyStart("directions");
          directions.forEach(d -> json.writeNumber(d == Direction.MINIMIZE ? 1 : 2));
          json.writeEndArray();
        });
  }

  @Override
  public void studyAttribute(boolean ofUser, int studyId, String key, Object value) {
    line(
        ofUser ? JournalRecord.STUDY_USER_ATTRIBUTE : JournalRecord.STUDY_SYSTEM_ATTRIBUTE,
        json -> {
          json.writeNumberProperty("study_id", studyId);
          attribute(json, ofUser, key, value);
        });
  }

  private static void attribute(JsonGenerator json, boolean ofUser, String key, Object value) {
    json.writeObjectPropertyStart(ofUser ? "user_attr" : "system_attr");
    json.writeName(key);
    Json.write(json, value);
    json.writeEndObject();
  }

  // ---- Trials ----

  @Override
  public int createTrial(
      int studyId, int number, int objectives, Optional<Instant> started, TrialTemplate template) {
    line(
        JournalRecord.CREATE_TRIAL,
        json -> {
          json.writeNumberProperty("study_id", studyId);
          json.writeName("datetime_start");
          Json.write(json, started.map(JournalTime::format).orElse(null));
          if (!template.isPlain()) {
            template(json, objectives, template);
          }
        });
    return nextTrialId++;
  }

  private void template(JsonGenerator json, int objectives, TrialTemplate template) {
    json.writeNumberProperty("state", code(template.state()));
    // Optuna keeps the value of one objective here and those of several there.
    json.writeName("value");
    Json.write(
        json, objectives == 1 ? template.values().map(values -> values.get(0)).orElse(null) : null);
    json.writeName("values");
    Json.write(json, objectives == 1 ? null : template.values().orElse(null));
    if (template.completed().isPresent()) {
      json.writeStringProperty("datetime_complete", JournalTime.format(template.completed().get()));
    }
    json.writeObjectPropertyStart("distributions");
    template
        .distributions()
        .forEach(
            (name, distribution) -> {
              json.writeName(name);
              json.writeRawValue(literal(distribution));
            });
    json.writeEndObject();
    object(json, "params", template.parameters());
    object(json, "user_attrs", template.userAttributes());
    object(json, "system_attrs", template.systemAttributes());
    object(json, "intermediate_values", template.intermediateValues());
  }

  private SerializedString literal(String text) {
    if (literals.size() == MOST_LITERALS) {
      literals.clear();
    }
    return literals.computeIfAbsent(text, t -> new SerializedString(Json.write(t)));
  }

  private static void object(JsonGenerator json, String name, Map<String, ?> values) {
    json.writeName(name);
    Json.write(json, values);
  }

  @Override
  public void parameter(int trialId, String name, Number internal, String distribution) {
    line(
        JournalRecord.SET_PARAMETER,
        json -> {
          json.writeNumberProperty("trial_id", trialId);
          json.writeStringProperty("param_name", name);
          json.writeName("param_value_internal");
          Json.write(json, internal);
          json.writeName("distribution");
          json.writeRawValue(literal(distribution));
        });
  }

  @Override
  public void state(
      int trialId, TrialState state, Optional<List<Double>> values, Optional<Instant> time) {
    line(
        JournalRecord.SET_STATE,
        json -> {
          json.writeNumberProperty("trial_id", trialId);
          json.writeNumberProperty("state", code(state));
          json.writeName("values");
          Json.write(json, values.orElse(null));
          if (time.isPresent()) {
            json.writeStringProperty(
                state.isFinished() ? "datetime_complete" : "datetime_start",
                JournalTime.format(time.get()));
          }
        });
  }

  @Override
  public void intermediateValue(int trialId, int step, double value) {
    line(
        JournalRecord.SET_INTERMEDIATE_VALUE,
        json -> {
          json.writeNumberProperty("trial_id", trialId);
          json.writeNumberProperty("step", step);
          json.writeNumberProperty("intermediate_value", value);
        });
  }

  @Override
  public void trialAttribute(boolean ofUser, int trialId, String key, Object value) {
    line(
        ofUser ? JournalRecord.TRIAL_USER_ATTRIBUTE : JournalRecord.TRIAL_SYSTEM_ATTRIBUTE,
        json -> {
          json.writeNumberProperty("trial_id", trialId);
          attribute(json, ofUser, key, value);
        });
  }

  private static int code(TrialState state) {
    return switch (state) {
      case RUNNING -> JournalRecord.RUNNING;
      case COMPLETE -> JournalRecord.COMPLETE;
      case PRUNED -> JournalRecord.PRUNED;
      case FAILED -> JournalRecord.FAIL;
      case WAITING -> JournalRecord.WAITING;
    };
  }
}

package org.hpo4j.storage.journal;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hpo4j.json.Json;
import org.hpo4j.json.Names;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Takes lines of a journal apart. Fields that a line's code does not need are ignored, as are
 * fields of other programs.
 */
final class RecordParser {

  private enum Field {
    OP_CODE,
    STUDY_NAME,
    DIRECTIONS,
    STUDY_ID,
    TRIAL_ID,
    USER_ATTR,
    SYSTEM_ATTR,
    PARAM_NAME,
    PARAM_VALUE_INTERNAL,
    DISTRIBUTION,
    STATE,
    STEP,
    INTERMEDIATE_VALUE,
    DATETIME_START;

    final String json = name().toLowerCase(Locale.ROOT);
  }

  private static final List<EnumSet<Field>> NEEDED =
      List.of(
          EnumSet.of(Field.STUDY_NAME, Field.DIRECTIONS),
          EnumSet.of(Field.STUDY_ID),
          EnumSet.of(Field.STUDY_ID, Field.USER_ATTR),
          EnumSet.of(Field.STUDY_ID, Field.SYSTEM_ATTR),
          EnumSet.of(Field.STUDY_ID, Field.DATETIME_START),
          EnumSet.of(
              Field.TRIAL_ID, Field.PARAM_NAME, Field.PARAM_VALUE_INTERNAL, Field.DISTRIBUTION),
          EnumSet.of(Field.TRIAL_ID, Field.STATE),
          EnumSet.of(Field.TRIAL_ID, Field.STEP, Field.INTERMEDIATE_VALUE),
          EnumSet.of(Field.TRIAL_ID, Field.USER_ATTR),
          EnumSet.of(Field.TRIAL_ID, Field.SYSTEM_ATTR),
          EnumSet.noneOf(Field.class));

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

  private final JournalRecord record;
  private final TextPool pool = new TextPool();
  private final EnumSet<Field> present = EnumSet.noneOf(Field.class);

  /** The one parameter of a line that sets one; its fields may come in any order. */
  private String parameterName = "";

  private double parameterValue;
  private String distribution = "";

  /** A parser that fills this record. */
  RecordParser(JournalRecord record) {
    this.record = record;
  }

  /**
   * Takes a line apart.
   *
   * @throws IllegalArgumentException if it is not a record, saying what is wrong with it
   */
  void read(byte[] text, int offset, int length) {
    try {
      read(Json.parser(text, offset, length));
    } catch (JacksonException e) {
      try {
        read(Json.tolerantParser(text, offset, length).orElseThrow(() -> e));
      } catch (JacksonException again) {
        throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage(), e);
      }
    }
    check();
    if (record.opCode == JournalRecord.SET_PARAMETER) {
      record.addParameter(parameterName, parameterValue);
      record.addDistribution(parameterName, distribution);
    }
  }

  private void read(JsonParser line) {
    record.clear();
    present.clear();
    try (JsonParser parser = line) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("is not a JSON object");
      }
      String name = parser.nextName();
      while (name != null) {
        parser.nextToken();
        field(name, parser);
        name = parser.nextName();
      }
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("has text after its JSON object");
      }
    }
  }

  private void check() {
    require(Field.OP_CODE);
    if (record.opCode < 0 || record.opCode > JournalRecord.DISCARD_TRIALS) {
      throw new IllegalArgumentException("has the unknown op_code " + record.opCode);
    }
    if (!present.containsAll(NEEDED.get(record.opCode))) {
      NEEDED.get(record.opCode).forEach(this::require);
    }
    if (record.state < JournalRecord.RUNNING || record.state > JournalRecord.WAITING) {
      throw new IllegalArgumentException("has the unknown state " + record.state);
    }
    boolean setsOne =
        record.opCode == JournalRecord.STUDY_USER_ATTRIBUTE
            || record.opCode == JournalRecord.STUDY_SYSTEM_ATTRIBUTE
            || record.opCode == JournalRecord.TRIAL_USER_ATTRIBUTE
            || record.opCode == JournalRecord.TRIAL_SYSTEM_ATTRIBUTE;
    if (setsOne && record.userAttributes.size() + record.systemAttributes.size() != 1) {
      throw new IllegalArgumentException(
          "must set one attribute, sets "
              + record.userAttributes.keySet()
              + record.systemAttributes.keySet());
    }
  }

  private void require(Field field) {
    if (!present.contains(field)) {
      throw new IllegalArgumentException(
          "lacks the field "
              + field.json
              + (field == Field.OP_CODE ? "" : " of op_code " + record.opCode));
    }
  }

  private void field(String name, JsonParser parser) {
    switch (name) {
      case "op_code" -> record.opCode = integer(Field.OP_CODE, parser);
      case "worker_id" -> record.workerId = text(parser);
      case "study_name" -> {
        record.studyName = string(name, parser);
        present.add(Field.STUDY_NAME);
      }
      case "directions" -> {
        present.add(Field.DIRECTIONS);
        requireToken(name, JsonToken.START_ARRAY, parser);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          record.directions.add(integer(name, parser));
        }
      }
      case "study_id" -> record.studyId = integer(Field.STUDY_ID, parser);
      case "trial_id" -> record.trialId = integer(Field.TRIAL_ID, parser);
      case "state" -> record.state = integer(Field.STATE, parser);
      case "step" -> {
        present.add(Field.STEP);
        step(parser);
      }
      case "datetime_start" -> {
        present.add(Field.DATETIME_START);
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
          record.started = Optional.of(JournalTime.parse(string(name, parser)));
        }
      }
      case "datetime_complete" ->
          record.completed = Optional.of(JournalTime.parse(string(name, parser)));
      case "value" -> {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
          requireNoValues();
          record.values.add(number(name, parser));
        }
      }
      case "values" -> {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
          requireNoValues();
          requireToken(name, JsonToken.START_ARRAY, parser);
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            record.values.add(number(name, parser));
          }
        }
      }
      case "param_name" -> {
        present.add(Field.PARAM_NAME);
        parameterName = text(parser);
      }
      case "param_value_internal" -> {
        present.add(Field.PARAM_VALUE_INTERNAL);
        parameterValue = number(name, parser);
      }
      case "distribution" -> {
        present.add(Field.DISTRIBUTION);
        requireToken(name, JsonToken.VALUE_STRING, parser);
        distribution = text(parser);
      }
      case "params" -> parameters(parser);
      case "distributions" -> distributions(parser);
      case "user_attr" -> {
        present.add(Field.USER_ATTR);
        attributes(name, parser, record.userAttributes);
      }
      case "system_attr" -> {
        present.add(Field.SYSTEM_ATTR);
        attributes(name, parser, record.systemAttributes);
      }
      case "user_attrs" -> attributes(name, parser, record.userAttributes);
      case "system_attrs" -> attributes(name, parser, record.systemAttributes);
      case "intermediate_value" -> {
        present.add(Field.INTERMEDIATE_VALUE);
        record.intermediateValue = number(name, parser);
      }
      case "intermediate_values" -> {
        requireToken(name, JsonToken.START_OBJECT, parser);
        for (String at = parser.nextName(); at != null; at = parser.nextName()) {
          parser.nextToken();
          double value = number(name, parser);
          step(at).ifPresent(step -> record.intermediateValues.put(step, value));
        }
      }
      default -> parser.skipChildren();
    }
  }

  private void step(JsonParser parser) {
    double value = number(Field.STEP.json, parser);
    if (value == (int) value) {
      record.step = (int) value;
    } else if (value == Math.rint(value)) {
      leaveOut(parser.getString());
    } else {
      throw new IllegalArgumentException("step must be an integer, got " + value);
    }
  }

  /** A step of several; empty if it is beyond 32 bits. */
  private Optional<Integer> step(String text) {
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      if (!INTEGER.matcher(text).matches()) {
        throw new IllegalArgumentException("has the step '" + text + "', which is no integer", e);
      }
      leaveOut(text);
      return Optional.empty();
    }
  }

  /** Python's integers have no limit, those of a table have. */
  private void leaveOut(String step) {
    if (record.leftOutStep.isEmpty()) {
      record.leftOutStep = Names.excerpt(step);
    }
  }

  private void requireNoValues() {
    if (!record.values.isEmpty()) {
      throw new IllegalArgumentException("has both value and values");
    }
  }

  private void parameters(JsonParser parser) {
    requireToken("params", JsonToken.START_OBJECT, parser);
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      record.addParameter(name, number(name, parser));
    }
  }

  private void distributions(JsonParser parser) {
    requireToken("distributions", JsonToken.START_OBJECT, parser);
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      requireToken(name, JsonToken.VALUE_STRING, parser);
      record.addDistribution(name, text(parser));
    }
  }

  private static void attributes(
      String name, JsonParser parser, Map<String, @Nullable Object> target) {
    requireToken(name, JsonToken.START_OBJECT, parser);
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      parser.nextToken();
      target.put(key, Json.read(parser));
    }
  }

  private String text(JsonParser parser) {
    return pool.get(
        parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
  }

  private static String string(String name, JsonParser parser) {
    requireToken(name, JsonToken.VALUE_STRING, parser);
    return parser.getString();
  }

  private int integer(Field field, JsonParser parser) {
    present.add(field);
    return integer(field.json, parser);
  }

  private static int integer(String name, JsonParser parser) {
    double value = number(name, parser);
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + " must be an integer of at most " + Integer.MAX_VALUE + ", got " + value);
    }
    return (int) value;
  }

  private static double number(String name, JsonParser parser) {
    return switch (parser.currentToken()) {
      // Python's float(True) is 1.0, and its booleans are written as they are.
      case VALUE_TRUE -> 1;
      case VALUE_FALSE -> 0;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      default ->
          throw new IllegalArgumentException(
              name + " must be a number, got " + parser.currentToken() + " " + parser.getString());
    };
  }

  private static void requireToken(String name, JsonToken token, JsonParser parser) {
    if (parser.currentToken() != token) {
      throw new IllegalArgumentException(
          name + " must be " + token + ", got " + parser.currentToken());
    }
  }
}

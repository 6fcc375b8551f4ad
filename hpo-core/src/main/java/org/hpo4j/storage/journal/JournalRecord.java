package org.hpo4j.storage.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.json.Json;
import org.hpo4j.storage.optuna.TrialRecord;
import org.hpo4j.trial.TrialState;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One line of a journal, taken apart. An object is used again for each line. Fields that a line's
 * code does not need are ignored, as are fields of other programs.
 */
final class JournalRecord implements TrialRecord {

  /** The codes of what happened. */
  static final int CREATE_STUDY = 0;

  static final int DELETE_STUDY = 1;
  static final int STUDY_USER_ATTRIBUTE = 2;
  static final int STUDY_SYSTEM_ATTRIBUTE = 3;
  static final int CREATE_TRIAL = 4;
  static final int SET_PARAMETER = 5;
  static final int SET_STATE = 6;
  static final int SET_INTERMEDIATE_VALUE = 7;
  static final int TRIAL_USER_ATTRIBUTE = 8;
  static final int TRIAL_SYSTEM_ATTRIBUTE = 9;

  /** Reserved by Optuna; without effect. */
  static final int DISCARD_TRIALS = 10;

  /** The codes of a trial's states. */
  static final int RUNNING = 0;

  static final int COMPLETE = 1;
  static final int PRUNED = 2;
  static final int FAIL = 3;
  static final int WAITING = 4;

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

  private final TextPool pool = new TextPool();
  private final EnumSet<Field> present = EnumSet.noneOf(Field.class);

  int opCode;
  String workerId = "";
  String studyName = "";
  final List<Integer> directions = new ArrayList<>();
  int studyId;
  int trialId;
  int state;
  int step;
  double intermediateValue;

  /** One value an objective; empty if the line has none. */
  final List<Double> values = new ArrayList<>();

  Optional<Instant> started = Optional.empty();
  Optional<Instant> completed = Optional.empty();

  /** The parameters of the line, as Optuna's internal values. */
  int parameterCount;

  private String[] parameterNames = new String[16];
  private double[] parameterValues = new double[16];
  private int distributionCount;
  private String[] distributionNames = new String[16];
  private String[] distributions = new String[16];

  /** Attributes by key; of a line that sets one, exactly one. A value may be null. */
  final Map<String, @Nullable Object> userAttributes = new LinkedHashMap<>();

  final Map<String, @Nullable Object> systemAttributes = new LinkedHashMap<>();

  final Map<Integer, Double> intermediateValues = new LinkedHashMap<>();

  /**
   * Takes a line apart.
   *
   * @throws IllegalArgumentException if it is not a record, saying what is wrong with it
   */
  void read(byte[] text, int offset, int length) {
    clear();
    try (JsonParser parser = Json.parser(text, offset, length)) {
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
    } catch (JacksonException e) {
      throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage(), e);
    }
    check();
  }

  // ---- As a trial ----

  @Override
  public TrialState trialState() {
    return switch (state) {
      case RUNNING -> TrialState.RUNNING;
      case COMPLETE -> TrialState.COMPLETE;
      case PRUNED -> TrialState.PRUNED;
      case FAIL -> TrialState.FAILED;
      default -> TrialState.WAITING;
    };
  }

  @Override
  public String owner() {
    return workerId;
  }

  @Override
  public Optional<Instant> started() {
    return started;
  }

  @Override
  public Optional<Instant> completed() {
    return completed;
  }

  @Override
  public List<Double> values() {
    return values;
  }

  @Override
  public int parameterCount() {
    return parameterCount;
  }

  @Override
  public Map<Integer, Double> intermediateValues() {
    return intermediateValues;
  }

  @Override
  public Map<String, @Nullable Object> userAttributes() {
    return userAttributes;
  }

  @Override
  public Map<String, @Nullable Object> systemAttributes() {
    return systemAttributes;
  }

  @Override
  public String parameterName(int index) {
    return parameterNames[index];
  }

  @Override
  public double parameterValue(int index) {
    return parameterValues[index];
  }

  /** The same string for equal texts. */
  @Override
  public String distribution(int index) {
    String name = parameterNames[index];
    if (index < distributionCount && distributionNames[index].equals(name)) {
      return distributions[index];
    }
    for (int i = 0; i < distributionCount; i++) {
      if (distributionNames[i].equals(name)) {
        return distributions[i];
      }
    }
    throw new IllegalArgumentException("parameter '" + name + "' has no distribution");
  }

  private void clear() {
    present.clear();
    opCode = -1;
    workerId = "";
    studyName = "";
    directions.clear();
    state = RUNNING;
    values.clear();
    started = Optional.empty();
    completed = Optional.empty();
    parameterCount = 0;
    distributionCount = 0;
    userAttributes.clear();
    systemAttributes.clear();
    intermediateValues.clear();
  }

  private void check() {
    require(Field.OP_CODE);
    if (opCode < 0 || opCode > DISCARD_TRIALS) {
      throw new IllegalArgumentException("has the unknown op_code " + opCode);
    }
    if (!present.containsAll(NEEDED.get(opCode))) {
      NEEDED.get(opCode).forEach(this::require);
    }
    if (state < RUNNING || state > WAITING) {
      throw new IllegalArgumentException("has the unknown state " + state);
    }
    boolean setsOne =
        opCode == STUDY_USER_ATTRIBUTE
            || opCode == STUDY_SYSTEM_ATTRIBUTE
            || opCode == TRIAL_USER_ATTRIBUTE
            || opCode == TRIAL_SYSTEM_ATTRIBUTE;
    if (setsOne && userAttributes.size() + systemAttributes.size() != 1) {
      throw new IllegalArgumentException(
          "must set one attribute, sets " + userAttributes.keySet() + systemAttributes.keySet());
    }
  }

  private void require(Field field) {
    if (!present.contains(field)) {
      throw new IllegalArgumentException(
          "lacks the field "
              + field.json
              + (field == Field.OP_CODE ? "" : " of op_code " + opCode));
    }
  }

  private void field(String name, JsonParser parser) {
    switch (name) {
      case "op_code" -> opCode = integer(Field.OP_CODE, parser);
      case "worker_id" -> workerId = text(parser);
      case "study_name" -> {
        studyName = string(name, parser);
        present.add(Field.STUDY_NAME);
      }
      case "directions" -> {
        present.add(Field.DIRECTIONS);
        requireToken(name, JsonToken.START_ARRAY, parser);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          directions.add(integer(name, parser));
        }
      }
      case "study_id" -> studyId = integer(Field.STUDY_ID, parser);
      case "trial_id" -> trialId = integer(Field.TRIAL_ID, parser);
      case "state" -> state = integer(Field.STATE, parser);
      case "step" -> step = integer(Field.STEP, parser);
      case "datetime_start" -> {
        present.add(Field.DATETIME_START);
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
          started = Optional.of(JournalTime.parse(string(name, parser)));
        }
      }
      case "datetime_complete" -> completed = Optional.of(JournalTime.parse(string(name, parser)));
      case "value" -> {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
          requireNoValues();
          values.add(number(name, parser));
        }
      }
      case "values" -> {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
          requireNoValues();
          requireToken(name, JsonToken.START_ARRAY, parser);
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(number(name, parser));
          }
        }
      }
      case "param_name" -> {
        present.add(Field.PARAM_NAME);
        parameterNames[0] = text(parser);
        distributionNames[0] = parameterNames[0];
        parameterCount = 1;
        distributionCount = 1;
      }
      case "param_value_internal" -> {
        present.add(Field.PARAM_VALUE_INTERNAL);
        parameterValues[0] = number(name, parser);
      }
      case "distribution" -> {
        present.add(Field.DISTRIBUTION);
        requireToken(name, JsonToken.VALUE_STRING, parser);
        distributions[0] = text(parser);
      }
      case "params" -> parameters(parser);
      case "distributions" -> distributions(parser);
      case "user_attr" -> {
        present.add(Field.USER_ATTR);
        attributes(name, parser, userAttributes);
      }
      case "system_attr" -> {
        present.add(Field.SYSTEM_ATTR);
        attributes(name, parser, systemAttributes);
      }
      case "user_attrs" -> attributes(name, parser, userAttributes);
      case "system_attrs" -> attributes(name, parser, systemAttributes);
      case "intermediate_value" -> {
        present.add(Field.INTERMEDIATE_VALUE);
        intermediateValue = number(name, parser);
      }
      case "intermediate_values" -> {
        requireToken(name, JsonToken.START_OBJECT, parser);
        for (String at = parser.nextName(); at != null; at = parser.nextName()) {
          parser.nextToken();
          intermediateValues.put(step(at), number(name, parser));
        }
      }
      default -> parser.skipChildren();
    }
  }

  private static int step(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("has the step '" + text + "', which is no integer", e);
    }
  }

  private void requireNoValues() {
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("has both value and values");
    }
  }

  private void parameters(JsonParser parser) {
    requireToken("params", JsonToken.START_OBJECT, parser);
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (parameterCount == parameterNames.length) {
        parameterNames = Arrays.copyOf(parameterNames, 2 * parameterCount);
        parameterValues = Arrays.copyOf(parameterValues, 2 * parameterCount);
      }
      parameterNames[parameterCount] = name;
      parameterValues[parameterCount++] = number(name, parser);
    }
  }

  private void distributions(JsonParser parser) {
    requireToken("distributions", JsonToken.START_OBJECT, parser);
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (distributionCount == distributionNames.length) {
        distributionNames = Arrays.copyOf(distributionNames, 2 * distributionCount);
        distributions = Arrays.copyOf(distributions, 2 * distributionCount);
      }
      requireToken(name, JsonToken.VALUE_STRING, parser);
      distributionNames[distributionCount] = name;
      distributions[distributionCount++] = text(parser);
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

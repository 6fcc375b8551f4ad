package org.hpo4j.storage.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.storage.optuna.TrialRecord;
import org.hpo4j.trial.TrialState;
import org.jspecify.annotations.Nullable;

/**
 * What one line of a journal says. An object is used again for each line: {@link RecordParser}
 * fills it from the line, {@link RecordDecoder} from a snapshot.
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

  int opCode;
  String workerId = "";
  String studyName = "";
  final List<Integer> directions = new ArrayList<>();
  int studyId;
  int trialId;
  int state;
  int step;
  double intermediateValue;

  /** The first step of the line that no table can hold, with its report left out; mostly empty. */
  String leftOutStep = "";

  /** One value an objective; empty if the line has none. */
  final List<Double> values = new ArrayList<>();

  Optional<Instant> started = Optional.empty();
  Optional<Instant> completed = Optional.empty();

  /** The parameters of the line, with Optuna's internal values. */
  private int parameterCount;

  private String[] parameterNames = new String[16];
  private double[] parameterValues = new double[16];
  private int distributionCount;
  private String[] distributionNames = new String[16];
  private String[] distributions = new String[16];

  /** Attributes by key; of a line that sets one, exactly one. A value may be null. */
  final Map<String, @Nullable Object> userAttributes = new LinkedHashMap<>();

  final Map<String, @Nullable Object> systemAttributes = new LinkedHashMap<>();

  final Map<Integer, Double> intermediateValues = new LinkedHashMap<>();

  /** Whether it is a report that no table can hold, and so nothing but a reason to warn. */
  boolean isLeftOutReport() {
    return opCode == SET_INTERMEDIATE_VALUE && !leftOutStep.isEmpty();
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

  // ---- Filling ----

  void clear() {
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
    leftOutStep = "";
  }

  void addParameter(String name, double value) {
    if (parameterCount == parameterNames.length) {
      parameterNames = Arrays.copyOf(parameterNames, 2 * parameterCount);
      parameterValues = Arrays.copyOf(parameterValues, 2 * parameterCount);
    }
    parameterNames[parameterCount] = name;
    parameterValues[parameterCount++] = value;
  }

  void addDistribution(String name, String text) {
    if (distributionCount == distributionNames.length) {
      distributionNames = Arrays.copyOf(distributionNames, 2 * distributionCount);
      distributions = Arrays.copyOf(distributions, 2 * distributionCount);
    }
    distributionNames[distributionCount] = name;
    distributions[distributionCount++] = text;
  }

  // ---- Its distributions, in the order of the line ----

  int distributionCount() {
    return distributionCount;
  }

  String distributionName(int index) {
    return distributionNames[index];
  }

  String distributionText(int index) {
    return distributions[index];
  }
}

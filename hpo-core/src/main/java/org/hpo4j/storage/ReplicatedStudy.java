package org.hpo4j.storage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.jspecify.annotations.Nullable;

/**
 * The study that a reader of a journal is interested in, as far as the journal was read. Records
 * that Optuna ignores are ignored here: those for a trial that has ended, a second start, a
 * parameter with an incompatible distribution.
 */
final class ReplicatedStudy {

  private static final String NO_REASON =
      "failed; the program that ran the trial recorded no reason";

  private final int id;
  private final StudyReplica replica;
  private final TrialTable table;
  private final ParameterBindings parameters;
  private final Map<Integer, String> owners = new HashMap<>();
  private final Map<Integer, Outcome.Failed> failures = new HashMap<>();
  private int[] trialIds = new int[16];

  ReplicatedStudy(int id, List<Direction> directions) {
    this.id = id;
    this.replica = new StudyReplica(directions);
    this.table = replica.table();
    this.parameters = new ParameterBindings(table);
  }

  int id() {
    return id;
  }

  StudyReplica replica() {
    return replica;
  }

  TrialTable table() {
    return table;
  }

  ParameterBindings parameters() {
    return parameters;
  }

  /** The id of a trial in the whole journal. */
  int trialId(int number) {
    return trialIds[number];
  }

  /** Who runs each of the running trials. */
  Map<Integer, String> owners() {
    return owners;
  }

  // ---- The study ----

  void setUserAttribute(String key, @Nullable Object value) {
    if (value != null) {
      replica.apply(new StudyChange.SetStudyAttribute(key, value));
    }
  }

  void setSystemAttribute(String key, @Nullable Object value) {
    if (key.startsWith(JournalKeys.DOMAIN)) {
      parameters.define(key.substring(JournalKeys.DOMAIN.length()), value);
    } else if (value != null) {
      replica.apply(new StudyChange.SetStudySystemAttribute(key, value));
    }
  }

  // ---- Trials ----

  /** Adds a trial, which may already have ended, and returns its number. */
  int addTrial(int trialId, JournalRecord record) {
    int number = table.add();
    if (number == trialIds.length) {
      trialIds = Arrays.copyOf(trialIds, 2 * number);
    }
    trialIds[number] = trialId;
    for (int i = 0; i < record.parameterCount; i++) {
      parameters.set(
          number, record.parameterName(i), record.distribution(i), record.parameterValue(i), false);
    }
    record.intermediateValues.forEach(
        (step, value) -> table.report(number, TrialTable.OBJECTIVE, step, value));
    record.userAttributes.forEach((key, value) -> setTrialUserAttribute(number, key, value));
    record.systemAttributes.forEach((key, value) -> setTrialSystemAttribute(number, key, value));
    if (record.state != JournalRecord.WAITING) {
      table.setState(number, TrialState.RUNNING, record.started);
      if (record.state == JournalRecord.RUNNING) {
        owners.put(number, record.workerId);
        if (record.parameterCount > 0 && !record.systemAttributes.containsKey(JournalKeys.JOINT)) {
          table.setJoint(number, values(number, record));
        }
      } else {
        end(number, record);
      }
    }
    return number;
  }

  private Configuration values(int number, JournalRecord record) {
    Configuration.Builder builder = Configuration.builder();
    for (int i = 0; i < record.parameterCount; i++) {
      int column = table.columnOf(record.parameterName(i));
      builder.put(table.parameter(column), table.code(column, number));
    }
    return builder.build();
  }

  void setParameter(int number, JournalRecord record) {
    if (!hasEnded(number)) {
      parameters.set(
          number, record.parameterName(0), record.distribution(0), record.parameterValue(0), true);
    }
  }

  void setState(int number, JournalRecord record) {
    if (hasEnded(number)) {
      return;
    }
    if (record.state == JournalRecord.RUNNING) {
      if (table.state(number) == TrialState.WAITING) {
        table.setState(number, TrialState.RUNNING, record.started);
        owners.put(number, record.workerId);
      }
    } else if (record.state == JournalRecord.WAITING) {
      owners.remove(number);
      table.setState(number, TrialState.WAITING, Optional.empty());
      table.clearReports(number);
    } else {
      end(number, record);
    }
  }

  private void end(int number, JournalRecord record) {
    owners.remove(number);
    Outcome.Failed failure = failures.remove(number);
    table.finish(number, outcome(record, Optional.ofNullable(failure)), record.completed);
  }

  private Outcome outcome(JournalRecord record, Optional<Outcome.Failed> failure) {
    return switch (record.state) {
      case JournalRecord.COMPLETE -> {
        boolean valid =
            record.values.size() == table.directions().size()
                && record.values.stream().noneMatch(v -> v.isNaN());
        yield valid
            ? new Outcome.Completed(record.values)
            : Outcome.failed(
                FailureReason.NOT_A_NUMBER,
                "recorded as complete with the values "
                    + record.values
                    + "; needs "
                    + table.directions().size()
                    + " that are numbers");
      }
      case JournalRecord.PRUNED -> Outcome.pruned();
      default -> failure.orElseGet(() -> new Outcome.Failed(FailureReason.EXCEPTION, NO_REASON));
    };
  }

  void report(int number, JournalRecord record) {
    if (!hasEnded(number)) {
      table.report(number, TrialTable.OBJECTIVE, record.step, record.intermediateValue);
    }
  }

  void setTrialUserAttribute(int number, String key, @Nullable Object value) {
    if (value != null && !hasEnded(number)) {
      table.setAttribute(number, key, value);
    }
  }

  void setTrialSystemAttribute(int number, String key, @Nullable Object value) {
    if (value == null || hasEnded(number)) {
      return;
    }
    if (key.equals(JournalKeys.JOINT)) {
      table.setJoint(number, joint(value));
    } else if (key.equals(JournalKeys.FAILURE)) {
      failures.put(number, failure(value));
    } else if (key.startsWith(JournalKeys.REPORT)) {
      int colon = key.indexOf(':', JournalKeys.REPORT.length());
      if (colon < 0 || !(value instanceof Number number1)) {
        throw new IllegalArgumentException("has no report in " + key + " = " + value);
      }
      int step = Integer.parseInt(key.substring(JournalKeys.REPORT.length(), colon));
      table.report(number, key.substring(colon + 1), step, number1.doubleValue());
    } else {
      table.setSystemAttribute(number, key, value);
    }
  }

  private Configuration joint(Object value) {
    Configuration.Builder builder = Configuration.builder();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, code) -> {
            int column = table.columnOf(String.valueOf(name));
            if (column < 0 || !(code instanceof Number n)) {
              throw new IllegalArgumentException("has no value of " + name + " in " + value);
            }
            Parameter<?> parameter = table.parameter(column);
            builder.put(parameter, n.doubleValue());
          });
    }
    return builder.build();
  }

  private static Outcome.Failed failure(Object value) {
    if (value instanceof Map<?, ?> map) {
      for (FailureReason reason : FailureReason.values()) {
        if (reason.name().equals(map.get("reason"))) {
          return new Outcome.Failed(reason, String.valueOf(map.get("message")));
        }
      }
    }
    return new Outcome.Failed(FailureReason.EXCEPTION, String.valueOf(value));
  }

  private boolean hasEnded(int number) {
    return table.state(number).isFinished();
  }
}

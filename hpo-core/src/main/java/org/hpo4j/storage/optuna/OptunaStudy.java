package org.hpo4j.storage.optuna;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hpo4j.space.Configuration;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyReplica;
import org.hpo4j.storage.WorkerId;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.jspecify.annotations.Nullable;

/**
 * A study that is kept in one of Optuna's formats, as far as it was read. Records that Optuna
 * ignores are ignored here: those for a trial that has ended, a second start, a parameter with an
 * incompatible distribution.
 */
public final class OptunaStudy {

  private static final String NO_REASON =
      "failed; the program that ran the trial recorded no reason";

  private final int id;
  private final StudyReplica replica;
  private final TrialTable table;
  private final ParameterBindings parameters;
  private final NamedConstraints constraints;
  private final Map<Integer, String> owners = new HashMap<>();
  private final Map<Integer, Outcome.Failed> failures = new HashMap<>();
  private int[] trialIds = new int[16];

  /**
   * A study without trials.
   *
   * @param id the storage's id of it
   */
  public OptunaStudy(int id, List<Direction> directions) {
    this.id = id;
    this.replica = new StudyReplica(directions);
    this.table = replica.table();
    this.parameters = new ParameterBindings(table);
    this.constraints = new NamedConstraints(table);
  }

  /** The storage's id of the study. */
  public int id() {
    return id;
  }

  /** The study in memory. */
  public StudyReplica replica() {
    return replica;
  }

  /** The trials in memory. */
  public TrialTable table() {
    return table;
  }

  ParameterBindings parameters() {
    return parameters;
  }

  /** Whether the storage knows what a parameter of this name is. */
  public boolean hasParameter(String name) {
    return parameters.contains(name);
  }

  /** The storage's id of a trial. */
  public int trialId(int number) {
    return trialIds[number];
  }

  /** Who runs each of the running trials. */
  public Map<Integer, String> owners() {
    return owners;
  }

  /** How many of them other workers of this library run that meet the condition. */
  public int runningElsewhere(String self, Predicate<WorkerId> counted) {
    return (int)
        owners.values().stream()
            .filter(owner -> !owner.equals(self))
            .filter(owner -> WorkerId.parse(owner).filter(counted).isPresent())
            .count();
  }

  // ---- The study ----

  /** Takes in an attribute of the study; null ends it. */
  public void setUserAttribute(String key, @Nullable Object value) {
    if (value == null) {
      replica.removeAttribute(key);
    } else {
      replica.apply(new StudyChange.SetStudyAttribute(key, value));
    }
  }

  /** Takes in a library's attribute of the study, which may be a parameter's exact domain. */
  public void setSystemAttribute(String key, @Nullable Object value) {
    if (key.startsWith(AttributeKeys.DOMAIN)) {
      parameters.define(key.substring(AttributeKeys.DOMAIN.length()), value);
    } else if (value == null) {
      replica.removeSystemAttribute(key);
    } else {
      replica.apply(new StudyChange.SetStudySystemAttribute(key, value));
      constraints.takeOfStudy(key, value);
    }
  }

  // ---- Trials ----

  private int add(int trialId) {
    int number = table.add();
    if (number == trialIds.length) {
      trialIds = Arrays.copyOf(trialIds, 2 * number);
    }
    trialIds[number] = trialId;
    return number;
  }

  /** Adds a trial that has ended, of which no more is known yet: it runs on, and is nobody's. */
  public void addUnread(int trialId) {
    table.setState(add(trialId), TrialState.RUNNING, Optional.empty());
  }

  /** Adds a trial, which may already have ended, and returns its number. */
  public int addTrial(int trialId, TrialRecord record) {
    int number = add(trialId);
    for (int i = 0; i < record.parameterCount(); i++) {
      parameters.set(
          number, record.parameterName(i), record.distribution(i), record.parameterValue(i), false);
    }
    record
        .intermediateValues()
        .forEach((step, value) -> table.report(number, TrialTable.OBJECTIVE, step, value));
    record.userAttributes().forEach((key, value) -> setTrialUserAttribute(number, key, value));
    record.systemAttributes().forEach((key, value) -> setTrialSystemAttribute(number, key, value));
    keepDrawn(number, record);
    TrialState state = record.trialState();
    if (state != TrialState.WAITING) {
      table.setState(number, TrialState.RUNNING, record.started());
      if (state == TrialState.RUNNING) {
        owners.put(number, record.owner());
      } else {
        end(number, state, record.values(), record.completed());
      }
    }
    return number;
  }

  /**
   * Takes the values with which a trial is first seen, ended or not, for those that were drawn for
   * it, as they are where the space is declared, and nowhere else: to a trial of an ordered run
   * that may not see the outcome yet, it must look as it does in the process that runs it.
   */
  public void keepDrawn(int number, TrialRecord record) {
    boolean hasJoint = record.systemAttributes().containsKey(AttributeKeys.JOINT);
    if (record.parameterCount() > 0
        && !hasJoint
        && table.joint(number).size() == 0
        && replica.systemAttributes().containsKey(AttributeKeys.SPACE)) {
      table.setJoint(number, values(number, record));
    }
  }

  private Configuration values(int number, TrialRecord record) {
    Configuration.Builder builder = Configuration.builder();
    for (int i = 0; i < record.parameterCount(); i++) {
      int column = table.columnOf(record.parameterName(i));
      double code = table.code(column, number);
      if (!Double.isNaN(code)) {
        builder.put(table.parameter(column), code);
      }
    }
    return builder.build();
  }

  /** Gives a trial a value, unless it has ended or its distribution does not fit. */
  public void setParameter(int number, String name, String distribution, double internal) {
    if (!hasEnded(number)) {
      parameters.set(number, name, distribution, internal, true);
    }
  }

  /**
   * Changes a trial's state, where that is a change.
   *
   * @param owner who did
   * @param values one value an objective; empty if there is none
   * @param time of a start or an end
   */
  public void setState(
      int number, TrialState state, String owner, List<Double> values, Optional<Instant> time) {
    if (hasEnded(number)) {
      return;
    }
    if (state == TrialState.RUNNING) {
      if (table.state(number) == TrialState.WAITING) {
        table.setState(number, TrialState.RUNNING, time);
        owners.put(number, owner);
      }
    } else if (state == TrialState.WAITING) {
      owners.remove(number);
      table.setState(number, TrialState.WAITING, Optional.empty());
      table.clearMeasured(number);
      constraints.forget(number);
    } else {
      end(number, state, values, time);
    }
  }

  private void end(int number, TrialState state, List<Double> values, Optional<Instant> completed) {
    owners.remove(number);
    Outcome.Failed failure = failures.remove(number);
    table.finish(number, outcome(state, values, Optional.ofNullable(failure)), completed);
  }

  private Outcome outcome(TrialState state, List<Double> values, Optional<Outcome.Failed> failure) {
    return switch (state) {
      case COMPLETE -> {
        boolean valid =
            values.size() == table.directions().size() && values.stream().noneMatch(v -> v.isNaN());
        yield valid
            ? new Outcome.Completed(values)
            : Outcome.failed(
                FailureReason.NOT_A_NUMBER,
                "recorded as complete with the values "
                    + values
                    + "; needs "
                    + table.directions().size()
                    + " that are numbers");
      }
      case PRUNED -> Outcome.pruned();
      default -> failure.orElseGet(() -> new Outcome.Failed(FailureReason.EXCEPTION, NO_REASON));
    };
  }

  /** Takes in a report of the objective. */
  public void report(int number, int step, double value) {
    if (!hasEnded(number)) {
      table.report(number, TrialTable.OBJECTIVE, step, value);
    }
  }

  /** Takes in an attribute of a trial; null ends it. */
  public void setTrialUserAttribute(int number, String key, @Nullable Object value) {
    if (hasEnded(number)) {
      return;
    }
    if (value == null) {
      table.removeAttribute(number, key);
    } else {
      table.setAttribute(number, key, value);
    }
  }

  /** Takes in a library's attribute of a trial, which may mean more than an attribute. */
  public void setTrialSystemAttribute(int number, String key, @Nullable Object value) {
    if (value == null || hasEnded(number)) {
      return;
    }
    if (key.equals(AttributeKeys.JOINT)) {
      table.setJoint(number, joint(value));
    } else if (key.equals(AttributeKeys.FAILURE)) {
      failures.put(number, failure(value));
    } else if (key.startsWith(AttributeKeys.REPORT)) {
      int colon = key.indexOf(':', AttributeKeys.REPORT.length());
      if (colon < 0 || !(value instanceof Number number1)) {
        throw new IllegalArgumentException("has no report in " + key + " = " + value);
      }
      int step = Integer.parseInt(key.substring(AttributeKeys.REPORT.length(), colon));
      table.report(number, key.substring(colon + 1), step, number1.doubleValue());
    } else {
      table.setSystemAttribute(number, key, value);
      constraints.takeOfTrial(number, key, value);
    }
  }

  private Configuration joint(Object value) {
    Configuration.Builder builder = Configuration.builder();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, code) -> {
            if (!(code instanceof Number n)) {
              throw new IllegalArgumentException("has no value of " + name + " in " + value);
            }
            // Optuna copies trials into studies that know a parameter not at all, or otherwise.
            int column = table.columnOf(String.valueOf(name));
            if (column >= 0 && table.parameter(column).domain().contains(n.doubleValue())) {
              builder.put(table.parameter(column), n.doubleValue());
            }
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

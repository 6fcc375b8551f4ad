package org.hpo4j.trial;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.space.CategoricalDomain;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.OrdinalDomain;
import org.hpo4j.space.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * All trials of a study, by column: one array of doubles a parameter, one an objective, and so on.
 * A storage keeps one table a study in step with what it has written and read; samplers see it
 * through a {@link TrialHistory}. Rows are only ever added.
 *
 * <p>What most trials lack (reports, attributes, a failure) is kept aside by number, so that
 * 100,000 plain trials of ten parameters take about 16 MB.
 *
 * <p>Not thread-safe: a study guards its table with its own lock.
 */
public final class TrialTable {

  /** The metric under which reports of the objective itself are kept. */
  public static final String OBJECTIVE = "";

  /** The system attribute with an enqueued trial's values by name; the key is Optuna's. */
  public static final String FIXED_PARAMETERS = "fixed_params";

  /** The system attribute of a trial that was enqueued by this library, in whatever process. */
  public static final String ENQUEUED_HERE = "hpo4j:enqueued";

  /** The system attribute with a trial's outcome constraints as a list; the key is Optuna's. */
  public static final String CONSTRAINTS = "constraints";

  /**
   * How long the jointly drawn values of an ended trial are kept, in trials: the largest lag of an
   * ordered run. Those that the trial has ended without are kept for good.
   */
  public static final int LARGEST_LAG = 1024;

  private static final long NO_TIME = Long.MIN_VALUE;
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final List<Direction> directions;
  private int size;
  private TrialState[] states = new TrialState[16];
  private long[] started = new long[16];
  private long[] ended = new long[16];
  private final double[][] values;

  /** By number, null where there is none; not with the extras, since schedulers read all of it. */
  private @Nullable Fidelity[] fidelities = new Fidelity[0];

  private final OutcomeConstraints constraints = new OutcomeConstraints();
  private final List<Column> columns = new ArrayList<>();

  /** The columns that have a value, by the first trial with one, and then by their places. */
  private final List<Integer> order = new ArrayList<>();

  private final Map<String, Integer> columnByName = new HashMap<>();

  /** By number, null where there are none. */
  private @Nullable TrialExtras[] extras = new TrialExtras[0];

  private final Map<Integer, Configuration> joint = new HashMap<>();

  private final Map<TrialState, Count> counts = new EnumMap<>(TrialState.class);

  private int finishedPrefix;

  private static final class Column {
    Parameter<?> parameter;
    final SparseColumn codes = new SparseColumn();

    /** How many parameters the first trial with a value had before this one. */
    int place;

    /** How many complete and pruned trials have a value. */
    int ranked;

    Column(Parameter<?> parameter) {
      this.parameter = parameter;
    }
  }

  /** How many trials are in a state. */
  private static final class Count {
    int trials;
  }

  /** An empty table of a study with these objectives, at least one. */
  public TrialTable(List<Direction> directions) {
    this.directions = List.copyOf(directions);
    if (directions.isEmpty()) {
      throw new IllegalArgumentException("a study needs at least one objective");
    }
    this.values = new double[directions.size()][16];
  }

  /** The direction of each objective. */
  public List<Direction> directions() {
    return directions;
  }

  /** How many trials there are; they are numbered from 0. */
  public int size() {
    return size;
  }

  /** How many trials are in a state. */
  public int count(TrialState state) {
    return countOf(state).trials;
  }

  private Count countOf(TrialState state) {
    return counts.computeIfAbsent(state, unused -> new Count());
  }

  /** How many trials have ended. */
  public int finishedCount() {
    return count(TrialState.COMPLETE) + count(TrialState.PRUNED) + count(TrialState.FAILED);
  }

  /** The number of the first trial that has not ended, or the size. */
  public int finishedPrefix() {
    return finishedPrefix;
  }

  // ---- Writing: for storages ----

  /** Adds a trial that waits, and returns its number. */
  public int add() {
    if (size == states.length) {
      int length = SparseColumn.grown(size);
      states = Arrays.copyOf(states, length);
      started = Arrays.copyOf(started, length);
      ended = Arrays.copyOf(ended, length);
      for (int i = 0; i < values.length; i++) {
        values[i] = Arrays.copyOf(values[i], length);
      }
    }
    states[size] = TrialState.WAITING;
    started[size] = NO_TIME;
    ended[size] = NO_TIME;
    for (double[] objective : values) {
      objective[size] = Double.NaN;
    }
    countOf(TrialState.WAITING).trials++;
    return size++;
  }

  /** Lets a trial run, or wait again. */
  public void setState(int number, TrialState state, Optional<Instant> time) {
    countOf(states[number]).trials--;
    countOf(state).trials++;
    states[number] = state;
    if (state == TrialState.RUNNING) {
      started[number] = micros(time);
    }
  }

  /** Ends a trial. */
  public void finish(int number, Outcome outcome, Optional<Instant> time) {
    setState(number, outcome.state(), Optional.empty());
    ended[number] = micros(time);
    if (outcome instanceof Outcome.Completed completed) {
      for (int i = 0; i < values.length; i++) {
        values[i][number] = completed.values().get(i);
      }
    } else if (outcome instanceof Outcome.Failed failed) {
      extras(number).setFailure(failed);
    } else {
      values[0][number] = lastReport(number);
    }
    if (states[number].isRanked()) {
      for (Column column : columns) {
        column.ranked += Double.isNaN(column.codes.get(number)) ? 0 : 1;
      }
    }
    while (finishedPrefix < size && states[finishedPrefix].isFinished()) {
      // Views of an ordered run reach back at most this far.
      dropJointIfTaken(finishedPrefix - LARGEST_LAG);
      finishedPrefix++;
    }
  }

  /** Drops a joint draw that tells no more than the trial's values do. */
  private void dropJointIfTaken(int number) {
    Configuration drawn = joint(number);
    for (int i = 0; i < drawn.size(); i++) {
      if (code(columnOf(drawn.parameters().get(i).name()), number) != drawn.code(i)) {
        return;
      }
    }
    joint.remove(number);
  }

  private double lastReport(int number) {
    ReportSeries series = reports(number, OBJECTIVE);
    return series.size() == 0 ? Double.NaN : series.value(series.size() - 1);
  }

  /**
   * Makes a parameter known, replacing an equal one that has another default or options, since
   * these may be mere labels, read from a file. Any other stays, so that the joint draws share it.
   *
   * @return the parameter's column
   * @throws IllegalArgumentException if the name is in use with another domain
   */
  public int define(Parameter<?> parameter) {
    Integer index = columnByName.get(parameter.name());
    if (index == null) {
      index = columns.size();
      columns.add(new Column(parameter));
      columnByName.put(parameter.name(), index);
    } else {
      Column column = columns.get(index);
      ParameterConflicts.requireSameDomain(column.parameter, parameter);
      if (hasOptions(parameter) || parameter.defaultCode() != column.parameter.defaultCode()) {
        column.parameter = parameter;
      }
    }
    return index;
  }

  private static boolean hasOptions(Parameter<?> parameter) {
    return parameter.domain() instanceof CategoricalDomain
        || parameter.domain() instanceof OrdinalDomain;
  }

  /**
   * Replaces a known parameter by one of a domain that holds all values recorded so far and others:
   * other programs may change the range of a parameter in the middle of a study.
   */
  public void widen(Parameter<?> parameter) {
    columns.get(columnOf(parameter.name())).parameter = parameter;
  }

  /** Gives a trial the value of a parameter. */
  public void set(int number, Parameter<?> parameter, double code) {
    Column column = columns.get(define(parameter));
    boolean isFirst = number < column.codes.firstTrial();
    if (isFirst) {
      column.place = 0;
      for (Column other : columns) {
        column.place += Double.isNaN(other.codes.get(number)) ? 0 : 1;
      }
    }
    column.codes.set(number, code);
    if (isFirst) {
      putInOrder();
    }
  }

  private void putInOrder() {
    order.clear();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).codes.firstTrial() < Integer.MAX_VALUE) {
        order.add(i);
      }
    }
    order.sort(
        Comparator.<Integer>comparingInt(i -> columns.get(i).codes.firstTrial())
            .thenComparingInt(i -> columns.get(i).place));
  }

  /** Keeps the values that were drawn jointly for a trial when it was asked for. */
  public void setJoint(int number, Configuration configuration) {
    if (configuration.size() == 0) {
      joint.remove(number);
      return;
    }
    // Samplers look for running trials by column.
    configuration.parameters().forEach(this::define);
    joint.put(number, configuration);
  }

  /** Keeps an intermediate value. */
  public void report(int number, String metric, int step, double value) {
    extras(number).report(metric, step, value);
  }

  /** Forgets the intermediate values and constraints of a trial that will start anew. */
  public void clearMeasured(int number) {
    extrasIfAny(number).ifPresent(TrialExtras::clearReports);
    constraints.clear(number);
  }

  /** Keeps a user's attribute of a trial. */
  public void setAttribute(int number, String key, Object value) {
    extras(number).setAttribute(key, value);
  }

  /** Forgets a user's attribute of a trial, if it has that. */
  public void removeAttribute(int number, String key) {
    extrasIfAny(number).ifPresent(extra -> extra.removeAttribute(key));
  }

  /** Keeps an attribute of the library's own, or of another library. */
  public void setSystemAttribute(int number, String key, Object value) {
    if (key.equals(Fidelity.ATTRIBUTE)) {
      setFidelity(number, Fidelity.ofAttribute(value));
    } else if (key.equals(CONSTRAINTS) && value instanceof List<?> list) {
      constraints.set(number, list);
    } else {
      extras(number).setSystemAttribute(key, value);
    }
  }

  private void setFidelity(int number, Fidelity fidelity) {
    if (number >= fidelities.length) {
      fidelities =
          Arrays.copyOf(fidelities, Math.max(number + 1, SparseColumn.grown(fidelities.length)));
    }
    fidelities[number] = fidelity;
  }

  private TrialExtras extras(int number) {
    if (number >= extras.length) {
      extras = Arrays.copyOf(extras, Math.max(number + 1, SparseColumn.grown(extras.length)));
    }
    TrialExtras existing = extras[number];
    if (existing != null) {
      return existing;
    }
    TrialExtras made = new TrialExtras();
    extras[number] = made;
    return made;
  }

  private Optional<TrialExtras> extrasIfAny(int number) {
    return number < extras.length ? Optional.ofNullable(extras[number]) : Optional.empty();
  }

  // ---- Reading ----

  /** The state of a trial. */
  public TrialState state(int number) {
    return states[number];
  }

  /**
   * The value of an objective as the user gave it; the last report of a pruned trial; NaN if there
   * is none.
   */
  public double value(int number, int objective) {
    return values[objective][number];
  }

  /** Lets a trial violate the first outcome constraints unless it tells them. */
  public void declareConstraints(int count) {
    constraints.declare(count);
  }

  /** Whether trials may violate outcome constraints that none has told. */
  boolean hasDeclaredConstraints() {
    return constraints.areDeclared();
  }

  /** How many outcome constraints the trials below {@code size} have. */
  int constraintsBelow(int size) {
    return constraints.countBelow(size);
  }

  /**
   * The measured value of an outcome constraint: at most 0 is feasible; infinity if it was told as
   * unknown, NaN if not at all.
   */
  public double constraint(int number, int constraint) {
    return constraints.get(number, constraint);
  }

  /**
   * By how much a trial's constraints are violated: the sum of their positive parts. 0 if all hold
   * or the study has none; infinity for a trial that does not tell one that the study declares.
   */
  public double violation(int number) {
    return constraints.violation(number, constraints.count());
  }

  /** The same of the first {@code count} constraints. */
  double violation(int number, int count) {
    return constraints.violation(number, count);
  }

  /** How far a trial is to train, if a scheduler decided that. */
  public Optional<Fidelity> fidelity(int number) {
    return number < fidelities.length ? Optional.ofNullable(fidelities[number]) : Optional.empty();
  }

  /** All parameters seen so far, in the order in which they were first seen. */
  public List<Parameter<?>> parameters() {
    List<Parameter<?>> parameters = new ArrayList<>(columns.size());
    columns.forEach(column -> parameters.add(column.parameter));
    return parameters;
  }

  /**
   * The columns that a trial below {@code size} has a value in, by the first such trial and within
   * it in the order of choice. Unlike the order of arrival, this one does not depend on timing.
   */
  List<Integer> columnsBelow(int size) {
    int count = order.size();
    while (count > 0 && columns.get(order.get(count - 1)).codes.firstTrial() >= size) {
      count--;
    }
    return List.copyOf(order.subList(0, count));
  }

  /** How many complete and pruned trials have a value in a column. */
  int rankedWith(int column) {
    return columns.get(column).ranked;
  }

  /** The parameter of a column. */
  public Parameter<?> parameter(int column) {
    return columns.get(column).parameter;
  }

  /** The column of the parameter of this name, or -1. */
  public int columnOf(String name) {
    return columnByName.getOrDefault(name, -1);
  }

  /** The code of a trial's value, or NaN if the trial has none. */
  public double code(int column, int number) {
    return columns.get(column).codes.get(number);
  }

  /** The values drawn jointly for a trial when it was asked for, as far as they are kept. */
  public Configuration joint(int number) {
    return joint.getOrDefault(number, Configuration.empty());
  }

  /** The values of a trial, in the order in which parameters were first seen. */
  public Configuration configuration(int number) {
    Configuration.Builder builder = Configuration.builder();
    for (Column column : columns) {
      double code = column.codes.get(number);
      if (!Double.isNaN(code)) {
        builder.put(column.parameter, code);
      }
    }
    return builder.build();
  }

  /** The reports of a metric; {@link #OBJECTIVE} for the objective's. */
  public ReportSeries reports(int number, String metric) {
    // Without an Optional: pruners ask for one trial after another.
    TrialExtras extra = number < extras.length ? extras[number] : null;
    return extra == null ? ReportSeries.EMPTY : extra.reports(metric);
  }

  /** An attribute of the library's own, or of another library. */
  public Optional<Object> systemAttribute(int number, String key) {
    return extrasIfAny(number).flatMap(extra -> extra.systemAttribute(key));
  }

  /** Why a trial failed; empty unless it has. */
  public Optional<FailureReason> failureReason(int number) {
    return states[number] == TrialState.FAILED
        ? Optional.of(failure(number).reason())
        : Optional.empty();
  }

  /** The outcome of a trial that has ended. */
  public Optional<Outcome> outcome(int number) {
    return switch (states[number]) {
      case WAITING, RUNNING -> Optional.empty();
      case PRUNED -> Optional.of(Outcome.pruned());
      case FAILED -> Optional.of(failure(number));
      case COMPLETE -> {
        List<Double> all = new ArrayList<>(values.length);
        for (double[] objective : values) {
          all.add(objective[number]);
        }
        yield Optional.of(new Outcome.Completed(all));
      }
    };
  }

  private Outcome.Failed failure(int number) {
    return extrasIfAny(number)
        .flatMap(TrialExtras::failure)
        .orElseThrow(() -> new IllegalStateException("trial " + number + " has no failure"));
  }

  /** An immutable copy of a trial. */
  public FrozenTrial freeze(int number) {
    Optional<TrialExtras> extra = extrasIfAny(number);
    return new FrozenTrial(
        number,
        states[number],
        configuration(number),
        outcome(number),
        extra.map(TrialExtras::reports).orElse(Map.of()),
        extra.map(TrialExtras::attributes).orElse(Map.of()),
        time(started[number]),
        time(ended[number]),
        fidelity(number),
        states[number] == TrialState.COMPLETE
            ? constraints.measuredOrUnknown(number)
            : constraints.measured(number));
  }

  private static long micros(Optional<Instant> time) {
    return time.map(TrialTable::micros).orElse(NO_TIME);
  }

  /** Not {@link ChronoUnit#between}, which by way of nanoseconds reaches 292 years only. */
  private static long micros(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND), time.getNano() / 1000);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "has the time " + time + "; a time must be at most 292,000 years from 1970", e);
    }
  }

  private static Optional<Instant> time(long micros) {
    return micros == NO_TIME
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }
}

package org.hpo4j.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * What a sampler or a pruner may know when it decides about a trial: a view of a {@link
 * TrialTable}.
 *
 * <p>In an {@code asap} run the view shows whatever has finished. In an {@code ordered} run it
 * shows the outcomes of a prefix of the trials, and all later ones as running whether or not they
 * have finished, so that the decision does not depend on timing. A running trial shows the values
 * that were drawn for it jointly, and none that were drawn later.
 *
 * <p>Objective values are negated where high is better: lower is always better here.
 */
public final class TrialHistory {

  private final TrialTable table;
  private final int size;
  private final int visible;
  private final Optional<Metric> metric;

  /** The number of each trial of the view; null if these are 0, 1, 2, ... */
  private final int @Nullable [] numbers;

  /** A metric that stands in the objective's place. */
  private record Metric(String name, Direction direction) {}

  private TrialHistory(TrialTable table, int size, int visible) {
    this(table, size, visible, null, Optional.empty());
  }

  private TrialHistory(
      TrialTable table, int size, int visible, int @Nullable [] numbers, Optional<Metric> metric) {
    this.table = table;
    this.size = size;
    this.visible = visible;
    this.numbers = numbers;
    this.metric = metric;
  }

  /** Everything that has happened. */
  public static TrialHistory of(TrialTable table) {
    return new TrialHistory(table, table.size(), table.size());
  }

  /**
   * The trials below {@code size}, with the outcomes of those below {@code visible} only.
   *
   * @throws IllegalArgumentException unless 0 &lt;= visible &lt;= size &lt;= the table's size
   */
  public static TrialHistory ordered(TrialTable table, int size, int visible) {
    if (visible < 0 || visible > size || size > table.size()) {
      throw new IllegalArgumentException(
          "needs 0 <= visible <= size <= " + table.size() + ", got " + visible + " and " + size);
    }
    return new TrialHistory(table, size, visible);
  }

  /**
   * The same trials with the reports of a metric in the place of the objective's. Since a metric
   * has reports only, no trial has a value.
   *
   * @param name the metric
   * @param direction whether low or high values of it are better
   */
  public TrialHistory withReportsOf(String name, Direction direction) {
    return new TrialHistory(
        table, size, visible, numbers, Optional.of(new Metric(name, direction)));
  }

  /**
   * A view of some of the trials, renumbered from 0 in the given order.
   *
   * @param trials numbers in this view
   */
  public TrialHistory select(int[] trials) {
    int[] selected = new int[trials.length];
    for (int i = 0; i < trials.length; i++) {
      selected[i] = number(Objects.checkIndex(trials[i], size));
    }
    return new TrialHistory(table, selected.length, visible, selected, metric);
  }

  /** The number in the study of a trial of the view; the same unless trials were selected. */
  public int number(int trial) {
    return numbers == null ? trial : numbers[trial];
  }

  /**
   * Of what this is a view: what two views of the same source, by identity, say of a trial that is
   * {@linkplain #settledCount settled} in both is the same, so that it may be cached.
   */
  public Object source() {
    return numbers == null && metric.isEmpty() ? table : this;
  }

  /** The trials below this number have ended visibly: nothing about them will change. */
  public int settledCount() {
    return numbers == null ? Math.min(visible, table.finishedPrefix()) : 0;
  }

  /** How many trials are in the view; they are numbered from 0. */
  public int size() {
    return size;
  }

  /** How many objectives each trial has. */
  public int objectiveCount() {
    return table.directions().size();
  }

  /** The state of a trial; one past the visible prefix counts as running. */
  public TrialState state(int trial) {
    int number = number(trial);
    return number < visible ? table.state(number) : TrialState.RUNNING;
  }

  /** How many trials are complete or pruned. */
  public int rankedCount() {
    return showsAll()
        ? table.count(TrialState.COMPLETE) + table.count(TrialState.PRUNED)
        : count(trial -> state(trial).isRanked());
  }

  /** How many complete and pruned trials have a value in a column. */
  public int rankedWith(int column) {
    return showsAll()
        ? table.rankedWith(column)
        : count(trial -> state(trial).isRanked() && !Double.isNaN(code(column, trial)));
  }

  private boolean showsAll() {
    return numbers == null && visible == table.size();
  }

  private int count(IntPredicate accepts) {
    int count = 0;
    for (int trial = 0; trial < size; trial++) {
      count += accepts.test(trial) ? 1 : 0;
    }
    return count;
  }

  /** The numbers, in the study, of the trials of the view that have started and not ended. */
  public List<Integer> running() {
    List<Integer> running = new ArrayList<>();
    for (int trial = settledCount(); trial < size; trial++) {
      if (state(trial) == TrialState.RUNNING) {
        running.add(number(trial));
      }
    }
    return running;
  }

  /** Whether any trial may have failed; if false, none has. */
  public boolean hasFailures() {
    return table.count(TrialState.FAILED) > 0;
  }

  /** Why a trial failed; empty unless it has. */
  public Optional<FailureReason> failure(int trial) {
    int number = number(trial);
    return number < visible ? table.failureReason(number) : Optional.empty();
  }

  /**
   * The objective of a complete trial, or the last report of a pruned one; lower is better. NaN for
   * all others and for a pruned trial without reports.
   */
  public double value(int trial) {
    return value(trial, 0);
  }

  /** The value of one of several objectives; lower is better. */
  public double value(int trial, int objective) {
    int number = number(trial);
    return number < visible && metric.isEmpty()
        ? table.directions().get(objective).minimized(table.value(number, objective))
        : Double.NaN;
  }

  /** How many outcome constraints the trials have. */
  public int constraintCount() {
    return table.constraintsBelow(visible);
  }

  /**
   * The measured value of an outcome constraint: at most 0 is feasible; infinity if it was told as
   * unknown, NaN if not at all.
   */
  public double constraint(int trial, int constraint) {
    int number = number(trial);
    return number < visible ? table.constraint(number, constraint) : Double.NaN;
  }

  /**
   * By how much a trial's constraints are violated: the sum of their positive parts. 0 if all hold
   * or the study has none; infinity for a trial that does not tell one that the study declares, and
   * for one whose outcome may not be known.
   */
  public double violation(int trial) {
    int number = number(trial);
    int count = constraintCount();
    if (number < visible) {
      return table.violation(number, count);
    }
    return count == 0 && !table.hasDeclaredConstraints() ? 0 : Double.POSITIVE_INFINITY;
  }

  /** How far a trial is to train, if a scheduler decided that; known from its start. */
  public Optional<Fidelity> fidelity(int trial) {
    return table.fidelity(number(trial));
  }

  /** The last step that a finished trial reported of its objective, or -1. */
  public int lastStep(int trial) {
    ReportSeries series = reports(trial, TrialTable.OBJECTIVE);
    return series.size() == 0 ? -1 : series.step(series.size() - 1);
  }

  /** The reports of a metric as the user gave them; none of a trial past the visible prefix. */
  public ReportSeries reports(int trial, String name) {
    int number = number(trial);
    return number < visible ? table.reports(number, inTable(name)) : ReportSeries.EMPTY;
  }

  private String inTable(String name) {
    return name.equals(TrialTable.OBJECTIVE) ? metric.map(Metric::name).orElse(name) : name;
  }

  /** The direction of an objective, for reports, which are not negated. */
  public Direction direction(int objective) {
    return metric.map(Metric::direction).orElseGet(() -> table.directions().get(objective));
  }

  /**
   * The columns of the parameters that a trial whose outcome is visible has, by the first such
   * trial and within it in the order of choice: the same order in every run that is ordered alike.
   */
  public List<Integer> columns() {
    return table.columnsBelow(visible);
  }

  /** The parameter of a column. */
  public Parameter<?> parameter(int column) {
    return table.parameter(column);
  }

  /** The column of the parameter of this name, or -1 if it was never seen. */
  public int columnOf(String name) {
    return table.columnOf(name);
  }

  /**
   * The code of a trial's value in a column, or NaN if it has none. For a trial that is not
   * finished: as drawn jointly.
   */
  public double code(int column, int trial) {
    int number = number(trial);
    if (number < visible && table.state(number).isFinished()) {
      return table.code(column, number);
    }
    return drawnCode(column, number);
  }

  /**
   * The code of the value that a trial has in a column, or else the one that was drawn for it
   * jointly and that it ended without asking for; NaN if there is neither.
   */
  public double givenCode(int column, int trial) {
    double code = code(column, trial);
    return Double.isNaN(code) ? drawnCode(column, number(trial)) : code;
  }

  private double drawnCode(int column, int number) {
    Configuration joint = table.joint(number);
    int index = joint.indexOf(table.parameter(column).name());
    return index < 0 ? Double.NaN : joint.code(index);
  }
}

package org.hpo4j.sampler.structure;

import java.lang.ref.WeakReference;
import java.util.List;
import org.hpo4j.math.SuccessRates;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Domain;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialHistory;

/**
 * The probability that a configuration succeeds, learned from the trials of a history that have
 * ended: {@link SuccessRates} of their values. A pruned trial is a success, since it trained as far
 * as it was let; the death of a process says nothing about its trial's parameters.
 *
 * <p>What settled trials of one source tell is kept from ask to ask; it cannot change.
 *
 * <p>Public for the samplers of this library, which share it; not for users.
 */
public final class SuccessEstimate {

  private final List<Parameter<?>> parameters;
  private final double[] point;
  private final int[] columns;

  /** Of settled trials only. */
  private final SuccessRates settledRates;

  private final SuccessRates rates;
  private WeakReference<Object> source = new WeakReference<>(null);
  private int settled;

  /** An estimate by the values of some parameters; it knows of no failure. */
  public SuccessEstimate(List<Parameter<?>> parameters) {
    this.parameters = List.copyOf(parameters);
    this.point = new double[parameters.size()];
    this.columns = new int[parameters.size()];
    int[] options =
        parameters.stream()
            .mapToInt(p -> p.domain().isNominal() ? (int) p.domain().cardinality() : 0)
            .toArray();
    this.settledRates = new SuccessRates(options);
    this.rates = new SuccessRates(options);
  }

  /** Whether it is one of these parameters that has learned from the history's source. */
  boolean isOf(List<Parameter<?>> others, TrialHistory history) {
    return source.get() == history.source() && parameters.equals(others);
  }

  /** Brings it in step with a history. */
  public void learn(TrialHistory history) {
    if (!history.hasFailures()) {
      forget();
      return;
    }
    for (int j = 0; j < columns.length; j++) {
      columns[j] = history.columnOf(parameters.get(j).name());
    }
    if (source.get() != history.source() || settled > history.settledCount()) {
      settledRates.clear();
      settled = 0;
      source = new WeakReference<>(history.source());
    }
    add(history, settled, history.settledCount(), settledRates);
    settled = history.settledCount();
    rates.set(settledRates);
    add(history, settled, history.size(), rates);
    rates.finish();
  }

  /** Knows of no failure any more. */
  public void forget() {
    rates.clear();
  }

  private void add(TrialHistory history, int from, int to, SuccessRates counts) {
    for (int trial = from; trial < to; trial++) {
      boolean failed =
          history.failure(trial).filter(reason -> reason != FailureReason.LOST).isPresent();
      if ((failed || history.state(trial).isRanked()) && place(history, trial)) {
        counts.add(point, !failed);
      }
    }
  }

  /** Sets the point to that of a trial; false if it has none of the parameters. */
  private boolean place(TrialHistory history, int trial) {
    boolean any = false;
    for (int j = 0; j < columns.length; j++) {
      point[j] = place(j, columns[j] < 0 ? Double.NaN : history.code(columns[j], trial));
      any |= !Double.isNaN(point[j]);
    }
    return any;
  }

  private double place(int j, double code) {
    Domain<?> domain = parameters.get(j).domain();
    return Double.isNaN(code) || domain.isNominal() ? code : domain.toUnit(code);
  }

  /** Whether a trial has failed; while none has, every probability is 1. */
  public boolean knowsFailures() {
    return rates.failureCount() > 0;
  }

  /**
   * The logarithm of the probability of success.
   *
   * @param codes by parameter; NaN for absent ones
   */
  public double logProbability(double[] codes) {
    for (int j = 0; j < point.length; j++) {
      point[j] = place(j, codes[j]);
    }
    return rates.logProbability(point);
  }

  /** The same of a configuration. */
  public double logProbability(Configuration configuration) {
    for (int j = 0; j < point.length; j++) {
      int index = configuration.indexOf(parameters.get(j).name());
      point[j] = place(j, index < 0 ? Double.NaN : configuration.code(index));
    }
    return rates.logProbability(point);
  }
}

package org.hpo4j.sampler.hyperband;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * A study without threads: some trials run at a time, and which of them ends next is drawn. Trials
 * fail and are pruned with given probabilities, and others come in from outside.
 */
final class Simulation {

  static final Parameter<Double> X = Parameters.uniform("x", 0, 1);
  static final SearchSpace SPACE = SearchSpace.of(X);

  final TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
  private final Sampler sampler;
  private final SplittableRandom random;
  private final int workers;
  private final double badShare;
  private final double outsideShare;
  private final List<Integer> running = new ArrayList<>();

  /**
   * @param workers how many trials run at a time
   * @param badShare how many of them fail, and how many are pruned
   * @param outsideShare how often a trial is imported before one is asked for
   */
  Simulation(Sampler sampler, long seed, int workers, double badShare, double outsideShare) {
    this.sampler = sampler;
    this.random = new SplittableRandom(seed);
    this.workers = workers;
    this.badShare = badShare;
    this.outsideShare = outsideShare;
  }

  /**
   * Runs until the sampler is exhausted or there are so many trials.
   *
   * @throws AssertionError if the sampler waits while nothing runs
   */
  void run(int most) {
    boolean exhausted = false;
    while (true) {
      boolean idle = false;
      while (!exhausted && !idle && running.size() < workers && table.size() < most) {
        if (random.nextDouble() < outsideShare) {
          complete(start(anyX(), Optional.empty()), random.nextDouble());
        }
        Suggestion suggestion = sampler.suggest(TrialHistory.of(table), context());
        if (suggestion instanceof Suggestion.Values values) {
          running.add(start(values.configuration(), values.fidelity()));
        } else if (suggestion instanceof Suggestion.Idle) {
          idle = true;
          if (running.isEmpty()) {
            throw new AssertionError("idle after trial " + table.size() + " while nothing runs");
          }
        } else {
          exhausted = true;
        }
      }
      if (running.isEmpty()) {
        return;
      }
      end(running.remove(random.nextInt(running.size())));
    }
  }

  private SamplerContext context() {
    return new SamplerContext(1, table.size(), Optional.of(SPACE));
  }

  private Configuration anyX() {
    return Configuration.builder().set(X, random.nextDouble()).build();
  }

  private int start(Configuration configuration, Optional<Fidelity> fidelity) {
    int trial = table.add();
    table.setState(trial, TrialState.RUNNING, Optional.empty());
    table.setJoint(trial, configuration);
    table.set(trial, X, configuration.get(X));
    fidelity.ifPresent(f -> table.setSystemAttribute(trial, Fidelity.ATTRIBUTE, f.toAttribute()));
    return trial;
  }

  private void end(int trial) {
    double kind = random.nextDouble();
    if (kind < badShare) {
      table.finish(
          trial, Outcome.failed(FailureReason.OUT_OF_MEMORY, "too large"), Optional.empty());
    } else if (kind < 2 * badShare) {
      table.finish(trial, Outcome.pruned(), Optional.empty());
    } else {
      complete(trial, random.nextDouble());
    }
  }

  private void complete(int trial, double value) {
    table.finish(trial, Outcome.completed(value), Optional.empty());
  }

  /** The trials of a rung. */
  List<Integer> rung(int bracket, int round) {
    List<Integer> trials = new ArrayList<>();
    for (int trial = 0; trial < table.size(); trial++) {
      if (table
          .fidelity(trial)
          .filter(f -> f.bracket() == bracket && f.round() == round)
          .isPresent()) {
        trials.add(trial);
      }
    }
    return trials;
  }

  List<Integer> parents(int bracket, int round) {
    return rung(bracket, round).stream()
        .map(trial -> table.fidelity(trial).orElseThrow().parent().orElseThrow())
        .toList();
  }

  /** The completed trials of a rung, best first. */
  List<Integer> ranked(int bracket, int round) {
    return rung(bracket, round).stream()
        .filter(trial -> table.state(trial) == TrialState.COMPLETE)
        .sorted((a, b) -> Double.compare(table.value(a, 0), table.value(b, 0)))
        .toList();
  }
}

package org.hpo4j.sampler.tpe;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/** Makes tables of trials for tests. */
public final class Histories {

  private Histories() {}

  public static TrialTable table() {
    return new TrialTable(List.of(Direction.MINIMIZE));
  }

  public static int add(TrialTable table, Configuration configuration) {
    int number = table.add();
    for (int i = 0; i < configuration.size(); i++) {
      table.set(number, configuration.parameters().get(i), configuration.code(i));
    }
    return number;
  }

  public static int complete(TrialTable table, Configuration configuration, double value) {
    int number = add(table, configuration);
    table.finish(number, Outcome.completed(value), Optional.empty());
    return number;
  }

  public static int fail(TrialTable table, Configuration configuration) {
    int number = add(table, configuration);
    table.finish(number, Outcome.failed(FailureReason.EXCEPTION, "test"), Optional.empty());
    return number;
  }

  public static int prune(TrialTable table, Configuration configuration, double... reports) {
    int number = add(table, configuration);
    for (int step = 0; step < reports.length; step++) {
      table.report(number, TrialTable.OBJECTIVE, step, reports[step]);
    }
    table.finish(number, Outcome.pruned(), Optional.empty());
    return number;
  }

  public static int run(TrialTable table, Configuration configuration) {
    int number = table.add();
    table.setJoint(number, configuration);
    table.setState(number, TrialState.RUNNING, Optional.empty());
    return number;
  }

  public static Configuration random(SearchSpace space, SplittableRandom random) {
    Configuration configuration;
    do {
      configuration = space.walk(p -> p.domain().fromUnit(random.nextDouble()));
    } while (!space.satisfies(configuration));
    return configuration;
  }

  /** A trial of any kind: complete, infinite, pruned with and without reports, failed, running. */
  public static void addAnyOutcome(TrialTable table, Configuration configuration, int kind) {
    switch (kind) {
      case 0 -> fail(table, configuration);
      case 1 -> prune(table, configuration);
      case 2 -> prune(table, configuration, 3, 2);
      case 3 -> run(table, configuration);
      case 4 -> complete(table, configuration, Double.POSITIVE_INFINITY);
      case 5 -> complete(table, configuration, Double.NEGATIVE_INFINITY);
      default -> complete(table, configuration, Math.sin(table.size()));
    }
  }

  public static SamplerContext context(int trial, SearchSpace space) {
    return new SamplerContext(7, trial, Optional.of(space));
  }
}

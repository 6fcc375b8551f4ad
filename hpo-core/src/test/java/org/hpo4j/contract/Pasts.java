package org.hpo4j.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/** What a study of a space may have been through, by name. */
final class Pasts {

  /** Makes the table of a study of a space. */
  @FunctionalInterface
  interface Past {
    /** Fills an empty table. */
    void fill(TrialTable table, SearchSpace space);
  }

  private Pasts() {}

  static Map<String, Past> all() {
    Map<String, Past> pasts = new LinkedHashMap<>();
    pasts.put("nothing", (table, space) -> {});
    pasts.put("all failed", (table, space) -> repeat(15, i -> fail(table, draw(space, i))));
    pasts.put("all running", (table, space) -> repeat(15, i -> run(table, draw(space, i))));
    pasts.put("one complete", (table, space) -> complete(table, draw(space, 0), 1));
    pasts.put("all equal", (table, space) -> repeat(25, i -> complete(table, draw(space, 0), 1)));
    pasts.put(
        "equal values", (table, space) -> repeat(25, i -> complete(table, draw(space, i), 0)));
    pasts.put(
        "infinite values",
        (table, space) ->
            repeat(
                25,
                i ->
                    complete(
                        table,
                        draw(space, i),
                        i % 3 == 0 ? Double.POSITIVE_INFINITY : i % 3 == 1 ? -1e300 : 1e-300)));
    pasts.put("everything", Pasts::everything);
    pasts.put("constraints", Pasts::constraints);
    pasts.put("fidelities", Pasts::fidelities);
    return pasts;
  }

  /** Trials in every state and with every kind of value. */
  static void everything(TrialTable table, SearchSpace space) {
    for (int i = 0; i < 40; i++) {
      addAny(table, draw(space, i), i);
    }
  }

  static void addAny(TrialTable table, Configuration values, int kind) {
    switch (kind % 10) {
      case 0 -> fail(table, values);
      case 1 -> prune(table, values);
      case 2 -> prune(table, values, 3, 2);
      case 3 -> run(table, values);
      case 4 -> run(table, Configuration.empty());
      case 5 ->
          complete(table, values, kind % 20 == 5 ? Double.POSITIVE_INFINITY : -Double.MAX_VALUE);
      default -> complete(table, values, Math.sin(kind));
    }
  }

  /** Trials all over a space, of which some always fail; the values of the others are equal. */
  static void failing(TrialTable table, SearchSpace space, Predicate<Configuration> fails) {
    for (int i = 0; i < 40; i++) {
      Configuration values = draw(space, i);
      Outcome outcome =
          fails.test(values)
              ? Outcome.failed(FailureReason.OUT_OF_MEMORY, "a test")
              : Outcome.completed(0);
      end(table, start(table, values), outcome);
    }
  }

  private static void constraints(TrialTable table, SearchSpace space) {
    for (int i = 0; i < 30; i++) {
      int number = start(table, draw(space, i));
      table.setSystemAttribute(
          number,
          TrialTable.CONSTRAINTS,
          List.of(Math.sin(i), i % 7 == 0 ? Double.POSITIVE_INFINITY : -1.0));
      end(table, number, Outcome.completed(i % 5));
    }
    complete(table, draw(space, 30), -1);
  }

  private static void fidelities(TrialTable table, SearchSpace space) {
    for (int i = 0; i < 12; i++) {
      int number = start(table, draw(space, i));
      Fidelity first = new Fidelity(0, 0, 0, 3, OptionalInt.empty());
      table.setSystemAttribute(number, Fidelity.ATTRIBUTE, first.toAttribute());
      end(table, number, Outcome.completed(i));
    }
    for (int i = 0; i < 4; i++) {
      int number = start(table, draw(space, i));
      Fidelity promoted = new Fidelity(0, 1, 3, 7, OptionalInt.of(i));
      table.setSystemAttribute(number, Fidelity.ATTRIBUTE, promoted.toAttribute());
      if (i < 3) {
        end(table, number, Outcome.completed(i - 0.5));
      }
    }
  }

  // ---- One trial ----

  static Configuration draw(SearchSpace space, int seed) {
    return RandomSampler.draw(space, new SamplerContext(seed, 0, Optional.of(space)));
  }

  static int start(TrialTable table, Configuration values) {
    int number = table.add();
    table.setState(number, TrialState.RUNNING, Optional.empty());
    for (int i = 0; i < values.size(); i++) {
      table.set(number, values.parameters().get(i), values.code(i));
    }
    table.setJoint(number, values);
    return number;
  }

  static void end(TrialTable table, int number, Outcome outcome) {
    if (outcome instanceof Outcome.Completed completed && table.directions().size() > 1) {
      double value = completed.value();
      table.finish(
          number,
          new Outcome.Completed(
              table.directions().stream()
                  .map(d -> d == Direction.MINIMIZE ? value : Math.max(-1, Math.min(1, value)))
                  .toList()),
          Optional.empty());
    } else {
      table.finish(number, outcome, Optional.empty());
    }
  }

  static void complete(TrialTable table, Configuration values, double value) {
    end(table, start(table, values), Outcome.completed(value));
  }

  private static void fail(TrialTable table, Configuration values) {
    int number = start(table, values);
    FailureReason reason =
        List.of(
                FailureReason.OUT_OF_MEMORY,
                FailureReason.NOT_A_NUMBER,
                FailureReason.TIMEOUT,
                FailureReason.LOST)
            .get(number % 4);
    end(table, number, Outcome.failed(reason, "a test"));
  }

  private static void prune(TrialTable table, Configuration values, double... reports) {
    int number = start(table, values);
    for (int step = 0; step < reports.length; step++) {
      table.report(number, TrialTable.OBJECTIVE, step, reports[step]);
    }
    end(table, number, Outcome.pruned());
  }

  private static void run(TrialTable table, Configuration values) {
    int number = table.add();
    table.setState(number, TrialState.RUNNING, Optional.empty());
    table.setJoint(number, values);
    for (int i = 0; i < values.size(); i++) {
      table.set(number, values.parameters().get(i), values.code(i));
    }
  }

  private static void repeat(int count, java.util.function.IntConsumer action) {
    for (int i = 0; i < count; i++) {
      action.accept(i);
    }
  }
}

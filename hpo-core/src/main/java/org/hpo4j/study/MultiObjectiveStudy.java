package org.hpo4j.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hpo4j.math.NonDominated;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * A search for the best trade-offs between several objectives. Safe for use by several threads.
 *
 * <pre>{@code
 * MultiObjectiveStudy study =
 *     MultiObjectiveStudy.named("trade-off").minimize("loss").maximize("throughput").create();
 * study.optimize(trial -> new double[] {loss(trial), throughput(trial)}, RunOptions.trials(200));
 * study.paretoFront().forEach(System.out::println);
 * }</pre>
 *
 * <p>Reports need the name of a metric here, and a pruner must say which one it reads.
 *
 * @see Study
 */
public final class MultiObjectiveStudy extends BaseStudy {

  MultiObjectiveStudy(StudyStorage storage, MultiObjectiveStudyBuilder settings, long seed) {
    super(storage, settings, seed);
  }

  /** The settings of a study of this name, 1 to 512 characters. */
  public static MultiObjectiveStudyBuilder named(String name) {
    return new MultiObjectiveStudyBuilder(name);
  }

  /**
   * Runs trials until the options end it; otherwise as {@link Study#optimize}.
   *
   * @throws X if the objective throws one that is not tolerated
   * @throws IllegalArgumentException if it returns another number of values than the study has
   *     objectives
   * @throws RepeatedFailureException if trial after trial fails in the same way
   * @throws org.hpo4j.storage.StorageException if the storage fails; what was recorded stays
   */
  public <X extends Exception> void optimize(MultiObjective<X> objective, RunOptions options)
      throws X {
    new StudyRunner<X>(this, trial -> outcomeOf(objective.evaluate(trial)), options).run();
  }

  /**
   * Ends a trial with a value an objective; a NaN makes it fail.
   *
   * @throws IllegalStateException if it has already ended
   * @throws IllegalArgumentException if the number of values is not that of the objectives
   */
  public void tell(Trial trial, double... values) {
    tell(trial, outcomeOf(values));
  }

  private Outcome outcomeOf(double[] values) {
    if (values.length != metrics().size()) {
      throw new IllegalArgumentException(
          "needs a value for each of " + metrics() + ", got " + Arrays.toString(values));
    }
    List<Double> list = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        return Outcome.failed(
            FailureReason.NOT_A_NUMBER, "the objective '" + metrics().get(i) + "' is NaN");
      }
      list.add(values[i]);
    }
    return new Outcome.Completed(list);
  }

  /**
   * The complete trials that violate no constraint and that no other such trial dominates: is at
   * least as good in every objective and better in one. In the order of their numbers.
   */
  public List<FrozenTrial> paretoFront() {
    return locked(
        () -> {
          storage().refresh();
          TrialTable table = storage().table();
          List<Integer> numbers = new ArrayList<>();
          List<double[]> points = new ArrayList<>();
          for (int number = 0; number < table.size(); number++) {
            if (table.state(number) == TrialState.COMPLETE && table.violation(number) == 0) {
              numbers.add(number);
              points.add(minimized(table, number));
            }
          }
          int[] ranks = NonDominated.ranks(points.toArray(double[][]::new), 1);
          return IntStream.range(0, ranks.length)
              .filter(i -> ranks[i] == 0)
              .mapToObj(i -> table.freeze(numbers.get(i)))
              .toList();
        });
  }

  private static double[] minimized(TrialTable table, int number) {
    double[] values = new double[table.directions().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = table.directions().get(i).minimized(table.value(number, i));
    }
    return values;
  }

  @Override
  public List<FrozenTrial> bestTrials() {
    return paretoFront();
  }
}

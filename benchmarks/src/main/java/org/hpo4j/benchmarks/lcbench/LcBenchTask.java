package org.hpo4j.benchmarks.lcbench;

import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logInteger;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.uniform;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.benchmarks.problems.ProblemSet;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;

/**
 * One data set of the surrogate. Its error is the share of wrong predictions on the validation set,
 * in percent.
 */
public final class LcBenchTask {

  private static final Parameter<Integer> BATCH_SIZE = logInteger("batch_size", 16, 512);
  private static final Parameter<Double> LEARNING_RATE = logUniform("learning_rate", 1e-4, 1e-1);
  private static final Parameter<Double> MOMENTUM = uniform("momentum", 0.1, 0.99);
  private static final Parameter<Double> WEIGHT_DECAY = uniform("weight_decay", 1e-5, 1e-1);
  private static final Parameter<Integer> LAYERS = integer("num_layers", 1, 5);
  private static final Parameter<Integer> UNITS = logInteger("max_units", 64, 1024);
  private static final Parameter<Double> DROPOUT = uniform("max_dropout", 0, 1);

  private static final SearchSpace SPACE =
      SearchSpace.of(BATCH_SIZE, LEARNING_RATE, MOMENTUM, WEIGHT_DECAY, LAYERS, UNITS, DROPOUT);

  /** The lowest errors known after a whole training: of 100,000 random points, 20 improved. */
  private static final Map<String, Double> LOWEST =
      Map.of("3945", 0.3416, "34539", 0.8535, "126025", 0.5274, "167161", 8.2121, "189354", 4.3417);

  private final LcBench surrogate;
  private final String task;
  private final int code;

  private LcBenchTask(LcBench surrogate, String task) {
    this.surrogate = surrogate;
    this.task = task;
    this.code = surrogate.code(task);
  }

  /** The names of the problems, which exist where the surrogate is. */
  public static List<String> names() {
    return LOWEST.keySet().stream().sorted().map(LcBenchTask::name).toList();
  }

  private static String name(String task) {
    return "lcbench-" + task;
  }

  /** All tasks. */
  public static List<LcBenchTask> all(LcBench surrogate) {
    return LOWEST.keySet().stream().sorted().map(t -> new LcBenchTask(surrogate, t)).toList();
  }

  /** The name of its problem. */
  public String name() {
    return name(task);
  }

  /** The error after a whole training as a problem; regrets refer to the lowest one known. */
  public Problem problem() {
    double minimum = Objects.requireNonNull(LOWEST.get(task));
    return new Problem(name(), ProblemSet.LCBENCH, SPACE, minimum, 0, this::finalError);
  }

  private double finalError(Configuration configuration) {
    return errors(configuration, LcBench.EPOCHS, LcBench.EPOCHS)[0];
  }

  /**
   * The errors after each of some epochs of one training.
   *
   * @param fromEpoch the first epoch, from 1
   * @param toEpoch the last epoch, at most {@link LcBench#EPOCHS}
   */
  public double[] errors(Configuration configuration, int fromEpoch, int toEpoch) {
    float[] inputs = {
      configuration.get(BATCH_SIZE),
      configuration.get(LEARNING_RATE).floatValue(),
      configuration.get(MOMENTUM).floatValue(),
      configuration.get(WEIGHT_DECAY).floatValue(),
      configuration.get(LAYERS),
      configuration.get(UNITS),
      configuration.get(DROPOUT).floatValue()
    };
    return surrogate.errors(code, inputs, fromEpoch, toEpoch);
  }
}

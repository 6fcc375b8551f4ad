package org.hpo4j.sampler.cmaes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.structure.LikelySuccess;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;

/**
 * Finds where a search stands by following the ended trials from the first on, in groups of the
 * population's size.
 *
 * <p>Nothing is recorded about how a trial was drawn: its draw is repeated, with the random numbers
 * of its own number, from the distribution at hand, and so are the further draws that it may have
 * had since a trial failed. If one gives its values, the trial was drawn from there, and its exact
 * step is known; if not (it was enqueued or imported, or asked for while earlier ones were
 * running), it counts as an injected solution.
 *
 * <p>The last states are kept with the rows that they come from. A row that has changed since, of a
 * straggler for example, takes the search back to the state before it.
 */
final class Replay {

  /** Enough for the generations that trials overlap in when hundreds run at a time. */
  private static final int CHECKPOINTS = 32;

  /** A state, how many rows it comes from, and whether a trial of these has failed. */
  private record Checkpoint(Run run, int rows, int restarts, boolean anyFailed) {}

  private final Dimensions dimensions;
  private final CmaEsSettings settings;
  private final long seed;
  private final Records records;
  private final Checkpoint start;
  private final Deque<Checkpoint> checkpoints = new ArrayDeque<>();

  Replay(List<Parameter<?>> parameters, CmaEsSettings settings, long seed) {
    this.dimensions = new Dimensions(parameters);
    this.settings = settings;
    this.seed = seed;
    this.records = new Records(dimensions.parameters());
    this.start = new Checkpoint(run(dimensions.defaults(), 0), 0, 0, false);
  }

  boolean isOf(List<Parameter<?>> others, long otherSeed) {
    return seed == otherSeed && dimensions.parameters().equals(others);
  }

  private Run run(double[] mean, int restarts) {
    int parameters = dimensions.orderedCount() + dimensions.nominalCount();
    return Run.start(
        SearchDistribution.start(dimensions, mean, settings.sigma()),
        settings.lambda(parameters, restarts));
  }

  /**
   * The random numbers that a draw for a trial takes.
   *
   * @param number 0 for the first draw; above for those made because earlier ones were likely to
   *     fail
   */
  static UniformRandomProvider random(SamplerContext context, int number) {
    return context.random(number == 0 ? "cma-es" : "cma-es redraw " + number);
  }

  /** The run as the history leaves it. */
  Run follow(TrialHistory history) {
    int unchanged = records.read(history);
    while (!checkpoints.isEmpty() && checkpoints.getLast().rows() > unchanged) {
      checkpoints.removeLast();
    }
    Checkpoint at = checkpoints.isEmpty() ? start : checkpoints.getLast();
    while (records.size() - at.rows() >= at.run().strategy().lambda) {
      at = next(at);
      checkpoints.addLast(at);
      if (checkpoints.size() > CHECKPOINTS) {
        checkpoints.removeFirst();
      }
    }
    return at.run();
  }

  private Checkpoint next(Checkpoint at) {
    StrategyParameters strategy = at.run().strategy();
    int end = at.rows() + strategy.lambda;
    List<Integer> rows = new ArrayList<>();
    boolean anyFailed = at.anyFailed();
    for (int row = at.rows(); row < end; row++) {
      rows.add(row);
      anyFailed |= records.hasFailed(row);
    }
    rows.sort(records::compare);
    SearchDistribution distribution = at.run().distribution();
    // Nothing is drawn twice before a trial has failed.
    int draws = anyFailed ? LikelySuccess.MOST_DRAWS : 1;
    List<Candidate> candidates =
        rows.stream().map(row -> candidate(distribution, row, draws)).toList();
    Run run = at.run().after(Generation.of(records, rows, candidates, strategy.weights()));
    if (!run.hasEnded()) {
      return new Checkpoint(run, end, at.restarts(), anyFailed);
    }
    int restarts = at.restarts() + 1;
    return new Checkpoint(run(anywhere(restarts), restarts), end, restarts, anyFailed);
  }

  /** A uniform point of unit space for a restart. */
  private double[] anywhere(int restarts) {
    UniformRandomProvider random =
        new SamplerContext(seed, restarts, Optional.empty()).random("cma-es restart");
    double[] point = new double[dimensions.orderedCount()];
    Arrays.setAll(point, j -> random.nextDouble());
    return point;
  }

  private Candidate candidate(SearchDistribution distribution, int row, int draws) {
    double[] codes = records.codes(row);
    SamplerContext context = new SamplerContext(seed, records.number(row), Optional.empty());
    Candidate first = distribution.draw(random(context, 0));
    Candidate drawn = first;
    for (int number = 1; number < draws && !drawn.agreesWith(codes); number++) {
      drawn = distribution.draw(random(context, number));
    }
    return drawn.agreesWith(codes) ? drawn.recordedAs(codes) : distribution.inject(codes, first);
  }
}

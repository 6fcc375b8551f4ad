package org.hpo4j.sampler.tpe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.sampler.structure.ModelPool;
import org.hpo4j.sampler.structure.Structure;
import org.hpo4j.sampler.structure.SuccessEstimate;
import org.hpo4j.space.Domain;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;

/**
 * The two densities of some dimensions: l of the trials below and g of those above. Expected
 * improvement grows with l/g (Bergstra et al. 2011, equation 4), so the candidate drawn from l with
 * the largest ratio is suggested.
 *
 * <p>Everything that it keeps between asks is either overwritten by {@link #fit} or a function of
 * the history: the values in each {@link Column}, and the kernels of observations that have not
 * changed since.
 */
final class TpeModel {

  /**
   * Factors of the kernels' widths, and the spreads of nominal kernels. The observations above only
   * repel: where they are narrow, a candidate between them is not punished for a neighbour. Chosen
   * for the geometric mean of the regrets over 20 functions of 1 to 20 parameters, real, integer
   * and nominal.
   */
  private static final double WIDTH_BELOW = 0.8;

  private static final double WIDTH_ABOVE = 0.4;
  private static final double SPREAD_BELOW = 5;
  private static final double SPREAD_ABOVE = 0.25;

  /** How often, for each candidate, constraints may refuse a draw. */
  private static final int ATTEMPTS_PER_CANDIDATE = 50;

  private final List<Parameter<?>> parameters;
  private final List<Column> columns = new ArrayList<>();
  private final Split split = new Split();
  private final ParzenMixture below;
  private final ParzenMixture above;
  private final SuccessEstimate success;
  private double[][] candidates = new double[0][];
  private double[] scores = new double[0];
  private double bestScore = Double.NaN;

  TpeModel(List<Parameter<?>> parameters) {
    this.parameters = List.copyOf(parameters);
    for (Parameter<?> parameter : parameters) {
      columns.add(new Column(parameter.name(), parameter.domain()));
    }
    this.below = mixture(WIDTH_BELOW, SPREAD_BELOW);
    this.above = mixture(WIDTH_ABOVE, SPREAD_ABOVE);
    this.success = new SuccessEstimate(parameters);
  }

  private ParzenMixture mixture(double width, double spread) {
    List<Kernels> kernels = new ArrayList<>();
    for (Column column : columns) {
      Domain<?> domain = column.domain();
      if (domain.cardinality() == 1) {
        kernels.add(new ConstantKernels(domain));
      } else if (domain.isNominal()) {
        kernels.add(new NominalKernels(column, spread));
      } else if (domain.isContinuous()) {
        kernels.add(new ContinuousKernels(column, new Bandwidth(width)));
      } else {
        kernels.add(new CellKernels(column, new Bandwidth(width)));
      }
    }
    return new ParzenMixture(kernels);
  }

  /** A model of these parameters, at rest or new; to be given back. */
  static TpeModel borrow(List<Parameter<?>> parameters, ModelPool<TpeModel> models) {
    return models.borrow(model -> model.isOf(parameters), () -> new TpeModel(parameters));
  }

  private boolean isOf(List<Parameter<?>> others) {
    return parameters.equals(others);
  }

  /**
   * Fits both densities to the trials that have a value in any of the dimensions.
   *
   * @return how many of them have ended with a rank; while these are fewer than the startup trials,
   *     nothing is fitted
   */
  int fit(TrialHistory history, TpeSettings settings) {
    int kept = history.size();
    for (Column column : columns) {
      kept = Math.min(kept, column.read(history));
    }
    split.fit(history, settings, this::isObserved);
    if (split.ranked() >= settings.startupTrials()) {
      below.fit(
          split.below(), split.belowWeights(), split.belowCount(), settings.priorWeight(), kept);
      above.fit(split.above(), split.aboveCount(), settings.priorWeight(), kept);
    } else {
      below.clear();
      above.clear();
    }
    if (settings.learnsFromFailures()) {
      success.learn(history);
    } else {
      success.forget();
    }
    return split.ranked();
  }

  private boolean isObserved(int trial) {
    for (Column column : columns) {
      if (column.has(trial)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The best of some candidates drawn from l.
   *
   * @param count how many candidates
   * @return the codes by dimension, NaN for inactive ones; empty if the constraints refused all
   *     draws
   */
  Optional<double[]> suggest(Structure structure, int count, UniformRandomProvider random) {
    if (candidates.length != count) {
      candidates = new double[count][parameters.size()];
      scores = new double[count];
    }
    int drawn = 0;
    for (int attempt = 0; drawn < count && attempt < ATTEMPTS_PER_CANDIDATE * count; attempt++) {
      int kernel = below.kernel(random.nextDouble());
      structure.walk(j -> below.sample(j, kernel, random.nextDouble()), candidates[drawn]);
      if (structure.allows(candidates[drawn])) {
        drawn++;
      }
    }
    if (drawn == 0) {
      return Optional.empty();
    }
    below.logDensity(candidates, drawn, scores);
    if (success.knowsFailures()) {
      for (int c = 0; c < drawn; c++) {
        scores[c] += success.logProbability(candidates[c]);
      }
    }
    int best = above.best(candidates, drawn, scores);
    bestScore = scores[best];
    return Optional.of(candidates[best].clone());
  }

  /** Where trials succeed. */
  SuccessEstimate success() {
    return success;
  }

  /** log l - log g, and log P(success) where there were failures, of what was suggested last. */
  double bestScore() {
    return bestScore;
  }
}

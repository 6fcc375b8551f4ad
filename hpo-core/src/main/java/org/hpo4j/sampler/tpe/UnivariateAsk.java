package org.hpo4j.sampler.tpe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.structure.ModelPool;
import org.hpo4j.sampler.structure.Structure;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.TrialHistory;

/**
 * One ask for parameters each by itself, selectors before their branches. The model of each is
 * fitted when it is first needed and borrowed until the ask is closed.
 */
final class UnivariateAsk implements AutoCloseable {

  /** How often constraints may refuse parameters that were drawn one by one. */
  private static final int MOST_ATTEMPTS = 1000;

  /**
   * One parameter.
   *
   * @param learned false while its startup trials last
   */
  private record Fitted(TpeModel model, Structure structure, boolean learned) {}

  private final Structure structure;
  private final List<Parameter<?>> parameters;
  private final TrialHistory history;
  private final TpeSettings settings;
  private final ModelPool<TpeModel> pool;
  private final Map<Integer, Fitted> fitted = new LinkedHashMap<>();

  /** By dimension, of the last draw: log l/g; NaN if it was drawn from the domain. */
  private final double[] scores;

  UnivariateAsk(
      Structure structure, TrialHistory history, TpeSettings settings, ModelPool<TpeModel> pool) {
    this.structure = structure;
    this.parameters = structure.parameters();
    this.history = history;
    this.settings = settings;
    this.pool = pool;
    this.scores = new double[parameters.size()];
  }

  /** Values that the constraints allow; empty if they refused all. */
  Optional<Suggestion.Values> suggest(SamplerContext context) {
    double[] codes = new double[parameters.size()];
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      int number = attempt;
      structure.walk(j -> draw(j, random(parameters.get(j), number, context)), codes);
      if (structure.allows(codes)) {
        return Optional.of(Suggestion.of(structure.configuration(codes), why(codes)));
      }
    }
    return Optional.empty();
  }

  /** At first those of random search, so that startup trials are the same. */
  private static UniformRandomProvider random(
      Parameter<?> parameter, int attempt, SamplerContext context) {
    return attempt == 0
        ? context.random(parameter)
        : context.random("attempt " + attempt + " " + parameter.name());
  }

  /** The best of some candidates of one parameter, or a draw from its domain at startup. */
  double draw(int dimension, UniformRandomProvider random) {
    Fitted one = fitted.computeIfAbsent(dimension, j -> fit(parameters.get(j)));
    if (!one.learned) {
      scores[dimension] = Double.NaN;
      return parameters.get(dimension).domain().fromUnit(random.nextDouble());
    }
    double code = one.model.suggest(one.structure, settings.candidates(), random).orElseThrow()[0];
    scores[dimension] = one.model.bestScore();
    return code;
  }

  private Fitted fit(Parameter<?> parameter) {
    Structure single = Structure.of(parameter);
    TpeModel model = TpeModel.borrow(single.parameters(), pool);
    return new Fitted(model, single, model.fit(history, settings) >= settings.startupTrials());
  }

  /** Whether a parameter was not drawn from its domain. */
  boolean hasLearned() {
    return fitted.values().stream().anyMatch(Fitted::learned);
  }

  private Explanation why(double[] codes) {
    double sum = 0;
    List<String> atRandom = new ArrayList<>();
    int active = 0;
    for (int j = 0; j < codes.length; j++) {
      if (Double.isNaN(codes[j])) {
        continue;
      }
      active++;
      if (Double.isNaN(scores[j])) {
        atRandom.add(parameters.get(j).name());
      } else {
        sum += scores[j];
      }
    }
    if (atRandom.size() == active) {
      return Startup.TOO_FEW;
    }
    Explanation why =
        Explanation.of(
                "tpe",
                "each parameter by itself, the best of " + settings.candidates() + " candidates")
            .withScore("log l/g", sum)
            .withRunning(settings.constantLiar() ? history.running() : List.of());
    return atRandom.isEmpty()
        ? why
        : why.withFallback("too few trials to learn from, so independent draws: " + atRandom);
  }

  @Override
  public void close() {
    fitted.values().forEach(one -> pool.giveBack(one.model));
  }
}

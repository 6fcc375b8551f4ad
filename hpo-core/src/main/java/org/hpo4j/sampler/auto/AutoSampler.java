package org.hpo4j.sampler.auto;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.SamplerProvider;
import org.hpo4j.sampler.SamplerSettings;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.cmaes.CmaEsSampler;
import org.hpo4j.sampler.gp.GpSampler;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/**
 * The default sampler: picks one by space, budget and history, and may change to another during the
 * study. Each choice and its reason are logged and kept with the study.
 *
 * <table>
 *   <caption>What it picks, by the first row that fits</caption>
 *   <tr><th>the study</th><th>the sampler</th></tr>
 *   <tr><td>several objectives</td><td>TPE</td></tr>
 *   <tr><td>more than {@value #MOST_GP_PARAMETERS} parameters</td><td>TPE</td></tr>
 *   <tr><td>{@value #MOST_GP_TRIALS} trials so far; {@value #MOST_GP_TRIALS_OF_MANY} if the run aims
 *       at more than {@value #MANY_TRIALS}</td><td>CMA-ES if all parameters have an order and every
 *       trial has all of them, else TPE</td></tr>
 *   <tr><td>the run aims at {@value #FEWEST_PLANNED} to {@value #FEW_TRIALS}
 *       trials</td><td>Gaussian process after {@value #FEW_STARTUP_TRIALS} startup
 *       trials</td></tr>
 *   <tr><td>otherwise</td><td>Gaussian process</td></tr>
 * </table>
 *
 * <p>A Gaussian process needs the fewest trials, but its cost grows with the square of their number
 * where that of the others grows in proportion. Who plans thousands of trials has cheap ones: there
 * the process is to find the valley, and another goes on from its trials. Of 2,000 trials CMA-ES
 * then narrows down to far lower values than TPE does, but knows neither choices well nor branches.
 *
 * <p>A choice stays. Once a study has changed from the Gaussian process it never changes again, and
 * it keeps its number of startup trials, whatever a later run aims at; only a later run of
 * thousands may bring the change forward. Trials that are asked for one by one have no budget.
 *
 * <p>Immutable; one sampler may serve several studies, also at the same time.
 */
public final class AutoSampler implements Sampler {

  /** From here on an ask of the Gaussian process costs more than most objectives are worth. */
  static final int MOST_GP_TRIALS = 500;

  /** The same where there are so many trials to come that each must be cheap. */
  static final int MOST_GP_TRIALS_OF_MANY = 200;

  /** A budget above is one of many trials. */
  static final int MANY_TRIALS = 1000;

  /** Up to this budget half of it or more would go to the usual startup trials. */
  static final int FEW_TRIALS = 20;

  /** Below this budget there is nothing to learn from; it may be that of a loop of short runs. */
  static final int FEWEST_PLANNED = 5;

  /**
   * Measured: of budgets from 10 to 20 trials, 3 to 5 startup trials reach the lowest values on
   * smooth and mixed functions of 2 to 6 parameters.
   */
  static final int FEW_STARTUP_TRIALS = 4;

  /** Above, distances tell little, and the fit of the length scales needs more trials. */
  static final int MOST_GP_PARAMETERS = 60;

  private final Sampler gp = GpSampler.ofDefaults();
  private final Sampler gpOfFew = GpSampler.builder().startupTrials(FEW_STARTUP_TRIALS).build();
  private final Sampler cmaEs = CmaEsSampler.ofDefaults();
  private final Sampler tpe = TpeSampler.ofDefaults();

  private AutoSampler() {}

  /** The default sampler; it has no settings. */
  public static AutoSampler ofDefaults() {
    return new AutoSampler();
  }

  @Override
  public Suggestion suggest(TrialHistory history, SamplerContext context) {
    Decision decision = decide(history, context);
    Suggestion suggestion = sampler(decision.pick()).suggest(history, context);
    return suggestion instanceof Suggestion.Values values
        ? values.withChoice(decision.toString())
        : suggestion;
  }

  @Override
  public double sampleIndependent(
      Parameter<?> parameter, TrialHistory history, SamplerContext context) {
    return sampler(decide(history, context).pick()).sampleIndependent(parameter, history, context);
  }

  private Sampler sampler(Decision.Pick pick) {
    return switch (pick) {
      case GP -> gp;
      case GP_OF_FEW -> gpOfFew;
      case CMA_ES -> cmaEs;
      case TPE -> tpe;
    };
  }

  private static Decision decide(TrialHistory history, SamplerContext context) {
    Optional<Decision> kept = context.choice().flatMap(Decision::parse);
    // An earlier trial that runs again is decided as it was the first time.
    if (kept.isPresent() && kept.get().isFinal() && kept.get().since() <= context.trialNumber()) {
      return kept.get();
    }
    return neverGaussian(history, context)
        .or(() -> afterGaussian(history, context))
        .or(() -> kept.filter(decision -> !decision.isFinal()))
        .orElseGet(() -> gaussian(context.budget()));
  }

  private static Optional<Decision> neverGaussian(TrialHistory history, SamplerContext context) {
    int parameters =
        context.space().map(space -> space.parameters().size()).orElse(history.columns().size());
    String reason;
    if (history.objectiveCount() > 1) {
      reason = "the study has several objectives";
    } else if (parameters > MOST_GP_PARAMETERS) {
      reason =
          "with %d parameters distances tell little (limit %d)"
              .formatted(parameters, MOST_GP_PARAMETERS);
    } else {
      return Optional.empty();
    }
    return Optional.of(new Decision(Decision.Pick.TPE, reason, context.trialNumber()));
  }

  private static Optional<Decision> afterGaussian(TrialHistory history, SamplerContext context) {
    int budget = context.budget().orElse(MANY_TRIALS);
    String reason;
    if (history.size() >= MOST_GP_TRIALS) {
      reason = "after %d trials a Gaussian process costs too much".formatted(MOST_GP_TRIALS);
    } else if (budget > MANY_TRIALS && history.size() >= MOST_GP_TRIALS_OF_MANY) {
      reason =
          "of %d trials a Gaussian process is worth the first %d"
              .formatted(budget, MOST_GP_TRIALS_OF_MANY);
    } else {
      return Optional.empty();
    }
    return Optional.of(
        isOrdered(history, context)
            ? new Decision(Decision.Pick.CMA_ES, reason + "; all is ordered", context.trialNumber())
            : new Decision(Decision.Pick.TPE, reason, context.trialNumber()));
  }

  /** Whether all parameters have an order, and every trial has all of them. */
  private static boolean isOrdered(TrialHistory history, SamplerContext context) {
    if (context.space().isPresent()) {
      SearchSpace space = context.space().get();
      return space.groups().size() == 1
          && space.parameters().stream().noneMatch(AutoSampler::isChoice);
    }
    List<Integer> columns = history.columns();
    for (int column : columns) {
      if (isChoice(history.parameter(column))) {
        return false;
      }
      for (int trial = 0; trial < history.size(); trial++) {
        if (history.state(trial) == TrialState.COMPLETE
            && Double.isNaN(history.code(column, trial))) {
          return false;
        }
      }
    }
    return !columns.isEmpty();
  }

  private static boolean isChoice(Parameter<?> parameter) {
    return parameter.domain().isNominal() && parameter.domain().cardinality() > 1;
  }

  private static Decision gaussian(OptionalInt budget) {
    int planned = budget.orElse(MANY_TRIALS);
    return planned >= FEWEST_PLANNED && planned <= FEW_TRIALS
        ? new Decision(
            Decision.Pick.GP_OF_FEW,
            "a Gaussian process needs the fewest trials; of %d it starts with %d"
                .formatted(planned, FEW_STARTUP_TRIALS),
            0)
        : new Decision(Decision.Pick.GP, "a Gaussian process needs the fewest trials", 0);
  }

  @Override
  public String describe() {
    return "auto()";
  }

  /** Makes this sampler by the name {@code auto}. */
  public static final class Provider implements SamplerProvider {

    @Override
    public String name() {
      return "auto";
    }

    @Override
    public Sampler create(Map<String, String> settings) {
      new SamplerSettings("auto").apply(settings);
      return ofDefaults();
    }
  }
}

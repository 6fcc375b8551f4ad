package org.hpo4j.sampler.auto;

import java.util.Map;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.SamplerProvider;
import org.hpo4j.sampler.SamplerSettings;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.gp.GpSampler;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;

/**
 * The default sampler: picks one by space and history, and may change to another during the study.
 * Each choice and its reason are logged and kept with the study.
 *
 * <table>
 *   <caption>What it picks, by the first row that fits</caption>
 *   <tr><th>the study</th><th>the sampler</th></tr>
 *   <tr><td>several objectives</td><td>TPE</td></tr>
 *   <tr><td>more than {@value #MOST_GP_PARAMETERS} parameters</td><td>TPE</td></tr>
 *   <tr><td>fewer than {@value #MOST_GP_TRIALS} trials so far</td><td>Gaussian process</td></tr>
 *   <tr><td>otherwise</td><td>TPE</td></tr>
 * </table>
 *
 * <p>A Gaussian process needs the fewest trials, but its cost grows with the square of their number
 * where that of TPE grows in proportion. Once a study has changed to TPE it stays there.
 *
 * <p>Immutable; one sampler may serve several studies, also at the same time.
 */
public final class AutoSampler implements Sampler {

  /** From here on an ask of the Gaussian process costs more than most objectives are worth. */
  static final int MOST_GP_TRIALS = 500;

  /** Above, distances tell little, and the fit of the length scales needs more trials. */
  static final int MOST_GP_PARAMETERS = 60;

  private static final String GP = "gp";
  private static final String TPE = "tpe";

  private final Sampler gp = GpSampler.ofDefaults();
  private final Sampler tpe = TpeSampler.ofDefaults();

  private AutoSampler() {}

  /** The default sampler; it has no settings. */
  public static AutoSampler ofDefaults() {
    return new AutoSampler();
  }

  /** A decision as it is logged and kept: the sampler's name first. */
  private record Decision(String sampler, String reason) {
    @Override
    public String toString() {
      return sampler + ": " + reason;
    }
  }

  @Override
  public Suggestion suggest(TrialHistory history, SamplerContext context) {
    Decision decision = decide(history, context);
    Suggestion suggestion = sampler(decision.sampler()).suggest(history, context);
    return suggestion instanceof Suggestion.Values values
        ? values.withChoice(decision.toString())
        : suggestion;
  }

  @Override
  public double sampleIndependent(
      Parameter<?> parameter, TrialHistory history, SamplerContext context) {
    return sampler(decide(history, context).sampler())
        .sampleIndependent(parameter, history, context);
  }

  private Sampler sampler(String name) {
    return name.equals(GP) ? gp : tpe;
  }

  private static Decision decide(TrialHistory history, SamplerContext context) {
    if (context.choice().filter(choice -> choice.startsWith(TPE + ":")).isPresent()) {
      String kept = context.choice().get();
      return new Decision(TPE, kept.substring(TPE.length() + 2));
    }
    if (history.objectiveCount() > 1) {
      return new Decision(TPE, "the study has several objectives");
    }
    int parameters =
        context.space().map(space -> space.parameters().size()).orElse(history.columns().size());
    if (parameters > MOST_GP_PARAMETERS) {
      return new Decision(
          TPE,
          "with "
              + parameters
              + " parameters distances tell little (limit "
              + MOST_GP_PARAMETERS
              + ")");
    }
    if (history.size() >= MOST_GP_TRIALS) {
      return new Decision(
          TPE, "after " + MOST_GP_TRIALS + " trials a Gaussian process costs too much");
    }
    return new Decision(GP, "a Gaussian process needs the fewest trials");
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

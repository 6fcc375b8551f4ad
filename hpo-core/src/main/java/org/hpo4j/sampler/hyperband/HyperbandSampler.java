package org.hpo4j.sampler.hyperband;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.fidelity.Bracket;
import org.hpo4j.fidelity.BracketSchedule;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.TrialHistory;

/**
 * Hyperband: trials start with little training, and the best of them go on, in brackets that differ
 * in how little and how many (see {@link BracketSchedule}). Around random search it is Hyperband;
 * around a sampler with a model, such as TPE, it is BOHB. A model that {@linkplain
 * Sampler#learnsAcrossResources learns across resources}, such as the Gaussian process, is shown
 * all trials; any other one those of a single resource, see {@link Builder#modelTrials}.
 *
 * <p>A promoted trial is a new trial with the values of its parent. {@code trial.fidelity()} tells
 * the objective from where and how far to train, {@code trial.parentArtifact(name)} gives it the
 * parent's checkpoint.
 *
 * <p>By default the order is that of Keras Tuner: a trial is promoted as soon as it is certain to
 * be among the best of its rung, which may be long before the rung is over; and while no trial can
 * be promoted, further brackets begin. So nobody ever waits, except at the very end. {@linkplain
 * Builder#synchronous Synchronously}, a bracket decides on whole rungs and the next one begins
 * after it.
 *
 * <p>Trials that were pruned or failed are never promoted; of a rung in which so few complete that
 * the next cannot be filled, all go on. Trials without a fidelity, enqueued or imported, are not
 * part of any bracket; a model takes their values as those of full training.
 *
 * <p>Sources: Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, "Hyperband: a novel bandit-based
 * approach to hyperparameter optimization", JMLR 18 (2018); Falkner, Klein and Hutter, "BOHB:
 * robust and efficient hyperparameter optimization at scale", ICML 2018; Keras Tuner's {@code
 * HyperbandOracle} for the schedule.
 *
 * <p>Immutable. A suggestion is a function of the view: what a trial's fidelity says is all that
 * the schedule remembers.
 */
public final class HyperbandSampler implements Sampler {

  private final BracketSchedule schedule;
  private final Configurations configurations;
  private final OptionalInt iterations;
  private final boolean synchronous;

  private HyperbandSampler(Builder builder) {
    this.schedule =
        new BracketSchedule(builder.minResource, builder.maxResource, builder.reductionFactor);
    this.configurations =
        new Configurations(builder.sampler, builder.maxResource, builder.modelTrials);
    this.iterations = builder.iterations;
    this.synchronous = builder.synchronous;
  }

  /** Hyperband around random search, with the defaults that {@link Builder} lists. */
  public static HyperbandSampler of(int maxResource) {
    return builder(maxResource).build();
  }

  /**
   * Settings that start at the defaults.
   *
   * @param maxResource what a trial that reaches the end has had, such as epochs; at least 1
   */
  public static Builder builder(int maxResource) {
    return new Builder(maxResource);
  }

  /** The brackets. */
  public BracketSchedule schedule() {
    return schedule;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the study has several objectives
   */
  @Override
  public Suggestion suggest(TrialHistory history, SamplerContext context) {
    RungTable rungs = new RungTable(history);
    boolean noneLeft = false;
    for (int number = 0; number < rungs.bracketCount(); number++) {
      BracketState bracket = state(rungs, number, noneLeft);
      if (bracket.wantsNew()) {
        Suggestion fresh = fresh(number, history, context);
        if (!(fresh instanceof Suggestion.Exhausted)) {
          return fresh;
        }
        noneLeft = true;
        bracket = state(rungs, number, noneLeft);
      }
      Optional<BracketState.Promotion> promotion = bracket.promotion(history);
      if (promotion.isPresent()) {
        return promote(number, promotion.get(), history, context);
      }
      if (synchronous && !bracket.isOver()) {
        return new Suggestion.Idle();
      }
    }
    if (!noneLeft && mayBegin(rungs.bracketCount())) {
      Suggestion fresh = fresh(rungs.bracketCount(), history, context);
      if (!(fresh instanceof Suggestion.Exhausted)) {
        return fresh;
      }
    }
    return rungs.someRun() ? new Suggestion.Idle() : new Suggestion.Exhausted();
  }

  private BracketState state(RungTable rungs, int number, boolean noneLeft) {
    return new BracketState(schedule.bracket(number), rungs, number, synchronous, noneLeft);
  }

  private boolean mayBegin(int number) {
    return iterations.isEmpty() || number / schedule.bracketsPerIteration() < iterations.getAsInt();
  }

  private Suggestion fresh(int number, TrialHistory history, SamplerContext context) {
    return configurations.fresh(
        number, schedule.bracket(number).rung(0).resource(), history, context);
  }

  private Suggestion promote(
      int number, BracketState.Promotion promotion, TrialHistory history, SamplerContext context) {
    Bracket bracket = schedule.bracket(number);
    Fidelity fidelity =
        new Fidelity(
            number,
            promotion.round(),
            bracket.initialResource(promotion.round()),
            bracket.rung(promotion.round()).resource(),
            OptionalInt.of(promotion.parent()));
    return Configurations.promoted(promotion.parent(), fidelity, history, context);
  }

  @Override
  public double sampleIndependent(
      Parameter<?> parameter, TrialHistory history, SamplerContext context) {
    return configurations.sampleIndependent(parameter, history, context);
  }

  @Override
  public boolean triesDefaultsFirst() {
    return configurations.sampler().triesDefaultsFirst();
  }

  @Override
  public BitSet resumable(TrialHistory history) {
    RungTable rungs = new RungTable(history);
    BitSet resumable = rungs.inUse();
    for (int number = 0; number < rungs.bracketCount(); number++) {
      List<Integer> candidates = state(rungs, number, false).promotable(history);
      candidates.forEach(resumable::set);
    }
    return resumable;
  }

  @Override
  public String describe() {
    return "hyperband("
        + configurations.sampler().describe()
        + ", minResource="
        + schedule.minResource()
        + ", maxResource="
        + schedule.maxResource()
        + ", reductionFactor="
        + schedule.reductionFactor()
        + ", iterations="
        + (iterations.isEmpty() ? "unlimited" : Integer.toString(iterations.getAsInt()))
        + (synchronous ? ", synchronous" : "")
        + ")";
  }

  /**
   * Settings of a {@link HyperbandSampler}; each method returns this builder, and {@link #build}
   * checks them all.
   */
  public static final class Builder {

    private final int maxResource;
    private int minResource = 1;
    private int reductionFactor = 3;
    private Sampler sampler = RandomSampler.ofDefaults();
    private OptionalInt iterations = OptionalInt.empty();
    private OptionalInt modelTrials = OptionalInt.empty();
    private boolean synchronous;

    private Builder(int maxResource) {
      this.maxResource = maxResource;
    }

    /** The least resource that says something about a trial; at least 1; 1 unless set. */
    public Builder minResource(int least) {
      minResource = least;
      return this;
    }

    /** One of so many trials goes on to the next rung; at least 2; 3 unless set. */
    public Builder reductionFactor(int factor) {
      reductionFactor = factor;
      return this;
    }

    /**
     * What suggests new configurations; random search unless set.
     *
     * @throws IllegalArgumentException if it is a scheduler itself
     */
    public Builder around(Sampler chosen) {
      Settings.requireNoScheduler(chosen);
      sampler = chosen;
      return this;
    }

    /** How often all brackets are run, at least 1; without an end unless set. */
    public Builder iterations(int count) {
      Settings.requireAtLeast(1, "iterations", count);
      iterations = OptionalInt.of(count);
      return this;
    }

    /**
     * How many trials of one resource must have a value for a sampler that does not learn across
     * resources to be shown that one: it is shown the largest such one. At least 1; two more than
     * there are parameters, and at least ten, unless set.
     */
    public Builder modelTrials(int count) {
      Settings.requireAtLeast(1, "modelTrials", count);
      modelTrials = OptionalInt.of(count);
      return this;
    }

    /**
     * Whether a bracket decides on whole rungs, and waits for them, and one bracket follows the
     * other; false unless set.
     */
    public Builder synchronous(boolean wanted) {
      synchronous = wanted;
      return this;
    }

    /**
     * The sampler.
     *
     * @throws IllegalArgumentException if a resource or the factor is out of its range
     */
    public HyperbandSampler build() {
      return new HyperbandSampler(this);
    }
  }
}

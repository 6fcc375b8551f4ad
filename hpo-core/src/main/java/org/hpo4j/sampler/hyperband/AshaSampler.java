package org.hpo4j.sampler.hyperband;

import java.util.BitSet;
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
 * Asynchronous successive halving (ASHA): whenever a trial can start, the best trial of the highest
 * possible rung that is among the best 1/reductionFactor of its rung so far, and has not been
 * promoted, goes on to the next rung; if there is none, a new configuration starts in the lowest.
 * Nobody ever waits for a rung, so it suits many workers; some promotions turn out to have been
 * hasty.
 *
 * <p>Source: Li, Jamieson, Rostamizadeh, Gonina, Ben-tzur, Hardt, Recht and Talwalkar, "A system
 * for massively parallel hyperparameter tuning", MLSys 2020, algorithm 2. A rung counts the trials
 * that have ended; pruned and failed ones count and are never promoted.
 *
 * <p>It has one bracket, which never ends: {@code RunOptions} ends it. A promoted trial is a new
 * trial, as with {@link HyperbandSampler}.
 *
 * <p>Immutable. A suggestion is a function of the view.
 */
public final class AshaSampler implements Sampler {

  private final BracketSchedule schedule;

  /** The bracket with the most rungs; their sizes do not matter here. */
  private final Bracket ladder;

  private final Configurations configurations;

  private AshaSampler(Builder builder) {
    this.schedule =
        new BracketSchedule(builder.minResource, builder.maxResource, builder.reductionFactor);
    this.ladder = schedule.bracket(0);
    this.configurations =
        new Configurations(builder.sampler, builder.maxResource, builder.modelTrials);
  }

  /** ASHA around random search, with the defaults that {@link Builder} lists. */
  public static AshaSampler of(int maxResource) {
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

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the study has several objectives
   */
  @Override
  public Suggestion suggest(TrialHistory history, SamplerContext context) {
    RungTable rungs = new RungTable(history);
    for (int round = ladder.roundCount() - 1; round > 0; round--) {
      OptionalInt promotable = promotable(rungs.rung(0, round - 1), history);
      if (promotable.isPresent()) {
        return promote(promotable.getAsInt(), round, history, context);
      }
    }
    Suggestion fresh = configurations.fresh(0, ladder.rung(0).resource(), history, context);
    return fresh instanceof Suggestion.Exhausted && rungs.someRun() ? new Suggestion.Idle() : fresh;
  }

  /** The best trial that has no child yet, if it is among the best of its rung. */
  private OptionalInt promotable(RungTrials rung, TrialHistory history) {
    OptionalInt best = rung.bestCandidate(history);
    return best.isPresent()
            && rung.rank(history, best.getAsInt()) < rung.ended() / schedule.reductionFactor()
        ? best
        : OptionalInt.empty();
  }

  private Suggestion promote(int parent, int round, TrialHistory history, SamplerContext context) {
    Fidelity fidelity =
        new Fidelity(
            0,
            round,
            ladder.initialResource(round),
            ladder.rung(round).resource(),
            OptionalInt.of(parent));
    return Configurations.promoted(parent, fidelity, history, context);
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

  /** Every completed trial below the top that was not promoted: as its rung grows, it may be. */
  @Override
  public BitSet resumable(TrialHistory history) {
    RungTable rungs = new RungTable(history);
    BitSet resumable = rungs.inUse();
    for (int round = 0; round < ladder.roundCount() - 1; round++) {
      rungs.rung(0, round).candidates(history).forEach(resumable::set);
    }
    return resumable;
  }

  @Override
  public String describe() {
    return "asha("
        + configurations.sampler().describe()
        + ", minResource="
        + schedule.minResource()
        + ", maxResource="
        + schedule.maxResource()
        + ", reductionFactor="
        + schedule.reductionFactor()
        + ")";
  }

  /**
   * Settings of an {@link AshaSampler}; each method returns this builder, and {@link #build} checks
   * them all.
   */
  public static final class Builder {

    private final int maxResource;
    private int minResource = 1;
    private int reductionFactor = 4;
    private Sampler sampler = RandomSampler.ofDefaults();
    private OptionalInt modelTrials = OptionalInt.empty();

    private Builder(int maxResource) {
      this.maxResource = maxResource;
    }

    /**
     * The least resource that says something about a trial; at least 1; 1 unless set. The lowest
     * rung is maxResource divided by the factor as often as that leaves this much, rounded up.
     */
    public Builder minResource(int least) {
      minResource = least;
      return this;
    }

    /**
     * One of so many trials goes on to the next rung; at least 2; 4 unless set, as in the paper.
     */
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

    /** As {@link HyperbandSampler.Builder#modelTrials}. */
    public Builder modelTrials(int count) {
      Settings.requireAtLeast(1, "modelTrials", count);
      modelTrials = OptionalInt.of(count);
      return this;
    }

    /**
     * The sampler.
     *
     * @throws IllegalArgumentException if a resource or the factor is out of its range
     */
    public AshaSampler build() {
      return new AshaSampler(this);
    }
  }
}

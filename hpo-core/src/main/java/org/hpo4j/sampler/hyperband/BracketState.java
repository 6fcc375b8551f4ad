package org.hpo4j.sampler.hyperband;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.fidelity.Bracket;
import org.hpo4j.trial.TrialHistory;

/**
 * How far a bracket of Hyperband has come, and who is next in it.
 *
 * <p>Why it never blocks: look at the first round that is not over, meaning that it has all its
 * trials and all of them have ended. If it lacks a trial, that is the next one: a new configuration
 * in round 0; in a later round, the round before is over and has completed trials without a child,
 * as many as are lacking. If it lacks none, one of its trials has not ended, and it is right to
 * wait.
 */
final class BracketState {

  private final RungTable rungs;
  private final int number;
  private final boolean synchronous;

  /** How many trials each round can have, given what has ended. */
  private final int[] sizes;

  private final int[] wantedSizes;

  /**
   * @param noneLeft whether there are no new configurations: then the first rung is as large as it
   *     is
   */
  BracketState(
      Bracket bracket, RungTable rungs, int number, boolean synchronous, boolean noneLeft) {
    this.rungs = rungs;
    this.number = number;
    this.synchronous = synchronous;
    this.sizes = new int[bracket.roundCount()];
    this.wantedSizes = new int[bracket.roundCount()];
    for (int round = 0; round < sizes.length; round++) {
      wantedSizes[round] = bracket.rung(round).size();
      sizes[round] = wantedSizes[round];
      if (round == 0 && noneLeft) {
        sizes[0] = Math.min(sizes[0], rung(0).size());
      } else if (round > 0 && isOver(round - 1)) {
        // Trials that failed leave places that nobody can fill.
        sizes[round] = Math.min(sizes[round], rung(round - 1).completed());
      }
    }
  }

  /**
   * Who is promoted.
   *
   * @param round the round that the trial is promoted to
   * @param parent the trial that is continued
   */
  record Promotion(int round, int parent) {}

  private RungTrials rung(int round) {
    return rungs.rung(number, round);
  }

  private boolean isOver(int round) {
    return rung(round).isOver(sizes[round]);
  }

  /** Whether the first rung lacks trials. */
  boolean wantsNew() {
    return rung(0).size() < sizes[0];
  }

  /** Whether all rungs have all the trials that they can have, and all of these have ended. */
  boolean isOver() {
    for (int round = 0; round < sizes.length; round++) {
      if (!isOver(round)) {
        return false;
      }
    }
    return true;
  }

  /** The next promotion, the earliest round first; empty as long as none is certain. */
  Optional<Promotion> promotion(TrialHistory history) {
    for (int round = 1; round < sizes.length; round++) {
      if (rung(round).size() < sizes[round] && maySelect(round)) {
        OptionalInt best = rung(round - 1).bestCandidate(history);
        if (best.isPresent()) {
          return Optional.of(new Promotion(round, best.getAsInt()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the best trial of the round before that has no child yet is sure of its place: more
   * have ended than will be dropped, so even if all that still run were better, it would go on.
   */
  private boolean maySelect(int round) {
    RungTrials before = rung(round - 1);
    return synchronous
        ? isOver(round - 1)
        : before.ended() - rung(round).size() > sizes[round - 1] - wantedSizes[round];
  }

  /** The trials that may still be promoted: as many of the best as the next rungs have places. */
  List<Integer> promotable(TrialHistory history) {
    List<Integer> promotable = new ArrayList<>();
    for (int round = 1; round < sizes.length; round++) {
      int places = sizes[round] - rung(round).size();
      if (places > 0) {
        rung(round - 1).candidates(history).stream().limit(places).forEach(promotable::add);
      }
    }
    return promotable;
  }
}

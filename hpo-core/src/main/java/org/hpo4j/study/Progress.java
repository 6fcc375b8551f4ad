package org.hpo4j.study;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;

/** How far a study has come, as one line of text. Pure: the time is an argument. */
final class Progress {

  private final OptionalInt total;
  private final Instant start;
  private int before;
  private int now;
  private int failed;
  private int pruned;
  private Optional<FrozenTrial> best = Optional.empty();

  /**
   * Nothing has happened yet.
   *
   * @param total how many finished trials the study shall have, if that is known
   * @param start when the first trial of this run began
   */
  Progress(OptionalInt total, Instant start) {
    this.total = total;
    this.start = start;
  }

  /** Counts a trial that had ended before this run: it says nothing about the rate. */
  void finishedBefore(FrozenTrial trial) {
    before++;
    count(trial);
  }

  /** Counts a trial that has just ended. */
  void finished(FrozenTrial trial) {
    now++;
    count(trial);
  }

  private void count(FrozenTrial trial) {
    if (trial.state() == TrialState.FAILED) {
      failed++;
    } else if (trial.state() == TrialState.PRUNED) {
      pruned++;
    }
  }

  void best(Optional<FrozenTrial> trial) {
    best = trial;
  }

  /** Whether the last trial has ended. */
  boolean isComplete() {
    return total.isPresent() && done() >= total.getAsInt();
  }

  private int done() {
    return before + now;
  }

  /** The line at a time, such as {@code 12/60 done, best 0.2413 (trial 7), 4.2 trials/min}. */
  String line(Instant time) {
    List<String> parts = new ArrayList<>();
    parts.add(done() + (total.isPresent() ? "/" + total.getAsInt() : "") + " done");
    best.ifPresent(
        trial ->
            parts.add("best " + NumberText.of(trial.value()) + " (trial " + trial.number() + ")"));
    double seconds = Duration.between(start, time).toNanos() / 1e9;
    if (now > 0 && seconds > 0) {
      parts.add(rate(now / seconds));
      if (total.isPresent() && !isComplete()) {
        double left = (total.getAsInt() - done()) * seconds / now;
        parts.add("about " + timeLeft(left) + " left");
      }
    }
    if (failed > 0) {
      parts.add(failed + " failed");
    }
    if (pruned > 0) {
      parts.add(pruned + " pruned");
    }
    return String.join(", ", parts);
  }

  /** The unit is the one with which the number is between 1 and 60, where there is one. */
  private static String rate(double perSecond) {
    if (perSecond >= 1) {
      return number(perSecond) + " trials/s";
    }
    return perSecond * 60 >= 1
        ? number(perSecond * 60) + " trials/min"
        : number(perSecond * 3600) + " trials/h";
  }

  private static String number(double x) {
    return String.format(Locale.ROOT, x < 9.95 ? "%.1f" : "%.0f", x);
  }

  /** An estimate has no use for a second unit. */
  private static String timeLeft(double seconds) {
    if (seconds < 59.5) {
      return Math.max(1, Math.round(seconds)) + " s";
    }
    if (seconds < 99.5 * 60) {
      return Math.round(seconds / 60) + " min";
    }
    if (seconds < 47.5 * 3600) {
      return Math.round(seconds / 3600) + " h";
    }
    return Math.round(seconds / 86400) + " d";
  }
}

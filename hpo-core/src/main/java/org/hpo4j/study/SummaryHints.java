package org.hpo4j.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Domain;
import org.hpo4j.space.IntegerDomain;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.RealDomain;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;

/** What the trials of a study suggest about the search itself. */
final class SummaryHints {

  /** A value this near to a bound, in unit space, counts as on it. */
  private static final double BOUND_MARGIN = 0.01;

  /** With fewer trials the best one says little about the bounds. */
  private static final int FEWEST_FOR_BOUNDS = 5;

  /** Under random search a fair coin shows one side 8 times in less than 1 % of all studies. */
  private static final int FEWEST_FOR_NEVER_VARIED = 8;

  private static final int LONGEST_MESSAGE = 100;

  private final StudySnapshot study;

  SummaryHints(StudySnapshot study) {
    this.study = study;
  }

  List<String> all() {
    List<String> hints = new ArrayList<>();
    if (study.hasOneObjective()) {
      gainOverDefaults().ifPresent(hints::add);
      bestOfMostTraining().ifPresent(hints::add);
      hints.addAll(bestOnBound());
    }
    hints.addAll(neverVaried());
    duplicates().ifPresent(hints::add);
    failures().ifPresent(hints::add);
    return hints;
  }

  private Optional<String> gainOverDefaults() {
    Optional<FrozenTrial> best = study.best();
    // Trials that were trained differently do not compare.
    Optional<FrozenTrial> defaults =
        study.inState(TrialState.COMPLETE).stream()
            .filter(trial -> isDefault(trial.configuration()))
            .filter(trial -> resource(trial).equals(best.flatMap(SummaryHints::resource)))
            .findFirst();
    if (defaults.isEmpty() || best.isEmpty() || study.inState(TrialState.COMPLETE).size() < 2) {
      return Optional.empty();
    }
    double from = defaults.get().value();
    double to = best.get().value();
    List<String> texts = NumberText.column(List.of(from, to));
    if (!study.direction().isBetter(to, from)) {
      return Optional.of(
          "No trial is better than the defaults (trial %d, %s)."
              .formatted(defaults.get().number(), texts.get(0)));
    }
    double change = (to - from) / Math.abs(from);
    String relative =
        Double.isFinite(change)
            ? " (%s%s %%)".formatted(change > 0 ? "+" : "", NumberText.of(100 * change))
            : "";
    return Optional.of(
        "The best trial reaches %s, the defaults (trial %d) %s%s."
            .formatted(texts.get(1), defaults.get().number(), texts.get(0), relative));
  }

  /** A trial of less training may have had luck, where values of little training are noisy. */
  private Optional<String> bestOfMostTraining() {
    List<FrozenTrial> ranked = study.ranked();
    int most = ranked.stream().flatMap(t -> resource(t).stream()).max(Integer::compare).orElse(0);
    int ofBest = study.best().flatMap(SummaryHints::resource).orElse(most);
    if (ofBest == most) {
      return Optional.empty();
    }
    FrozenTrial trained =
        ranked.stream()
            .filter(t -> resource(t).equals(Optional.of(most)))
            .findFirst()
            .orElseThrow();
    return Optional.of(
        "The best trial had a resource of %d; of those with %d the best is trial %d (%s)."
            .formatted(ofBest, most, trained.number(), NumberText.of(trained.value())));
  }

  private static Optional<Integer> resource(FrozenTrial trial) {
    return trial.fidelity().map(Fidelity::resource);
  }

  private static boolean isDefault(Configuration configuration) {
    for (int i = 0; i < configuration.size(); i++) {
      if (configuration.code(i) != configuration.parameters().get(i).defaultCode()) {
        return false;
      }
    }
    return configuration.size() > 0;
  }

  private List<String> bestOnBound() {
    List<String> hints = new ArrayList<>();
    Optional<FrozenTrial> best = study.best();
    if (best.isEmpty() || study.inState(TrialState.COMPLETE).size() < FEWEST_FOR_BOUNDS) {
      return hints;
    }
    Configuration configuration = best.get().configuration();
    for (int i = 0; i < configuration.size(); i++) {
      Parameter<?> parameter = configuration.parameters().get(i);
      bound(parameter.domain(), configuration.code(i))
          .map(bound -> onBound(parameter, bound))
          .ifPresent(hints::add);
    }
    return hints;
  }

  /** A bound of a domain, or a place so near to it that it makes no difference. */
  private record Bound(boolean upper, double code, boolean exact) {}

  private static Optional<Bound> bound(Domain<?> domain, double code) {
    double low;
    double high;
    if (domain instanceof RealDomain real && isBounded(real)) {
      low = real.low();
      high = real.high();
    } else if (domain instanceof IntegerDomain integer) {
      low = integer.low();
      high = integer.high();
    } else {
      return Optional.empty();
    }
    // Of one or two values each is an end value; that says nothing.
    if (domain.cardinality() <= 2) {
      return Optional.empty();
    }
    if (code == low || domain.cellHigh(code) <= BOUND_MARGIN) {
      return Optional.of(new Bound(false, low, code == low));
    }
    if (code == high || domain.cellLow(code) >= 1 - BOUND_MARGIN) {
      return Optional.of(new Bound(true, high, code == high));
    }
    return Optional.empty();
  }

  private static boolean isBounded(RealDomain real) {
    return real.shape() == RealDomain.Shape.UNIFORM || real.shape() == RealDomain.Shape.LOG_UNIFORM;
  }

  private static String onBound(Parameter<?> parameter, Bound bound) {
    return "%s: the best trial is %s the %s bound %s; widen the range %s."
        .formatted(
            parameter.name(),
            bound.exact() ? "on" : "next to",
            bound.upper() ? "upper" : "lower",
            ValueText.of(parameter.domain(), bound.code()),
            bound.upper() ? "upwards" : "downwards");
  }

  private List<String> neverVaried() {
    List<String> hints = new ArrayList<>();
    for (Parameter<?> parameter : study.parameters()) {
      double[] codes =
          study.finished().stream()
              .map(FrozenTrial::configuration)
              .filter(configuration -> configuration.contains(parameter))
              .mapToDouble(c -> c.code(c.indexOf(parameter.name())))
              .toArray();
      if (parameter.domain().cardinality() > 1
          && codes.length >= FEWEST_FOR_NEVER_VARIED
          && java.util.Arrays.stream(codes).allMatch(code -> code == codes[0])) {
        hints.add(
            "%s: always %s, in all %d trials that have it; nothing is known about its other values."
                .formatted(
                    parameter.name(), ValueText.of(parameter.domain(), codes[0]), codes.length));
      }
    }
    return hints;
  }

  private Optional<String> duplicates() {
    Set<Configuration> seen = new HashSet<>();
    long repeats =
        study.finished().stream()
            // A promoted trial is meant to have its parent's values.
            .filter(trial -> trial.fidelity().filter(f -> f.parent().isPresent()).isEmpty())
            .map(FrozenTrial::configuration)
            .filter(configuration -> configuration.size() > 0 && !seen.add(configuration))
            .count();
    if (repeats == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "%d of %d trials repeated the configuration of an earlier one."
            .formatted(repeats, study.finished().size()));
  }

  private Optional<String> failures() {
    List<Outcome.Failed> failures = new ArrayList<>();
    Map<FailureReason, Integer> counts = new EnumMap<>(FailureReason.class);
    for (FrozenTrial trial : study.inState(TrialState.FAILED)) {
      if (trial.outcome().isPresent() && trial.outcome().get() instanceof Outcome.Failed failed) {
        failures.add(failed);
        counts.merge(failed.reason(), 1, Integer::sum);
      }
    }
    int finished = study.finished().size();
    // A rare failure belongs to the search; a tenth of all trials is worth a look.
    if (failures.isEmpty() || 10 * failures.size() < finished) {
      return Optional.empty();
    }
    FailureReason most =
        counts.entrySet().stream()
            .max(Comparator.comparingInt(Map.Entry::getValue))
            .orElseThrow()
            .getKey();
    String message =
        failures.stream()
            .filter(failed -> failed.reason() == most)
            .findFirst()
            .orElseThrow()
            .message();
    return Optional.of(
        "%d of %d trials failed, %s %s: %s"
            .formatted(
                failures.size(),
                finished,
                counts.size() == 1 ? "all by" : "most often (" + counts.get(most) + ") by",
                words(most),
                TextWrap.shorten(message, LONGEST_MESSAGE)));
  }

  private static String words(FailureReason reason) {
    return switch (reason) {
      case EXCEPTION -> "an exception";
      case NOT_A_NUMBER -> "a value that is not a number";
      case TIMEOUT -> "the time limit";
      case OUT_OF_MEMORY -> "lack of memory";
      case LOST -> "the death of the process";
    };
  }
}

package org.hpo4j.sampler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Domain;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/**
 * Tries every point of a grid once, in order, whatever became of the trial; then it is exhausted. A
 * point that an enqueued or imported trial has tried is passed over.
 */
public final class GridSampler implements Sampler {

  static final int MOST_POINTS = 1_000_000;

  private final List<Configuration> points;

  private GridSampler(Set<Configuration> points) {
    this.points = List.copyOf(points);
  }

  /**
   * These points, in this order; a repeated one is tried once.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static GridSampler of(List<Configuration> points) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a grid needs at least one point");
    }
    return new GridSampler(new LinkedHashSet<>(points));
  }

  /**
   * All configurations of a space that satisfy its constraints, the last parameter changing
   * fastest.
   *
   * @throws IllegalArgumentException if a parameter has no grid, no configuration satisfies the
   *     constraints, or there are more than {@value #MOST_POINTS}
   */
  public static GridSampler of(SearchSpace space) {
    Set<Configuration> points = new LinkedHashSet<>();
    Deque<Digit> path = new ArrayDeque<>();
    do {
      Iterator<Digit> known = path.iterator();
      Configuration point = space.walk(parameter -> nextDigit(known, path, parameter).code());
      if (space.satisfies(point)) {
        points.add(point);
        requireSize(points.size());
      }
      while (!path.isEmpty() && !path.getLast().increment()) {
        path.removeLast();
      }
    } while (!path.isEmpty());
    if (points.isEmpty()) {
      throw new IllegalArgumentException(
          "no point of the grid satisfies the constraints " + space.constraints());
    }
    return new GridSampler(points);
  }

  /** The place of one parameter's value in the walk through the tree, counting up. */
  private static final class Digit {
    private final Domain<?> domain;
    private long index;

    Digit(Domain<?> domain) {
      this.domain = domain;
    }

    double code() {
      return domain.codeAt(index);
    }

    boolean increment() {
      return ++index < domain.cardinality();
    }
  }

  private static Digit nextDigit(Iterator<Digit> known, Deque<Digit> path, Parameter<?> parameter) {
    if (known.hasNext()) {
      return known.next();
    }
    if (parameter.domain().cardinality() == Domain.UNCOUNTABLE) {
      throw new IllegalArgumentException(
          "parameter '"
              + parameter.name()
              + "' has no grid: "
              + parameter.domain()
              + " cannot be enumerated; quantize it, or list its values with RunBuilder");
    }
    Digit digit = new Digit(parameter.domain());
    path.addLast(digit);
    return digit;
  }

  static void requireSize(long size) {
    if (size > MOST_POINTS) {
      throw new IllegalArgumentException(
          "a grid may have at most " + MOST_POINTS + " points, this one has more");
    }
  }

  /** The points in order. */
  public List<Configuration> points() {
    return points;
  }

  @Override
  public Suggestion suggest(TrialHistory history, SamplerContext context) {
    Set<Integer> tried = new HashSet<>();
    // Points are usually tried in order, so the search for a trial's point starts at its number.
    for (int trial = 0; trial < history.size(); trial++) {
      if (history.state(trial) != TrialState.WAITING) {
        for (int offset = 0; offset < points.size(); offset++) {
          int candidate = (trial + offset) % points.size();
          if (matches(history, trial, points.get(candidate))) {
            tried.add(candidate);
            break;
          }
        }
      }
    }
    for (int i = 0; i < points.size(); i++) {
      if (!tried.contains(i)) {
        return Suggestion.of(points.get(i));
      }
    }
    return new Suggestion.Exhausted();
  }

  private static boolean matches(TrialHistory history, int trial, Configuration point) {
    for (int i = 0; i < point.size(); i++) {
      Parameter<?> parameter = point.parameters().get(i);
      int column = history.columnOf(parameter.name());
      if (column < 0) {
        return false;
      }
      double code = history.code(column, trial);
      Domain<?> recorded = history.parameter(column).domain();
      boolean same =
          recorded.equals(parameter.domain())
              ? code == point.code(i)
              : recorded.contains(code)
                  && recorded.decode(code).equals(parameter.domain().decode(point.code(i)));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean triesDefaultsFirst() {
    return false;
  }

  @Override
  public String describe() {
    return "grid(" + points.size() + " points)";
  }
}

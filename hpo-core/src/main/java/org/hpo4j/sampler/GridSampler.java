package org.hpo4j.sampler;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hpo4j.sampler.structure.Enumeration;
import org.hpo4j.sampler.structure.ModelPool;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.TrialHistory;

/**
 * Tries every point of a grid once, in order, whatever became of the trial; then it is exhausted.
 *
 * <p>A point has been tried when a trial has all its values, or was given them and ended without
 * asking for some: a trial that failed early, or an objective that asks for some parameters only
 * now and then. So a point that an enqueued or imported trial has tried is passed over.
 */
public final class GridSampler implements Sampler {

  static final int MOST_POINTS = 1_000_000;

  private final List<Configuration> points;
  private final List<PointIndex> indexes;
  private final ModelPool<TriedPoints> kept = new ModelPool<>(16);

  private GridSampler(Set<Configuration> points) {
    this.points = List.copyOf(points);
    this.indexes = PointIndex.of(this.points);
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
    Enumeration all = new Enumeration(space);
    for (var point = all.next(); point.isPresent(); point = all.next()) {
      if (space.satisfies(point.get())) {
        points.add(point.get());
        requireSize(points.size());
      }
    }
    if (points.isEmpty()) {
      throw new IllegalArgumentException(
          "no point of the grid satisfies the constraints " + space.constraints());
    }
    return new GridSampler(points);
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
    TriedPoints tried = kept.borrow(t -> t.isOf(history), () -> new TriedPoints(history));
    int next;
    try {
      next = tried.firstUntried(indexes, history);
    } finally {
      kept.giveBack(tried);
    }
    return next < points.size()
        ? Suggestion.of(points.get(next), Explanation.of("grid", "point " + next))
        : new Suggestion.Exhausted();
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

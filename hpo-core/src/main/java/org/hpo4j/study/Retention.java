package org.hpo4j.study;

import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * Which trials keep the files that were attached to them. Never deleted are the files of trials
 * that have not ended, and of those that the sampler may still continue: the checkpoints of trials
 * that can be promoted stay until they are or cannot be any more.
 */
public final class Retention {

  private static final Retention ALL = new Retention(Integer.MAX_VALUE, Set.of());

  private final int bestCount;
  private final Set<String> keptNames;

  private Retention(int bestCount, Set<String> keptNames) {
    this.bestCount = bestCount;
    this.keptNames = keptNames;
  }

  /** Every trial keeps its files, failed ones included; the default. */
  public static Retention all() {
    return ALL;
  }

  /**
   * Only the best complete trials keep their files; of equal ones those with the lower numbers.
   * Those that violate no constraint come first, then those that violate them least. The files of
   * pruned and failed trials are deleted when they end, and those of trials that the sampler may
   * still continue once it no longer may.
   *
   * <p>Needs one objective: several do not say which trial is better.
   *
   * @param count how many, at least 1
   */
  public static Retention bestTrials(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "at least 1 trial must keep its files, got " + count + "; to keep none, attach none");
    }
    return new Retention(count, Set.of());
  }

  /**
   * The same, but every trial keeps its files of these names: small ones, such as the history of a
   * training, where weights are deleted.
   *
   * @param names of files, as they are attached
   */
  public Retention keepingAlways(String... names) {
    Set<String> all = new TreeSet<>(keptNames);
    Collections.addAll(all, names);
    return new Retention(bestCount, Collections.unmodifiableSet(all));
  }

  /** Whether no file is ever deleted. */
  boolean keepsAll() {
    return bestCount == Integer.MAX_VALUE;
  }

  /** Whether a file of this name is never deleted. */
  boolean keepsAlways(String name) {
    return keptNames.contains(name);
  }

  /** The numbers of the ended trials whose files are to go, unless they may be continued. */
  BitSet expired(TrialTable table) {
    BitSet expired = new BitSet(table.size());
    if (keepsAll()) {
      return expired;
    }
    for (int number = 0; number < table.size(); number++) {
      expired.set(number, table.state(number).isFinished());
    }
    Direction direction = table.directions().get(0);
    IntStream.range(0, table.size())
        .filter(number -> table.state(number) == TrialState.COMPLETE)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(table::violation)
                .thenComparingDouble(number -> direction.minimized(table.value(number, 0))))
        .limit(bestCount)
        .forEach(expired::clear);
    return expired;
  }

  @Override
  public String toString() {
    String kept = keepsAll() ? "all" : "bestTrials(" + bestCount + ")";
    return keptNames.isEmpty() ? kept : kept + ".keepingAlways" + keptNames;
  }
}

package org.hpo4j.sampler;

import java.lang.ref.WeakReference;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hpo4j.trial.TrialHistory;

/**
 * Which points of a grid the trials of one source have tried. What settled trials tell is kept from
 * ask to ask; it cannot change.
 */
final class TriedPoints {

  private final WeakReference<Object> source;
  private final BitSet bySettled = new BitSet();

  /** All points before this one were tried by settled trials. */
  private int first;

  private int taken;

  TriedPoints(TrialHistory history) {
    this.source = new WeakReference<>(history.source());
  }

  boolean isOf(TrialHistory history) {
    return source.get() == history.source();
  }

  /** The place of the first point that no trial has tried; that of the last plus 1 if all were. */
  int firstUntried(List<PointIndex> indexes, TrialHistory history) {
    int settled = history.settledCount();
    if (settled < taken) {
      bySettled.clear();
      first = 0;
      taken = 0;
    }
    Set<Integer> byOthers = new HashSet<>();
    for (PointIndex index : indexes) {
      index.forTried(history, taken, settled, bySettled::set);
      index.forTried(history, settled, history.size(), byOthers::add);
    }
    taken = settled;
    first = bySettled.nextClearBit(first);
    int next = first;
    while (byOthers.contains(next)) {
      next = bySettled.nextClearBit(next + 1);
    }
    return next;
  }
}

package org.hpo4j.sampler.cmaes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.hpo4j.space.Parameter;

/**
 * Replays at rest, so that an ask goes on where the one before it stopped. A sampler may serve
 * several studies at once, so each ask has a replay for itself while it lasts.
 */
final class ReplayPool {

  private static final int CAPACITY = 16;

  private final CmaEsSettings settings;
  private final Deque<Replay> resting = new ArrayDeque<>();

  ReplayPool(CmaEsSettings settings) {
    this.settings = settings;
  }

  /** A replay of these parameters under this seed; to be given back. */
  synchronized Replay borrow(List<Parameter<?>> parameters, long seed) {
    for (Iterator<Replay> replays = resting.iterator(); replays.hasNext(); ) {
      Replay replay = replays.next();
      if (replay.isOf(parameters, seed)) {
        replays.remove();
        return replay;
      }
    }
    return new Replay(parameters, settings, seed);
  }

  /** Keeps a replay for the next ask. */
  synchronized void giveBack(Replay replay) {
    resting.addFirst(replay);
    if (resting.size() > CAPACITY) {
      resting.removeLast();
    }
  }
}

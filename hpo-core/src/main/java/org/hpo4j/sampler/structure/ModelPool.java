package org.hpo4j.sampler.structure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Models at rest, so that an ask finds what the one before has computed. A sampler may serve
 * several studies at once, so each ask has a model for itself while it lasts.
 *
 * @param <M> what a sampler keeps between asks
 */
public final class ModelPool<M> {

  private final int capacity;
  private final Deque<M> resting = new ArrayDeque<>();

  /** A pool of at most so many models at rest. */
  public ModelPool(int capacity) {
    this.capacity = capacity;
  }

  /** The model that rested last of those that fit, or else a new one; to be given back. */
  public synchronized M borrow(Predicate<M> fits, Supplier<M> fresh) {
    for (Iterator<M> models = resting.iterator(); models.hasNext(); ) {
      M model = models.next();
      if (fits.test(model)) {
        models.remove();
        return model;
      }
    }
    return fresh.get();
  }

  /** Keeps a model for the next ask. */
  public synchronized void giveBack(M model) {
    resting.addFirst(model);
    if (resting.size() > capacity) {
      resting.removeLast();
    }
  }
}

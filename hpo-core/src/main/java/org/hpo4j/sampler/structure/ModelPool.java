package org.hpo4j.sampler.structure;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Models at rest, so that an ask finds what the one before has computed. A sampler may serve
 * several studies at once, so each ask has a model for itself while it lasts.
 *
 * <p>A Gaussian process of 1,000 trials takes more than 100 MB, and nobody tells when a study has
 * come to its end: where memory runs short, models at rest give theirs back.
 *
 * @param <M> what a sampler keeps between asks
 */
public final class ModelPool<M> {

  private final int capacity;
  private final Deque<SoftReference<M>> resting = new ArrayDeque<>();

  /** A pool of at most so many models at rest. */
  public ModelPool(int capacity) {
    this.capacity = capacity;
  }

  /** The model that rested last of those that fit, or else a new one; to be given back. */
  public synchronized M borrow(Predicate<M> fits, Supplier<M> fresh) {
    for (Iterator<SoftReference<M>> models = resting.iterator(); models.hasNext(); ) {
      @Nullable M model = models.next().get();
      if (model == null) {
        models.remove();
      } else if (fits.test(model)) {
        models.remove();
        return model;
      }
    }
    return fresh.get();
  }

  /** Keeps a model for the next ask. */
  public synchronized void giveBack(M model) {
    resting.addFirst(new SoftReference<>(model));
    if (resting.size() > capacity) {
      resting.removeLast();
    }
  }
}

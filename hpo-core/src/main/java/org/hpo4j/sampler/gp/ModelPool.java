package org.hpo4j.sampler.gp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.hpo4j.space.Parameter;

/**
 * Models at rest, so that an ask finds the factors and fits of the one before. A sampler may serve
 * several studies at once, so each ask has a model for itself while it lasts.
 */
final class ModelPool {

  private static final int CAPACITY = 8;

  private final Deque<GpModel> resting = new ArrayDeque<>();

  /** A model for this study's seed and parameters; to be given back. */
  synchronized GpModel borrow(long seed, List<Parameter<?>> parameters) {
    for (Iterator<GpModel> models = resting.iterator(); models.hasNext(); ) {
      GpModel model = models.next();
      if (model.isOf(seed, parameters)) {
        models.remove();
        return model;
      }
    }
    return new GpModel(seed, parameters);
  }

  /** Keeps a model for the next ask. */
  synchronized void giveBack(GpModel model) {
    resting.addFirst(model);
    if (resting.size() > CAPACITY) {
      resting.removeLast();
    }
  }
}

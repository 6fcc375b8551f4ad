package org.hpo4j.sampler.tpe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.hpo4j.space.Parameter;

/**
 * Models at rest, so that an ask finds the arrays and columns of the one before. A sampler may
 * serve several studies at once, so each ask has a model for itself while it lasts.
 */
final class ModelPool {

  /** More than the parameters of most studies, each of which has a model if univariate. */
  private static final int CAPACITY = 128;

  private final Deque<TpeModel> resting = new ArrayDeque<>();

  /** A model of these parameters; to be given back. */
  synchronized TpeModel borrow(List<Parameter<?>> parameters) {
    for (Iterator<TpeModel> models = resting.iterator(); models.hasNext(); ) {
      TpeModel model = models.next();
      if (model.isOf(parameters)) {
        models.remove();
        return model;
      }
    }
    return new TpeModel(parameters);
  }

  /** Keeps a model for the next ask. */
  synchronized void giveBack(TpeModel model) {
    resting.addFirst(model);
    if (resting.size() > CAPACITY) {
      resting.removeLast();
    }
  }
}

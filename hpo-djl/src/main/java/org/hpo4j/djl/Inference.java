package org.hpo4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.List;

/**
 * One pass through a model with dropout off and nothing recorded for gradients; all that it makes
 * is gone when it is closed.
 *
 * <p>DJL turns the recording off only for the thread that started the engine. On any other the
 * engine records as long as a parameter asks for it.
 */
final class Inference implements AutoCloseable {
  private final DjlModel model;
  private final List<NDArray> recorded;
  private final NDManager manager;
  private final NDScope scope;

  Inference(DjlModel model) {
    this.model = model;
    recorded = model.trainable().values().stream().map(parameter -> parameter.getArray()).toList();
    recorded.forEach(array -> array.setRequiresGradient(false));
    manager = model.manager().newSubManager();
    scope = new NDScope();
  }

  NDList forward(List<ArrayData> features) {
    NDList inputs = model.staging().stage(manager, features, 0);
    return model.block().forward(model.store(), inputs, false);
  }

  NDList labels(Batch batch) {
    return model.staging().stage(manager, batch.labels(), batch.features().size());
  }

  @Override
  public void close() {
    scope.close();
    manager.close();
    recorded.forEach(array -> array.setRequiresGradient(true));
  }
}

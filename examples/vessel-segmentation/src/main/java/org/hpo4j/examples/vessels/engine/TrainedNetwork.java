package org.hpo4j.examples.vessels.engine;

import java.util.List;
import java.util.Map;
import org.hpo4j.examples.vessels.data.PatchGrid;

/** A network that has been trained, of either engine. */
public interface TrainedNetwork extends PatchGrid.Predictor {

  /**
   * Returns the learned slopes by layer, in the order in which a picture passes the layers: one a
   * layer or one a channel. Empty unless the activation learns its slope.
   */
  Map<String, List<Double>> slopes();

  /** Returns the number of trainable parameters. */
  long parameterCount();
}

package org.hpo4j.examples.flowers.head;

import java.util.Map;
import org.hpo4j.trial.Trial;

/** Sees the weights of a head while it is trained. */
@FunctionalInterface
public interface WeightWatcher {

  /**
   * Called after each epoch.
   *
   * @param epoch how many are done with it
   * @param weights values by name
   * @param gradients of the epoch's last step, by the same names
   */
  void epochEnded(
      Trial trial, int epoch, Map<String, float[]> weights, Map<String, float[]> gradients);
}
